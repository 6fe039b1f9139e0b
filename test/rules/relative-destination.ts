import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'every way of being relative': {
    text: dockerfile`
      FROM debian:12
      COPY a ./b
             ~~~
      COPY ["a", "b c"]
                 ~~~~~
      COPY --from=nginx:1.29 /etc/nginx nginx
                                        ~~~~~
      COPY <<EOF motd
                 ~~~~
      Hello
      EOF
      ADD a b
            ~
    `,
    aliases: ['DL3045', 'DL3045', 'DL3045', 'DL3045', ''],
  },
  'two stages on the same image share nothing': {
    text: dockerfile`
      FROM debian:12
      WORKDIR /srv
      COPY a b
      FROM debian:12
      COPY a b
             ~
    `,
    aliases: ['DL3045'],
  },
  'a WORKDIR that comes too late': dockerfile`
    FROM debian:12
    COPY a b
           ~
    WORKDIR /srv
    COPY a b
  `,
  'a WORKDIR under ONBUILD takes effect in the stages above': dockerfile`
    FROM debian:12 AS base
    ONBUILD WORKDIR /srv
    ONBUILD COPY a b
    COPY a b
           ~
    FROM base
    COPY a b
  `,
  'a variable below a folder': dockerfile`
    FROM debian:12
    ARG NAME
    COPY a b/$NAME
           ~~~~~~~
  `,
  'a WORKDIR that only the build knows, or is relative itself': dockerfile`
    FROM debian:12 AS a
    ARG APP
    WORKDIR $APP
    COPY a b
    FROM debian:12
    WORKDIR app
    COPY a b
  `,
  'in capitals, the stage below': dockerfile`
    FROM debian:12 AS base
    WORKDIR /srv
    FROM base AS next
    FROM next
    COPY a b
  `,
  'on scratch': dockerfile`
    FROM scratch
    COPY app .
  `,
  'quoted and absolute, a drive, a variable': dockerfile`
    FROM debian:12
    ENV APP=/app
    COPY a "/srv/a"
    COPY a C:/app
    COPY a \${APP}/a
    COPY a $HOME/a
  `,
  'a variable of the file that is relative': {
    text: dockerfile`
      FROM debian:12
      ENV APP=app
      COPY a $APP
             ~~~~
    `,
    aliases: [''],
  },
  'images with a folder of their own': dockerfile`
    FROM php:8.4-apache
    COPY src .
    FROM php:8.4-cli
    COPY src .
             ~
    FROM node:6-onbuild
    COPY src .
  `,
  Windows: dockerfile`
    # escape=\`
    FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
    COPY a \app
  `,
  'a later command looks for it at the root': {
    text: dockerfile`
      FROM openjdk:17
      ADD target/x.jar app.jar
                       ~~~~~~~
      ENTRYPOINT ["java", "-jar", "/app.jar"]
      FROM openjdk:17
      COPY run.sh .
                  ~
      RUN chmod +x /run.sh
      FROM openjdk:17
      COPY run.sh .
                  ~
      RUN chmod +x run.sh
    `,
    says: [
      'app.jar is relative, but no WORKDIR comes before it, and line 3 looks for /app.jar. …',
      '. is relative, but no WORKDIR comes before it, and line 6 looks for /run.sh. …',
      '. is relative, but no WORKDIR comes before it. …',
    ],
  },
  'one for all of the stage, and where they are': {
    text: dockerfile`
      FROM python:3.13
      COPY a.txt data/
                 ~~~~~
      COPY b c
      COPY d e
    `,
    preset: 'recommended',
    says: [
      'data/ is relative, but no WORKDIR comes before it, and so are 2 more. The working directory of python is /, so this is /data; another base may have another.…',
    ],
  },
  'a base of which nobody knows where it begins': {
    text: dockerfile`
      FROM example.com/base:1
      COPY a b
             ~
    `,
    says: ['b is relative, but no WORKDIR comes before it. The files land in the working directory of the base image…'],
  },
});
