import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'no more than the last USER of the image': dockerfile`
      FROM example.com/base:1 AS b
      USER x
      FROM example.com/base:1
      USER y
      USER 1000
  `,
  'numbers in quotes, from a variable, with a group': dockerfile`
      FROM example.com/base:1
      ENV U=1000
      USER "\${U}:app"
  `,
  'a name from a variable of the file': dockerfile`
      FROM example.com/base:1
      ENV U=app
      USER $U
           ~~
  `,
  'root is a number too': dockerfile`
      FROM example.com/base:1
      USER root:root
  `,
  'made with a number': dockerfile`
      FROM alpine:3.22
      RUN adduser -D -H -u 10001 -h /srv app
      USER app
  `,
  'made with the number of an argument': dockerfile`
      FROM debian:12
      ARG APP_UID=1000
      RUN useradd --uid $APP_UID -m app
      USER app
  `,
  'a line for passwd': dockerfile`
      FROM alpine:3.22 AS build
      FROM alpine:3.22
      RUN echo "app:x:10001:10001::/:/sbin/nologin" >> /etc/passwd
      USER app
  `,
  'made without a number': dockerfile`
      FROM debian:12
      RUN useradd -m app
      USER app
           ~~~
  `,
  'not known': dockerfile`
      FROM debian:12
      USER $SOMEBODY
  `,
  Windows: dockerfile`
      FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
      USER ContainerUser
  `,
});
