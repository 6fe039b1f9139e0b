import { cases, recommended } from '../../src/dev/cases.ts';
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
  'what follows, by the shell of the image': {
    text: dockerfile`
      FROM debian:12
      CMD node /server.js
          ~~~~~~~~~~~~~~~
      FROM alpine:3.22
      CMD node /server.js
          ~~~~~~~~~~~~~~~
      FROM fedora:43
      CMD node /server.js
          ~~~~~~~~~~~~~~~
      FROM registry.example.com/base:1
      CMD node /server.js
          ~~~~~~~~~~~~~~~
      FROM alpine:3.22
      CMD mkdir /x; node /server.js
          ~~~~~~~~~~~~~~~~~~~~~~~~~
      FROM mcr.microsoft.com/windows/servercore:ltsc2025
      CMD node server.js
          ~~~~~~~~~~~~~~
    `,
    says: [
      'CMD starts its program through a shell. The sh of this image stays process 1 and does not pass signals on, so docker stop waits ten seconds and then kills the container. Write the exec form: …',
      'CMD starts its program through a shell. Here BusyBox sh is replaced by the program, but another shell may stay process 1 and not pass signals on. Write the exec form: …',
      'CMD starts its program through a shell. Here bash is replaced by the program, but …',
      'CMD starts its program through a shell. A shell that stays process 1 does not pass signals on, so docker stop waits ten seconds and then kills the container. …',
      'CMD starts its program through a shell. A shell that stays process 1 does not pass signals on, … Put exec before the program that keeps running, or move the commands to a script that does.',
      'CMD starts its program through a shell. The exec form starts the program directly, without a shell in between. …',
    ],
  },
  'a shell that makes way is no fault of note': recommended(dockerfile`
    FROM alpine:3.22
    CMD node /server.js
  `),
  'no shell in the image': {
    text: dockerfile`
      FROM scratch
      COPY app /app
      CMD /app --serve
          ~~~~~~~~~~~~
      FROM gcr.io/distroless/static-debian12:nonroot
      COPY --from=0 /app /usr/local/bin/app
      ENTRYPOINT app
                 ~~~
      FROM gcr.io/distroless/base:debug
      CMD app
          ~~~
      FROM scratch
      ADD rootfs.tar.xz /
      CMD bash
          ~~~~
      FROM scratch
      COPY --from=busybox:1.37 /bin/busybox /bin/sh
      CMD app
          ~~~
    `,
    says: [
      'CMD needs /bin/sh, which scratch does not have. The container does not start. …',
      'ENTRYPOINT needs /bin/sh, which this base image does not have. The container does not start. …',
      'CMD starts its program through a shell. …',
      'CMD starts its program through a shell. …',
      'CMD starts its program through a shell. …',
    ],
  },
  'CMD beside ENTRYPOINT': {
    text: dockerfile`
      FROM python:3
      ENTRYPOINT /run.sh
                 ~~~~~~~
      CMD ["--verbose"]
      FROM python:3
      ENTRYPOINT cd /app && ./run
                 ~~~~~~~~~~~~~~~~
      CMD run it
          ~~~~~~
      FROM python:3 AS parent
      ENTRYPOINT ["gunicorn", "app:app"]
      FROM parent
      CMD gunicorn app:app --bind 0.0.0.0:$PORT
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      FROM python:3
      ENTRYPOINT ["/usr/bin/tini", "--"]
      CMD python app.py
          ~~~~~~~~~~~~~
      FROM python:3
      ENTRYPOINT app "$@"
                 ~~~~~~~~
      CMD ["a"]
      FROM alpine:3.22
      ENTRYPOINT app
                 ~~~
    `,
    says: [
      'ENTRYPOINT starts its program through a shell, so the CMD in line 3 is never used. CMD and the arguments of docker run go to the shell, which drops them, and not to the program. Write the exec form; the program then gets CMD as its arguments.',
      'ENTRYPOINT starts its program through a shell, so the CMD in line 6 is never used. … Move the commands to a script that ends with exec PROGRAM "$@", and name the script in exec form.',
      'CMD is never used: the ENTRYPOINT in line 5 is in shell form. … Write ENTRYPOINT in exec form, and CMD as a JSON array of its arguments.',
      'gunicorn of ENTRYPOINT (line 8) gets "/bin/sh", "-c" and this text as its arguments. … Write CMD as a JSON array of the arguments.',
      'CMD starts its program through a shell. tini (line 12) starts a shell, which starts the program, so signals may not reach it. …',
      'ENTRYPOINT starts its program through a shell. The sh of this image stays process 1 … Put exec before …',
      'ENTRYPOINT starts its program through a shell. The program does not get the arguments of docker run. …',
    ],
  },
  'programs that go to the background': {
    text: dockerfile`
      FROM debian:12
      CMD cron
          ~~~~
      FROM debian:12
      CMD cron -f
          ~~~~~~~
      FROM debian:12
      CMD service nginx start
          ~~~~~~~~~~~~~~~~~~~
      FROM debian:12
      CMD /etc/init.d/ssh start
          ~~~~~~~~~~~~~~~~~~~~~
      FROM debian:12
      CMD service ssh start && tail -f /var/log/syslog
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      FROM nginx:1.29
      CMD nginx
          ~~~~~
      FROM debian:12
      CMD apachectl -DFOREGROUND
          ~~~~~~~~~~~~~~~~~~~~~~
    `,
    says: [
      'cron goes to the background, and the shell ends. The container then stops at once. Write ["cron", "-f"].',
      'CMD starts its program through a shell. …',
      'nginx is started in the background, and the shell ends. The container then stops at once. …',
      'ssh is started in the background, and the shell ends. …',
      'CMD starts its program through a shell. …',
      'nginx goes to the background, and the shell ends, unless its configuration keeps it in the foreground. …',
      'CMD starts its program through a shell. …',
    ],
  },
  'a script without a #! line, which only a shell can start': {
    text: dockerfile`
      FROM debian:12
      COPY run.sh start.sh /
      ENTRYPOINT /run.sh
                 ~~~~~~~
    `,
    files: { 'run.sh': 'exec app\n', 'start.sh': '#!/bin/sh\n' },
    says: ['ENTRYPOINT starts its program through a shell. … Add a #! line to /run.sh, then write the exec form.'],
  },
  'a script with one': {
    text: dockerfile`
        FROM debian:12
        COPY run.sh start.sh /
      - CMD /start.sh
            ~~~~~~~~~
      + CMD ["/start.sh"]
    `,
    files: { 'run.sh': 'exec app\n', 'start.sh': '#!/bin/sh\n' },
  },
  'a comment sign behind it': {
    text: dockerfile`
      FROM alpine:3.22
    - CMD server -f x #
          ~~~~~~~~~~~~~
    + CMD ["server", "-f", "x"]
    `,
  },
});
