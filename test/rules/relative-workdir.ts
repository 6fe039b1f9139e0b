import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'every way of being relative': {
    text: dockerfile`
      FROM debian:12 AS a
      WORKDIR ./x
              ~~~
      FROM debian:12 AS b
      WORKDIR ~
              ~
      FROM debian:12 AS c
      WORKDIR "a"
              ~~~
      FROM debian:12 AS d
      WORKDIR %HOME%
              ~~~~~~
    `,
    aliases: Array(4).fill('DL3000 WorkdirRelativePath'),
  },
  'an absolute path in quotes, and a single letter below it': dockerfile`
    FROM debian:12
    WORKDIR "/usr/bin/tool/"
    WORKDIR a
    WORKDIR ..
  `,
  'only the first is judged': dockerfile`
    FROM debian:12
    WORKDIR app
            ~~~
    WORKDIR src
  `,
  'a variable of the file': {
    text: dockerfile`
      FROM debian:12
      ENV APP=app
      WORKDIR \${APP}/src
              ~~~~~~~~~~
    `,
    aliases: ['WorkdirRelativePath'],
  },
  'a default that is absolute': dockerfile`
    FROM debian:12
    ARG APP=/app
    WORKDIR $APP
  `,
  'a drive letter on Linux': {
    text: dockerfile`
      FROM debian:12
      WORKDIR C:/app
              ~~~~~~
    `,
    aliases: ['WorkdirRelativePath'],
  },
  'on scratch, once': dockerfile`
    FROM scratch
    WORKDIR app/
            ~~~~
    WORKDIR lib
  `,
  'behind a folder that only the build knows': dockerfile`
    FROM debian:12
    ARG APP
    WORKDIR $APP
    WORKDIR src
  `,
  'under ONBUILD': {
    text: dockerfile`
      FROM debian:12
      ONBUILD WORKDIR app
                      ~~~
    `,
    aliases: [''],
  },
});
