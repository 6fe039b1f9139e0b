import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'arrays that are no JSON': dockerfile`
      FROM alpine:3.22
    - CMD [ 'a', "b" ]
          ~~~~~~~~~~~~
    + CMD ["a", "b"]
      FROM alpine:3.22
    - CMD ["a", "b",]
          ~~~~~~~~~~~
    + CMD ["a", "b"]
      FROM alpine:3.22
    - CMD ["a" "b c"]
          ~~~~~~~~~~~
    + CMD ["a", "b c"]
      FROM alpine:3.22
    - CMD [a, -b]
          ~~~~~~~
    + CMD ["a", "-b"]
      FROM alpine:3.22
    - CMD [“a”, “b”]
          ~~~~~~~~~~
    + CMD ["a", "b"]
      FROM alpine:3.22
    - CMD ["C:\Program Files\a.exe"]
          ~~~~~~~~~~~~~~~~~~~~~~~~~~
    + CMD ["C:\\Program Files\\a.exe"]
  `,
  'a semicolon behind the bracket': dockerfile`
      FROM alpine:3.22
    - CMD ["a", "b"];
          ~~~~~~~~~~~
    + CMD ["a", "b"]
  `,
  'arrays that cannot be guessed': dockerfile`
    FROM alpine:3.22
    CMD [$APP, "b"]
        ~~~~~~~~~~~
    FROM alpine:3.22
    CMD ["a"] # starts a
        ~~~~~~~~~~~~~~~~
    FROM alpine:3.22
    CMD ["a", "b"
        ~~~~~~~~~
    FROM alpine:3.22
    CMD ["a", "b"] "c"
        ~~~~~~~~~~~~~~
    FROM alpine:3.22
    CMD ["a", "b
        ~~~~~~~~
    FROM alpine:3.22
    CMD ["a", \
        ~~~~~~~
      'b']
      ~~~~
  `,
  'the command of a test is no array': dockerfile`
      FROM alpine:3.22
      HEALTHCHECK CMD [ -f /tmp/ready ]
      FROM alpine:3.22
      HEALTHCHECK CMD [ "$(cat /tmp/state)" = ready ] || exit 1
      FROM alpine:3.22
      HEALTHCHECK CMD [[ -f /tmp/ready ]]
      FROM alpine:3.22
      HEALTHCHECK CMD [ $READY ]
  `,
  'a health check': {
    text: dockerfile`
        FROM alpine:3.22
      - HEALTHCHECK --interval=5s CMD ['curl', 'localhost']
                                      ~~~~~~~~~~~~~~~~~~~~~
      + HEALTHCHECK --interval=5s CMD ["curl", "localhost"]
        FROM alpine:3.22
        HEALTHCHECK CMD curl localhost
    `,
    aliases: ['DL3025'],
  },
  'a health check, where it is asked for': {
    text: dockerfile`
        FROM alpine:3.22
      - HEALTHCHECK CMD curl localhost
                        ~~~~~~~~~~~~~~
      + HEALTHCHECK CMD ["curl", "localhost"]
        FROM alpine:3.22
        HEALTHCHECK CMD curl localhost || exit 1
                        ~~~~~~~~~~~~~~~~~~~~~~~~
        FROM alpine:3.22
        HEALTHCHECK NONE
    `,
    options: { healthchecks: true },
    aliases: ['DL3025', 'DL3025'],
  },
  'an array that is no JSON in a stage that has chosen its shell': {
    text: dockerfile`
        FROM alpine:3.22 AS base
        SHELL ["/bin/ash", "-c"]
        FROM base
        ENTRYPOINT sleep 1
        FROM base
      - CMD ['a']
            ~~~~~
      + CMD ["a"]
    `,
    aliases: ['DL3025'],
  },
  'SHELL further down': dockerfile`
    FROM alpine:3.22
    CMD sleep 1
    SHELL ["/bin/ash", "-c"]
  `,
  'empty arrays': dockerfile`
    FROM alpine:3.22
    ENTRYPOINT []
    CMD []
  `,
  'what the shell does with the line': dockerfile`
    FROM alpine:3.22
    CMD ~/bin/app
        ~~~~~~~~~
    FROM alpine:3.22
    CMD app > /dev/null
        ~~~~~~~~~~~~~~~
    FROM alpine:3.22
    CMD A=1 app
        ~~~~~~~
    FROM alpine:3.22
    CMD setup && exec app
  `,
  'under ONBUILD': {
    text: dockerfile`
        FROM alpine:3.22
      - ONBUILD CMD app
                    ~~~
      + ONBUILD CMD ["app"]
    `,
    aliases: [''],
  },
});
