import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'by their codes': {
    text: dockerfile`
      FROM debian:12
      RUN pip install a && pipx install b && python3 -m pip --no-cache-dir install c && uv pip install d && uv tool install e
                      ~                 ~                                          ~                   ~                    ~
      RUN npm i f && npm add g && npx -y h && yarn add i && yarn global add j && pnpm add -g k && pnpm dlx l
                ~            ~           ~             ~                    ~                ~             ~
      RUN gem install m
                      ~
      RUN go get example.com/n
                 ~~~~~~~~~~~~~
      RUN poetry add o && cargo install p && composer global require q/r && conda install -y s && bun add t
                     ~                  ~                            ~~~                     ~            ~
    `,
    aliases: [...Array(5).fill('DL3013'), ...Array(7).fill('DL3016'), 'DL3028', 'DL3062', ...Array(5).fill('')],
  },
  'pip: any specifier is a choice': {
    text: dockerfile`
    FROM python:3.13
    RUN pip install a==1 'b>=1' 'c<=2' 'd>1' 'e<3' 'f!=2' g~=1.0 'h===1' 'i[extra]==1' j==1.*
    RUN pip install 'k[extra]' 'l; python_version < "3.9"'
                    ~~~~~~~~~~
  `,
    says: ['k and l are installed without a version. …'],
  },
  'pip: files, folders, addresses': dockerfile`
    FROM python:3.13
    RUN pip install a.whl b.tar.gz c.zip ./d.whl https://example.com/e.tar.gz 'f @ https://example.com/f.whl'
    RUN pip install /srv/app && pip install -e '.[dev]' && pip install src/app
  `,
  'pip: requirements, constraints, hashes, folders of wheels': dockerfile`
    FROM python:3.13
    RUN pip install -r requirements.txt a && pip install --constraint=c.txt b && pip install . c
    RUN pip install --require-hashes d && pip install --no-index --find-links /wheels e && uv pip install -r r.txt f
    RUN PIP_CONSTRAINT=c.txt pip install g
    ENV PIP_CONSTRAINT=/etc/constraints.txt
    RUN pip install h
  `,
  'pip: values of options are no packages': dockerfile`
    FROM python:3.13
    RUN pip --timeout 10 install --config-settings x --report r --group dev --root-user-action ignore a==1
    RUN pip install -i https://example.com/simple --only-binary :all: --platform x --progress-bar off --python 3 b==1
  `,
  'pip: upgrading pip is an install of whatever is newest': dockerfile`
    FROM python:3.13
    RUN pip install --upgrade pip setuptools==75.6.0
                              ~~~
  `,
  'pip: repositories': {
    text: dockerfile`
    FROM python:3.13
    RUN pip install git+https://example.com/a.git@v1.0 git+ssh://git@example.com/b.git@0123abc 'c @ git+https://example.com/c@v2'
    RUN pip install -e git+https://example.com/d.git#egg=d git+https://example.com/e.git@main git+https://example.com/f.git@stage
                       ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  `,
    says: [
      'git+https://example.com/d.git#egg=d and git+https://example.com/e.git@main are not pinned to a version or a commit. …',
    ],
  },
  'pip: other programs, other verbs': dockerfile`
    FROM python:3.13
    RUN pip-tools install x && pip download y && pip list && pip cache purge && pipenv install && pipenv sync
  `,
  'npm: versions, tags, aliases': {
    text: dockerfile`
    FROM node:22
    RUN npm install -g a@1 @scope/b@^2.0 c@npm:other@3 d@latest-10
    RUN npm install -g @scope/e f@latest g@next h@* i@npm:other
                       ~~~~~~~~
  `,
    says: ['@scope/e, f@latest, g@next, …'],
  },
  'npm: files, folders, addresses, repositories': {
    text: dockerfile`
    FROM node:22
    RUN npm install . && npm install ./a ../b ~/c /d e.tgz https://example.com/f.tgz https://example.com/g
    RUN npm install github:h/i#v1.0 j/k#semver:^5 git+https://example.com/l.git#0123abc
    RUN npm install github:m/n git+https://example.com/o.git
                    ~~~~~~~~~~
  `,
    says: ['github:m/n and git+https://example.com/o.git are not pinned …'],
  },
  'npm: what the lock file decides, and links': dockerfile`
    FROM node:22
    RUN npm install && npm ci && yarn install && yarn && pnpm install --frozen-lockfile && npm link typescript
  `,
  'npm: values of options are no packages': dockerfile`
    FROM node:22
    RUN npm --prefix /x --loglevel warn install --registry https://example.com a@1
    RUN npm --prefix /x install b
                                ~
  `,
  'npx: what the project has, and what it has not': dockerfile`
    FROM node:22
    RUN npx tsc && npx a@latest && npx -y b@1
                       ~~~~~~~~
    RUN npx -y c
               ~
    RUN npm ci && npx -y d
    CMD npx -y e
  `,
  'uvx and pipx run': dockerfile`
    FROM python:3.13
    RUN uvx a && uvx b@1.2.0 && uvx c@latest && uvx --from 'd==1' e && pipx run f && uv run --with g h
            ~                       ~~~~~~~~                                    ~                  ~
  `,
  'gem: versions in three ways, files, native options': dockerfile`
    FROM ruby:3.3
    RUN gem install a:1 && gem install b -v1 && gem install c --version=1 && gem i d --version 1 && gem install ./e.gem f.gem
    RUN gem install --no-document g && gem install -f h -- -v 1 && gem install -g Gemfile && bundle install
                                  ~                   ~
  `,
  'go: versions, branches, the standard library, local paths': dockerfile`
    FROM golang:1.23
    RUN go install example.com/a@v1.2.3 example.com/b@v1 && go install example.com/c@0123abc && go get example.com/d@none
    RUN go install ./... && go install std && go install cmd/x && go run main.go && go run . && go install -tags x example.com/e@v1
    RUN go install example.com/f@latest && go install example.com/g@master && go get example.com/h@upgrade example.com/i@patch
                   ~~~~~~~~~~~~~~~~~~~~               ~~~~~~~~~~~~~~~~~~~~           ~~~~~~~~~~~~~~~~~~~~~
    RUN go run -mod=mod example.com/j@latest && go run -exec y example.com/k@v1 && go get example.com/l && go get -u ./...
                        ~~~~~~~~~~~~~~~~~~~~                                              ~~~~~~~~~~~~~
  `,
  'go: without a module, an install wants a version': dockerfile`
    FROM golang:1.23
    RUN CGO_ENABLED=0 go install example.com/a && go run example.com/b
                                 ~~~~~~~~~~~~~           ~~~~~~~~~~~~~
  `,
  'go: the module of the project decides': dockerfile`
    FROM golang:1.23
    COPY . /src
    RUN go install example.com/a && go run example.com/b
    FROM golang:1.23
    RUN git clone https://example.com/c.git && cd c && go install example.com/c/cmd
    FROM golang:1.23
    RUN --mount=type=bind,target=. go install example.com/d
    FROM example.com/golang:1
    RUN go install example.com/e
  `,
  'a version that a variable has, or may have': dockerfile`
    FROM python:3.13
    ARG V TOOLS LATEST=latest
    ENV FLASK=flask==3.0.3 MORE="a==1 b"
    RUN pip install a==$V b$V $TOOLS "$FLASK" \${MORE} && npm i x@$V y@$LATEST && gem install c -v "$V"
                                              ~~~~~~~               ~~~~~~~~~
  `,
  'other registries': dockerfile`
    FROM debian:12
    RUN cargo install --locked a@1.2.3 b && cargo install c --version 1.2 && cargo install --path . && cargo install --git https://example.com/d --tag v1
                                       ~
    RUN composer require a/b:1.0 c/d:^2 "e/f" && composer create-project g/h i 1.0 && dotnet tool install -g j
                                        ~~~~~                                                                ~
    RUN conda install -y python=3.12 numpy -c conda-forge && conda env create -f environment.yml && uv add k && uv sync
                                     ~~~~~                                                                 ~
  `,
  'under ONBUILD and in a string': {
    text: dockerfile`
      FROM node:22
      ONBUILD RUN npm install -g a
                                 ~
      RUN su node -c "npm install -g b c@1"
                                     ~
    `,
    aliases: ['DL3016', 'DL3016'],
  },
  'how it is written with a version': {
    text: dockerfile`
      FROM debian:12
      ARG TOOLS="a==1 certbot"
      RUN pip install $TOOLS && pip install 'gym[all]' b && pip install git+https://example.com/c.git d
                      ~~~~~~                ~~~~~~~~~~                  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      RUN npm install -g @vue/cli@latest && npx -y pm2 && gem install rails && conda install -y -c conda-forge oracledb
                         ~~~~~~~~~~~~~~~           ~~~                ~~~~~                                    ~~~~~~~~
      RUN go install example.com/a@latest && cargo install ripgrep && composer require vendor/tool && dotnet tool install -g b
                     ~~~~~~~~~~~~~~~~~~~~                  ~~~~~~~                     ~~~~~~~~~~~                           ~
      RUN deno install npm:cowsay && bundle add rails && pip install git+https://example.com/e.git
                       ~~~~~~~~~~               ~~~~~                ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    says: [
      '… Add a version, as in certbot==VERSION.',
      '… Add a version, as in gym[all]==VERSION.',
      '… Add a version, as in d==VERSION; for a repository, name a tag or a commit.',
      '… Add a version, as in @vue/cli@VERSION.',
      '… Add a version, as in pm2@VERSION.',
      '… Add a version, as in rails:VERSION.',
      '… Add a version, as in oracledb=VERSION.',
      '… Add a version, as in example.com/a@VERSION.',
      '… Add a version, as in ripgrep@VERSION.',
      '… Add a version, as in vendor/tool:VERSION.',
      '… Add a version, as in b --version VERSION.',
      '… Add a version, as in npm:cowsay@VERSION.',
      '… Add a version, as in rails --version VERSION.',
      '… Name a tag or a commit of the repository.',
    ],
  },
  'the value of an option is no package': dockerfile`
    FROM ruby:3.4
    RUN gem install bundler:2.0.1 --use-system-libraries true && npm install -g pnpm@9.15.0 --unsafe-perm true
  `,
  'a folder in editable mode': dockerfile`
    FROM python:3.13
    RUN git clone --depth 1 https://example.com/tool.git && pip install -e tool
    RUN pip install --editable=tool
  `,
});
