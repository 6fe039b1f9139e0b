import { cases, recommended } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

const node = {
  'package.json': '{}',
  'package-lock.json': '{}',
  'src/index.js': '1',
  'src/a.js': '1',
  'README.md': '1',
};

export default cases({
  'yarn without a verb, in a folder of its own': dockerfile`
    FROM node:22
    COPY . /srv/app
         ~
    RUN cd /srv/app && yarn --frozen-lockfile
  `,
  'in a folder that a variable names': dockerfile`
    FROM node:22
    ENV APP=/srv/app
    COPY . $APP
         ~
    RUN cd $APP && npm install
  `,
  'every other manager': dockerfile`
    FROM a AS pnpm
    WORKDIR /app
    COPY . .
         ~
    RUN pnpm install --frozen-lockfile
    FROM a AS bun
    WORKDIR /app
    COPY . .
         ~
    RUN bun install
    FROM a AS poetry
    WORKDIR /app
    COPY . .
         ~
    RUN poetry install
    FROM a AS uv
    WORKDIR /app
    COPY . .
         ~
    RUN uv sync --locked
    FROM a AS bundler
    WORKDIR /app
    COPY . .
         ~
    RUN bundle install
    FROM a AS composer
    WORKDIR /app
    COPY . .
         ~
    RUN composer install --no-dev
    FROM a AS go
    WORKDIR /app
    COPY . .
         ~
    RUN go mod download
    FROM a AS maven
    WORKDIR /app
    COPY . .
         ~
    RUN mvn -B dependency:go-offline
    FROM a AS dotnet
    WORKDIR /app
    COPY . .
         ~
    RUN dotnet restore
    FROM a AS mix
    WORKDIR /app
    COPY . .
         ~
    RUN mix deps.get
    FROM a AS renv
    WORKDIR /app
    COPY . .
         ~
    RUN Rscript -e 'renv::restore()'
    FROM a AS perl
    WORKDIR /app
    COPY . .
         ~
    RUN cpanm --installdeps .
    FROM a AS conan
    WORKDIR /app
    COPY . .
         ~
    RUN conan install . --build=missing
    FROM a AS lein
    WORKDIR /app
    COPY . .
         ~
    RUN lein deps
  `,
  'a copy in the stage below': dockerfile`
    FROM node:22 AS source
    WORKDIR /app
    COPY . .
         ~
    FROM source AS production
    RUN npm ci --omit=dev
    FROM source AS test
    RUN npm ci
  `,
  'what needs the project itself': dockerfile`
    FROM python:3.13
    WORKDIR /app
    COPY . .
    RUN pip install .
    RUN pip install -e .
    RUN pip install flask==3.1.0
  `,
  'Go asks the code what it needs': dockerfile`
    FROM golang:1.23
    WORKDIR /src
    COPY . .
    RUN go mod tidy && go get ./...
  `,
  'a build that no one can split': dockerfile`
    FROM rust:1.83
    WORKDIR /src
    COPY . .
    RUN cargo build --release
  `,
  'a script of the project': dockerfile`
    FROM node:22
    WORKDIR /app
    COPY . .
    RUN npm run build
  `,
  'a mount is no copy': dockerfile`
    FROM node:22
    WORKDIR /app
    COPY . .
    RUN --mount=type=bind,source=package.json,target=package.json npm install
  `,
  'another project, cloned': dockerfile`
    FROM node:22
    WORKDIR /app
    COPY . .
    RUN git clone https://github.com/example/tool.git && cd tool && npm ci
  `,
  'a folder elsewhere': dockerfile`
    FROM node:22
    COPY . /app
    RUN cd /opt/tool && npm ci
  `,
  'installed ahead by the stage below': dockerfile`
    FROM node:22 AS base
    WORKDIR /app
    COPY package.json package-lock.json ./
    RUN npm ci
    FROM base
    COPY . .
    RUN npm ci --omit=dev
  `,
  'what is left out may be all but the manifest': dockerfile`
    FROM node:22
    WORKDIR /app
    COPY --exclude=src . .
    RUN npm ci
  `,
  'a build that downloads, without a context': recommended(dockerfile`
    FROM golang:1.23
    WORKDIR /src
    COPY . .
    RUN go build -o /app .
  `),
  'with a lock file': {
    text: dockerfile`
      FROM golang:1.23
      WORKDIR /src
      COPY . .
           ~
      RUN go build -o /app .
    `,
    files: { 'go.mod': 'module a', 'go.sum': 'a', 'main.go': '1' },
    preset: 'recommended',
  },
  'no module but its own': {
    text: dockerfile`
      FROM golang:1.23
      WORKDIR /src
      COPY . .
      RUN go build -o /app .
    `,
    files: { 'go.mod': 'module a', 'main.go': '1' },
    preset: 'recommended',
  },
  'a build whose downloads are mounted': {
    text: dockerfile`
      FROM golang:1.23
      WORKDIR /src
      COPY . .
      RUN --mount=type=cache,target=/go/pkg/mod go build -o /app .
    `,
    files: { 'go.mod': 'module a', 'go.sum': 'a', 'main.go': '1' },
  },
  'vendored modules': {
    text: dockerfile`
      FROM golang:1.23
      WORKDIR /src
      COPY . .
      RUN go build -o /app .
    `,
    files: { 'go.mod': 'module a', 'go.sum': 'a', 'main.go': '1', 'vendor/modules.txt': '1' },
  },
  'files are counted': {
    text: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY . .
           ~
      RUN npm ci
    `,
    files: node,
  },
  'a context of nothing else': {
    text: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY . .
      RUN npm ci
    `,
    files: {
      'package.json': '{}',
      'package-lock.json': '{}',
      '.npmrc': '1',
      Dockerfile: '1',
      '.dockerignore': 'Dockerfile\n.dockerignore',
    },
  },
  'a folder that holds the manifest': {
    text: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY services/api ./
           ~~~~~~~~~~~~
      RUN npm ci
    `,
    files: { 'services/api/package.json': '{}', 'services/api/server.js': '1', 'services/web/index.js': '1' },
  },
  'the code beside the manifest': {
    text: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY package.json package-lock.json ./
      COPY src ./src
           ~~~
      RUN npm ci
    `,
    files: node,
  },
  'a script that the install runs': {
    text: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY . .
      RUN npm ci
    `,
    files: { ...node, 'package.json': '{"scripts":{"postinstall":"node src/setup.js"}}' },
  },
  'scripts that need no code': {
    text: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY . .
           ~
      RUN npm ci
    `,
    files: {
      ...node,
      'package.json': '{"scripts":{"prepare":"husky","postinstall":"patch-package"}}',
      'patches/a.patch': '1',
    },
  },
  workspaces: {
    text: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY . .
           ~
      RUN npm ci
    `,
    files: {
      ...node,
      'package.json': '{"workspaces":["packages/*"]}',
      'packages/a/package.json': '{}',
      'packages/a/index.js': '1',
      'packages/b/package.json': '{}',
    },
  },
  'requirements that name the project': {
    text: dockerfile`
      FROM python:3.13
      WORKDIR /app
      COPY . .
      RUN pip install -r requirements.txt
    `,
    files: { 'requirements.txt': 'flask\n-e .\n', 'app.py': '1', 'setup.py': '1' },
  },
  'a folder of requirements': {
    text: dockerfile`
      FROM python:3.13
      WORKDIR /app
      COPY requirements requirements
      RUN pip install -r requirements/production.txt
      COPY . .
    `,
    files: { 'requirements/base.txt': 'flask', 'requirements/production.txt': '-r base.txt', 'app.py': '1' },
  },
  'ignored files do not count': {
    text: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY . .
           ~
      RUN npm ci
    `,
    files: { ...node, '.dockerignore': 'README.md\nsrc\n' },
  },
  'dependencies built ahead, by any name of the option': dockerfile`
    FROM haskell:9.6 AS stack
    WORKDIR /s
    COPY stack.yaml package.yaml ./
    RUN stack build --dependencies-only
    COPY . .
    RUN stack build
    FROM haskell:9.6 AS snapshot
    WORKDIR /s
    COPY stack.yaml package.yaml ./
    RUN stack test --only-snapshot
    COPY . .
    RUN stack install
    FROM haskell:9.6
    WORKDIR /s
    COPY *.cabal ./
    RUN cabal v2-build --only-dependencies all
    COPY . .
    RUN cabal install
    COPY --from=stack /x /x
    COPY --from=snapshot /x /x
  `,
  'dependencies that are built after all was copied': dockerfile`
    FROM haskell:9.6
    WORKDIR /s
    COPY . .
         ~
    RUN stack build --only-dependencies
    RUN stack build
  `,
  'a lock file that may not be there': {
    text: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY . .
           ~
      RUN npm install
    `,
    says: [
      'The whole context … Copy package.json and, if there is one, package-lock.json first…, run npm install, then copy the rest.',
    ],
  },
  'a lock file that must be there': {
    text: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY . .
           ~
      RUN yarn install --frozen-lockfile
    `,
    says: ['The whole context … Copy package.json and yarn.lock first…, run …'],
  },
  'npm that knows no package-lock.json': {
    text: dockerfile`
      FROM node:5
      WORKDIR /app
      COPY . .
           ~
      RUN npm install
    `,
    says: ['The whole context … Copy package.json and, if there is one, npm-shrinkwrap.json first…, run …'],
  },
  bundler: {
    text: dockerfile`
      FROM ruby:3.4
      WORKDIR /app
      COPY . .
           ~
      RUN bundle install
    `,
    says: ['The whole context … Copy Gemfile and, if there is one, Gemfile.lock first…, run …'],
  },
  'workspaces that a later command names': {
    text: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY . .
           ~
      RUN pnpm install --frozen-lockfile
      RUN pnpm --filter web build
    `,
    says: [
      'The whole context … Copy package.json, pnpm-lock.yaml, pnpm-workspace.yaml and the package.json of each workspace first (…COPY --parents keeps their folders), run …',
    ],
  },
  'workspaces that a path names': {
    text: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY . .
           ~
      RUN npm install
      WORKDIR /app/packages/api
    `,
    says: [
      'The whole context … Copy package.json, the package.json of each workspace and, if there is one, package-lock.json first (…COPY --parents keeps their folders), run …',
    ],
  },
  'the project that the same RUN removes, in an image that ships': dockerfile`
    FROM node:22
    COPY . /src
    RUN cd /src && npm install && npm run build && cp -r dist /srv && rm -rf /src
    CMD ["node", "/srv/dist"]
  `,
  'the project that the same RUN removes, in a stage that does not ship': dockerfile`
    FROM node:22 AS build
    COPY . /src
         ~
    RUN cd /src && npm install && npm run build && cp -r dist /srv && rm -rf /src
    FROM node:22
    COPY --from=build /srv /srv
  `,
  'the dependencies that the same RUN removes': dockerfile`
    FROM node:22
    COPY . /src
    RUN cd /src && npm install && npm run build && rm -rf node_modules
    CMD ["node", "/src/dist"]
  `,
  'a folder of manifests by its name': dockerfile`
    FROM node:22
    WORKDIR /app
    COPY meta/ .
    RUN pnpm install
    CMD ["node", "a"]
  `,
  'what to copy and run first, where only the command tells': {
    text: dockerfile`
      FROM mcr.microsoft.com/dotnet/sdk:9.0
      WORKDIR /app
      COPY . .
           ~
      RUN dotnet restore
      FROM python:3.13
      WORKDIR /app
      COPY . .
           ~
      RUN uv pip install --system -r requirements.txt
    `,
    says: [
      '… Copy *.csproj, the project files that these refer to and, if there are any, Directory.Build.props, Directory.Packages.props, global.json and nuget.config first…, run dotnet restore, then copy the rest.',
      '… Copy requirements.txt first…, run uv pip install, then copy the rest.',
    ],
  },
  'a lock file under its older name': {
    text: dockerfile`
      FROM oven/bun:1
      WORKDIR /app
      COPY . .
           ~
      RUN bun install
      FROM oven/bun:1
      COPY package.json bun.lockb ./
    `,
    says: ['… Copy package.json and, if there is one, bun.lockb first …'],
  },
});
