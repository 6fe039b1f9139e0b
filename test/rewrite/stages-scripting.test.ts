import { expect, test } from 'vitest';
import { parse } from '../../src/index.ts';
import { divided, dockerfile, type Files, outcome } from './divided.ts';

type Row = [caption: string, text: string, last: readonly string[], files?: Files];

const environment = 'COPY --from=build /opt/venv /opt/venv';

/** A project of Python that instructions change behind its build, and what stands between WORKDIR and CMD then. */
const tidied = (caption: string, changes: string, between: readonly string[]): Row => [
  caption,
  [
    'FROM python:3.13-slim',
    'RUN apt-get update && apt-get install -y gcc',
    'WORKDIR /app',
    'COPY requirements.txt .',
    'RUN pip install -r requirements.txt',
    'COPY . .',
    changes,
    'CMD ["python", "a.py"]\n',
  ].join('\n'),
  [
    'FROM python:3.13-slim',
    'ENV VIRTUAL_ENV=/opt/venv PATH="/opt/venv/bin:$PATH"',
    'WORKDIR /app',
    ...between,
    'CMD ["python", "a.py"]',
  ],
  { 'requirements.txt': 'flask', 'a.py': 'import flask' },
];

/** Node.js, Python, PHP and Ruby. Those of fixtures/stages are built for real by `npm run stages-proof`. */
const table: readonly Row[] = [
  [
    'a server of Node.js, of which nothing but the manifests is known',
    dockerfile`
      FROM node:22
      WORKDIR /app
      COPY package.json .
      RUN npm install
      COPY . .
      CMD ["node", "a.js"]
    `,
    ['FROM node:22', 'WORKDIR /app', 'COPY --from=build /app /app', 'COPY . .', 'CMD ["node", "a.js"]'],
  ],
  [
    'what is built, and the dependencies that run',
    dockerfile`
      FROM node:22
      WORKDIR /app
      COPY . .
      RUN npm ci && npm run build
      CMD ["node", "dist/a.js"]
    `,
    [
      'FROM node:22-slim',
      'WORKDIR /app',
      'COPY --from=build /app/package.json ./package.json',
      'COPY --from=build /app/node_modules ./node_modules',
      'COPY --from=build /app/dist ./dist',
      'CMD ["node", "dist/a.js"]',
    ],
    {
      'package.json':
        '{"scripts": {"build": "tsc"}, "dependencies": {"express": "5"}, "devDependencies": {"typescript": "5"}}',
      'package-lock.json': '{"packages": {"": {}, "node_modules/express": {}}}',
      'tsconfig.json': '{"compilerOptions": {"outDir": "dist"}}',
      'src/a.ts': 'export const a = 1;',
    },
  ],
  [
    'an npm that does not look at --prefix',
    dockerfile`
      FROM node:carbon
      COPY package.json /a/
      RUN cd /a && npm install
      CMD ["node", "/a/a.js"]
    `,
    ['FROM node:carbon', 'COPY --from=build /a /a', 'CMD ["node", "/a/a.js"]'],
  ],
  [
    'a folder that comes when the build is done',
    dockerfile`
      FROM node:22
      WORKDIR /a
      COPY package.json .
      RUN npm install
      WORKDIR /b
      COPY . /b
      CMD ["node", "/b/a.js"]
    `,
    ['FROM node:22', 'COPY --from=build /a /a', 'WORKDIR /b', 'COPY . /b', 'CMD ["node", "/b/a.js"]'],
  ],
  [
    'sources that run when the container starts',
    dockerfile`
      FROM node:22
      WORKDIR /app
      COPY . .
      RUN npm install
      CMD ["npm", "run", "dev"]
    `,
    ['line 5: npm run dev: vite builds, or runs the sources, when the container starts'],
    { 'package.json': '{"scripts": {"dev": "vite"}, "devDependencies": {"vite": "7"}}' },
  ],
  [
    'a dependency that is a folder of the project',
    dockerfile`
      FROM node:22
      WORKDIR /app
      COPY . .
      RUN npm install && npm run build
      CMD ["node", "dist/a.js"]
    `,
    ['FROM node:22-slim', 'WORKDIR /app', 'COPY --from=build /app /app', 'CMD ["node", "dist/a.js"]'],
    {
      'package.json':
        '{"scripts": {"build": "tsc"}, "dependencies": {"ui": "file:./ui"}, "devDependencies": {"typescript": "5"}}',
      'tsconfig.json': '{"compilerOptions": {"outDir": "dist"}}',
    },
  ],
  [
    'a build that writes beside the project',
    dockerfile`
      FROM node:22
      WORKDIR /app/server
      COPY . .
      RUN npm install && npm run build
      CMD ["node", "server.js"]
    `,
    ['line 1: the build writes into /app/public/app.js, outside of the project'],
    {
      'package.json':
        '{"scripts": {"build": "esbuild web/a.js --bundle --outfile=../public/app.js"}, "devDependencies": {"esbuild": "0"}}',
    },
  ],
  [
    'a folder that is made for the user who is set',
    dockerfile`
      FROM node:22
      USER node
      WORKDIR /home/node/app
      COPY --chown=node:node . .
      RUN npm install && npm run build
      CMD ["node", "dist/a.js"]
    `,
    [
      'FROM node:22-slim',
      'WORKDIR /home/node/app',
      'RUN chown node: /home/node/app',
      'COPY --from=build --chown=node:node /home/node/app/package.json ./package.json',
      'COPY --from=build --chown=node:node /home/node/app/node_modules ./node_modules',
      'COPY --from=build --chown=node:node /home/node/app/dist ./dist',
      'USER node',
      'CMD ["node", "dist/a.js"]',
    ],
    {
      'package.json':
        '{"scripts": {"build": "tsc"}, "dependencies": {"ms": "2"}, "devDependencies": {"typescript": "5"}}',
      'package-lock.json': '{"packages": {"": {}, "node_modules/ms": {}}}',
      'tsconfig.json': '{"compilerOptions": {"outDir": "dist"}}',
    },
  ],
  [
    'a manager that starts the program and comes from elsewhere',
    dockerfile`
      FROM python:3.13-slim
      RUN apt-get update && apt-get install -y build-essential curl
      RUN curl -sSL https://install.python-poetry.org | POETRY_HOME=/opt/poetry python3 - && ln -s /opt/poetry/bin/poetry /usr/local/bin/poetry
      WORKDIR /app
      COPY . .
      RUN poetry install
      CMD ["poetry", "run", "python", "a.py"]
    `,
    ['line 7: poetry is not shown to be in the final image'],
  ],
  [
    'packages of Python, upgrades of the system, and the mode of the folder',
    dockerfile`
      FROM python:3.13-alpine
      WORKDIR /code
      RUN apk --no-cache upgrade && apk add --no-cache gcc libffi-dev musl-dev
      COPY . /code
      RUN pip install --no-cache-dir -r requirements.txt && chmod -R 777 /code
      CMD ["python", "a.py"]
    `,
    [
      'FROM python:3.13-alpine',
      'ENV VIRTUAL_ENV=/opt/venv PATH="/opt/venv/bin:$PATH"',
      'RUN apk upgrade --no-cache && apk add --no-cache libffi libgcc',
      'WORKDIR /code',
      'COPY --from=build /opt/venv /opt/venv',
      'COPY --from=build /code /code',
      'RUN chmod 777 /code',
      'CMD ["python", "a.py"]',
    ],
  ],
  tidied('a folder that is made in the project', 'RUN mkdir -p data', [environment, 'COPY --from=build /app /app']),
  tidied('files of the project that are removed', 'RUN rm -rf tests .git-credentials', [
    environment,
    'COPY --from=build /app /app',
  ]),
  tidied('sources that get an owner behind the build', 'RUN useradd -m app && chown -R app:app /app\nUSER app', [
    'RUN useradd -m app',
    'RUN chown app:app /app',
    environment,
    'COPY --from=build --chown=app:app /app /app',
    'USER app',
  ]),
  [
    'Composer that only builds',
    dockerfile`
      FROM php:8.4-cli
      COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
      ENV COMPOSER_ALLOW_SUPERUSER=1
      WORKDIR /app
      COPY . .
      RUN composer install
      CMD ["php", "a.php"]
    `,
    ['FROM php:8.4-cli', 'WORKDIR /app', 'COPY . .', 'COPY --from=build /app/vendor ./vendor', 'CMD ["php", "a.php"]'],
    { 'composer.json': '{"require": {"acme/a": "*"}}', 'a.php': '<?php' },
  ],
  [
    'Composer that a script may call, which is not at hand',
    dockerfile`
      FROM php:8.4-fpm
      COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
      ENV COMPOSER_ALLOW_SUPERUSER=1
      RUN apt-get update && apt-get install -y libzip-dev && docker-php-ext-install zip
      COPY docker-php-entrypoint /usr/local/bin/
    `,
    [
      'FROM php:8.4-fpm',
      'WORKDIR /var/www/html',
      'RUN apt-get update \\',
      ' && apt-get install -y \\',
      '      libzip5 \\',
      ' && rm -rf /var/lib/apt/lists/*',
      'COPY --from=composer:2 /usr/bin/composer /usr/bin/composer',
      'ENV COMPOSER_ALLOW_SUPERUSER=1',
      'COPY --from=build /usr/local/lib/php/extensions /usr/local/lib/php/extensions',
      'COPY --from=build /usr/local/etc/php/conf.d /usr/local/etc/php/conf.d',
      'COPY docker-php-entrypoint /usr/local/bin/',
    ],
  ],
  [
    'gems that need compilers, where the base has some anyway',
    dockerfile`
      FROM ruby:3.4
      RUN apt-get update && apt-get install -y build-essential
      WORKDIR /app
      COPY . .
      RUN bundle install
      CMD ["ruby", "a.rb"]
    `,
    ['line 1: a stage of its own would leave nothing out'],
  ],
];

test.each(table)('%s', (_, text, last, files) => {
  expect(outcome(text, files)).toEqual(last);
  const { text: after } = divided(text, files);
  expect(parse(after).errors).toEqual([]);
  expect(divided(after, files).text).toBe(after);
});
