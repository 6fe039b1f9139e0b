import { cases, recommended } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'the whole context': dockerfile`
    FROM node:22
    WORKDIR /app
    COPY . .
         ~
    RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg && rm -rf /var/lib/apt/lists/*
    CMD ["node", "index.js"]
  `,
  'several, above several': dockerfile`
    FROM python:3.13
    COPY app /app
         ~~~
    COPY scripts /scripts
    ENV PORT=80
    EXPOSE 80
    RUN apt-get update && apt-get install -y curl
    RUN pip install gunicorn==23.0.0
    CMD ["gunicorn", "--chdir", "/app", "main:app"]
  `,
  'a program of another stage': dockerfile`
    FROM golang:1.23 AS build
    WORKDIR /src
    COPY . .
    RUN go build -o /out/app .
    FROM alpine:3.20
    COPY --from=build /out/app /opt/app
                      ~~~~~~~~
    RUN apk add --no-cache ca-certificates
  `,
  'a program that does not change with the code': dockerfile`
    FROM alpine:3.20 AS tools
    RUN apk add --no-cache curl
    FROM alpine:3.20
    COPY --from=tools /usr/bin/curl /opt/curl
    RUN apk add --no-cache ca-certificates
  `,
  'a download': dockerfile`
    FROM debian:12
    COPY src /srv/app
         ~~~
    RUN curl -fsSL -o /usr/local/bin/tool https://example.com/tool-1.2.3 && chmod +x /usr/local/bin/tool
  `,
  'a download to the same place': dockerfile`
    FROM debian:12
    COPY src /srv/app
    RUN curl -fsSL -o /srv/app/data.bin https://example.com/data-1.2.3.bin
  `,
  'a command that is not known': dockerfile`
    FROM debian:12
    COPY src /srv/app
    RUN apt-get update && apt-get install -y curl && setup-machine
  `,
  'behind what reads it': dockerfile`
    FROM debian:12
    COPY scripts /scripts
    RUN /scripts/add-repository.sh
    RUN apt-get update && apt-get install -y tool
  `,
  'a word that names it': dockerfile`
    FROM debian:12
    COPY packages /packages.d
    RUN apt-get update && apt-get install -y /packages.d/tool.deb
  `,
  'its mode is set with the install': dockerfile`
    FROM debian:12
    COPY entrypoint.sh /
    RUN chmod +x /entrypoint.sh && apt-get update && apt-get install -y curl
  `,
  'settings of package managers': dockerfile`
    FROM debian:12
    COPY etc/apt /etc/apt
    COPY mirror.list /tmp/
    COPY certs /usr/local/share/ca-certificates
    COPY .npmrc /root/.npmrc
    COPY pip.conf /opt/pip.conf
    RUN apt-get update && apt-get install -y curl
  `,
  'the settings of what is installed': dockerfile`
    FROM debian:12
    COPY nginx.conf /etc/nginx/nginx.conf
    RUN apt-get update && apt-get install -y nginx
  `,
  'an archive that came with the project': dockerfile`
    FROM debian:12
    ADD vendor.tar.gz /opt/vendor
    RUN apt-get update && apt-get install -y curl
  `,
  'packages for the project': dockerfile`
    FROM node:22
    WORKDIR /app
    COPY . .
    RUN npm install express@4.21.0
  `,
  'Go packages of the project': dockerfile`
    FROM golang:1.10
    COPY . /go/src/example.com/app
    RUN go install example.com/app
  `,
  'a tool by its version': dockerfile`
    FROM node:22
    COPY . /src
         ~
    RUN npm install -g pnpm@9.15.0
  `,
  'a mount may hold it': dockerfile`
    FROM debian:12
    COPY src /srv/app
    RUN --mount=type=bind,target=/context apt-get update && apt-get install -y curl
  `,
  'requirements of the project are for strict': recommended(dockerfile`
    FROM python:3.13
    WORKDIR /app
    COPY requirements.txt .
    RUN apt-get update && apt-get install -y gcc
    RUN pip install -r requirements.txt
  `),
  'a text in the file itself': dockerfile`
    FROM debian:12
    COPY <<EOF /motd
    hello
    EOF
    RUN apt-get update && apt-get install -y curl
  `,
  'an unknown place': dockerfile`
    FROM debian:12
    COPY src $HOME/app
    RUN apt-get update && apt-get install -y curl
  `,
  'code in another language that is not wholly known': dockerfile`
    FROM rocker/r-ver:4.4
    WORKDIR /srv/app
    COPY . /srv/app
    RUN Rscript -e 'install.packages("renv"); renv::restore()'
    FROM rocker/r-ver:4.4 AS b
    WORKDIR /srv/app
    COPY . /srv/app
    RUN R --no-save -e 'install.packages("a")' -e 'source("setup.R")'
    FROM rocker/r-ver:4.4
    WORKDIR /srv/app
    COPY . /srv/app
    RUN R -q -e "install.packages(readLines('packages.txt'))"
    RUN Rscript -e 'install.packages("a")
      devtools::install()'
    RUN r -e 'install.packages("x"); x <- readRDS("y")'
    COPY --from=0 /x /x
    COPY --from=b /x /x
  `,
  'a script of another language that installs from what it finds': dockerfile`
    FROM node:22
    WORKDIR /srv/app
    COPY . /srv/app
    RUN python -c 'import setup' && apt-get install -y a
    FROM node:22
    WORKDIR /srv/app
    COPY . /srv/app
    RUN ruby -e 'load "x"' && perl -e 'do "x"' && node -e 'require("./x")' && php -r 'include "x";' && npm i -g a
    COPY --from=0 /x /x
  `,
  'code that only installs packages by name': dockerfile`
    FROM rocker/r-ver:4.4
    WORKDIR /srv/app
    COPY . /srv/app
         ~
    RUN Rscript -e 'options(repos = c(CRAN = "https://x.example")); install.packages(c("a", "b"), Ncpus = parallel::detectCores()); library(a)'
  `,
  'the costly command by its name and line, and every COPY': {
    text: dockerfile`
      FROM debian:12
      COPY a /opt/a
           ~
      COPY b /opt/b
      RUN set -eux; \
        ARCH="$(uname -m)"; \
        curl -fsSL -o /usr/bin/tool https://example.com/tool-1.2.3
    `,
    says: [
      'A change to a or b runs curl (line 6) again, which does not read them. … Move COPY in lines 2 and 3 below the RUN in line 4.',
    ],
  },
  'a clone, and what only sets something': {
    text: dockerfile`
      FROM debian:12
      COPY a /opt/a
           ~
      RUN git config --global user.name x && sed -i s/a/b/ /etc/x.conf
      RUN git config --global user.name x && git clone https://example.com/a.git /src
    `,
    says: ['A change to a runs git clone (line 4) again, which does not read it. …'],
  },
  'settings of git are quickly made': dockerfile`
    FROM debian:12
    COPY . /docker
    RUN sed -i s/a/b/ /opt/x.py && git config --global --add safe.directory '*'
  `,
  'below a copy of the code that cannot move': recommended(dockerfile`
    FROM node:22-alpine AS build
    COPY . /src
    RUN cp -r /src/out /out
    FROM node:22-alpine
    WORKDIR /app
    COPY --from=build /out .
    RUN npm ci
    COPY turbo.json ./config/
    RUN apk add --no-cache curl
  `),
});
