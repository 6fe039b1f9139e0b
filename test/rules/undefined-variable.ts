import { cases, recommended } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'wherever the builder expands': dockerfile`
    FROM alpine:3.22
    WORKDIR /srv/$A
                 ~~
    COPY --chown=$B --chmod=$C $D $E/
                 ~~         ~~ ~~ ~~
    ADD --checksum=$F https://example.com/x $G
                   ~~                       ~~
    ENV A1=$A2 $A3=x
           ~~~ ~~~
    LABEL a=$A4
            ~~~
    USER $H
         ~~
    VOLUME $I
           ~~
    STOPSIGNAL $J
               ~~
    ARG K=$L
          ~~
    RUN --mount=type=cache,target=/c/$M true
                                     ~~
    EXPOSE $N
           ~~
    ARG SET
    COPY <<EOF /x
    $O $H $SET
    ~~ ~~
    EOF
  `,
  'nowhere else': dockerfile`
    FROM alpine:3.22
    RUN echo $A
    CMD echo $A
    ENTRYPOINT ["sh", "-c", "echo $A"]
    HEALTHCHECK CMD echo $A
    ONBUILD COPY $A /x
    COPY <<'EOF' /x
    $A
    EOF
  `,
  declared: recommended(dockerfile`
    FROM alpine:3.22 AS base
    ARG A
    ARG B=1 C=$B
    ENV D=1
    FROM base
    WORKDIR $A$B$C$D$PATH
    ARG BUILDKIT_SBOM_SCAN_STAGE
  `),
  'a build argument takes the place of the default': {
    text: dockerfile`
      FROM alpine:3.22
      ARG K=$L M=$N
                 ~~
    `,
    buildArgs: { K: '1' },
  },
  'a default, an error, an alternative': recommended(dockerfile`
    FROM scratch
    ENV A=\${X:-d} B=\${X-d} C=\${X:+d} D=\${X+d} E=\${X:?no}
    ENV LD_LIBRARY_PATH=/x\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
    ENV F=\${X:-$Y}
               ~~
  `),
  'BuildKit reports these as well': {
    text: dockerfile`
      FROM scratch
      ENV A=\${X:-d}
            ~~~~~~~
      ENV LD_LIBRARY_PATH=/x:$LD_LIBRARY_PATH
                             ~~~~~~~~~~~~~~~~
      ENV B=1 C=$B
                ~~
    `,
    preset: 'buildkit',
    aliases: ['UndefinedVar', 'UndefinedVar', 'UndefinedVar'],
  },
  'a list that is made longer': recommended(dockerfile`
    FROM debian:12
    ENV LD_LIBRARY_PATH=/x:$LD_LIBRARY_PATH
  `),
  'a list that is made longer, in strict': {
    text: dockerfile`
      FROM debian:12
      ENV LD_LIBRARY_PATH=/x:$LD_LIBRARY_PATH
                             ~~~~~~~~~~~~~~~~
      FROM registry.example.com/base:1
      ENV LD_LIBRARY_PATH=/x:$LD_LIBRARY_PATH
    `,
    preset: 'strict',
  },
  'what a base image may set': recommended(dockerfile`
    ARG NODE_VERSION=22 GO_VERSION=1.25 BASE_VERSION=3
    FROM node:$NODE_VERSION AS a
    COPY x /opt/$NODE_VERSION/
    FROM golang:$GO_VERSION AS b
    WORKDIR $GOPATH/src/app
    FROM registry.example.com/team/base:$BASE_VERSION
    WORKDIR $HOME/app
    COPY x $APP_DIR/$BASE_VERSION
    ENV JAVA_HOME=/opt/java
    FROM registry.example.com/jdk:21
    ENV PATH=$JAVA_HOME/bin:$PATH
  `),
  'what it does not': recommended(dockerfile`
    FROM registry.example.com/base:3
    USER \${user}
         ~~~~~~~
    LABEL vcs-ref=$VCS_REF price=$5 pid=$$
                  ~~~~~~~~       ~~     ~~
    FROM node:22
    WORKDIR $HOME/app
            ~~~~~
    COPY x $APP_DIR/
           ~~~~~~~~
  `),
  'a slip, by what the stage has': recommended(dockerfile`
    FROM registry.example.com/base:3
    ARG RELEASE_1 SERVICE_DIR
    COPY x $SERVCE_DIR/
           ~~~~~~~~~~~
    COPY x /$RELEASE_2/$OTHER
  `),
  'in another stage or further down': recommended(dockerfile`
    FROM registry.example.com/base:3 AS build
    ENV ARTEFACT_DIR=/out
    FROM registry.example.com/run:1
    COPY --from=build /out $ARTEFACT_DIR
                           ~~~~~~~~~~~~~
    COPY config $LATE_DIR
                ~~~~~~~~~
    ENV LATE_DIR=/etc/app
  `),
  'a fix where one instruction alone would change': recommended(dockerfile`
      ARG VERSION=1
      FROM registry.example.com/run:1
      LABEL version=$VERSION
                    ~~~~~~~~
      ENV VERSION_NAME=v$VERSION
                        ~~~~~~~~
      FROM registry.example.com/run:1
    + arg VERSION
      label version=$VERSION short=$VERSION
                    ~~~~~~~~
  `),
  'a script of which the builder takes the variables': recommended(dockerfile`
      FROM registry.example.com/base:3
    - COPY --chmod=755 <<-EOF /entrypoint.sh
    + COPY --chmod=755 <<-'EOF' /entrypoint.sh
      #!/bin/sh
      exec "$@"
            ~~
      EOF
  `),
  'a text with a variable that is set': recommended(dockerfile`
    FROM alpine:3.22
    ARG PORT=80
    COPY <<EOF /etc/app.conf
    listen $PORT
    host $host
         ~~~~~
    EOF
  `),
  'Windows has variables of its own': recommended(dockerfile`
    FROM mcr.microsoft.com/windows/servercore:ltsc2022
    WORKDIR $ProgramFiles
  `),
  'an ARG that takes its default from itself': recommended(dockerfile`
    FROM registry.example.com/base:3
    ARG TOKEN=$TOKEN
              ~~~~~~
    ARG VERSION=v\${VERSION}
                 ~~~~~~~~~~
    ARG PORT
    ARG PORT=$PORT
  `),
});
