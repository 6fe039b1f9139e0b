import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'each has its own code': {
    text: dockerfile`
      FROM debian:12
      RUN diff <(ls /a) <(ls /b)
               ~~~~~~~~ ~~~~~~~~
      RUN grep a <<<"abc" && let i=1 && echo "$RANDOM"
                 ~~~         ~~~              ~~~~~~~
      RUN for i in a b; do X+=$i; done && Y=(a b) && echo "\${Y[1]}" "\${X:0:1}" "\${X/a/b}" "\${X^^}"
                           ~~~            ~~~~~~~          ~~~~~~~   ~~~~~~~~   ~~~~~~~~   ~~~~~~
      RUN make &> /log && make |& tee /log && set -o pipefail
               ~~~~~~~         ~~                    ~~~~~~~~
    `,
    aliases: [
      'SC3001',
      'SC3001',
      'SC3011',
      'SC3039',
      'SC3028',
      'SC3024',
      'SC3030',
      'SC3054',
      'SC3057',
      'SC3060',
      'SC3059',
      'SC3020',
      'SC3029',
      'SC3040',
    ],
  },
  'both ways to write a function': {
    text: dockerfile`
      FROM debian:12
      RUN function a() { b; } && a
          ~~~~~~~~
      RUN function a { b; } && a
          ~~~~~~~~
    `,
    aliases: ['SC2112', 'SC2113'],
  },
  'where nothing tells which sh it is': dockerfile`
      FROM example.com/team/base:1
    - RUN source ./env.sh
          ~~~~~~
    + RUN . ./env.sh
  `,
  'what busybox has and has not': dockerfile`
    FROM node:22-alpine
    RUN source ./env.sh && cat <(ls) && echo "$RANDOM" "\${A:1:2}" && read -t 1 x && set -o pipefail && let x=1
    RUN mkdir -p /srv/{a,b} && echo "\${A^^}" && read -a x
                      ~~~~~          ~~~~~~          ~~
  `,
  'the package manager tells': dockerfile`
    FROM example.com/team/base:1
    RUN dnf install -y make
    RUN source ./env.sh && mkdir -p /srv/{a,b}
  `,
  'what every sh has': dockerfile`
    FROM debian:12
    RUN echo -n a > /a && f() { local x=1; echo "$x"; } && f && command -v make && set -eux && [ -t 1 ] || true
    RUN umask 022 && x=\${A:-b} && y=\${x%%.*} && printf '%s\n' "$x" "$y" "$((1 + 2))" && HOSTNAME=a && echo "$HOSTNAME"
  `,
  'a script for bash, in words and in a here-document': dockerfile`
    FROM debian:12
    RUN bash -c 'source /env.sh && mkdir -p /srv/{a,b} && [[ -f /a ]]'
    RUN bash <<EOF
    source /env.sh
    mkdir -p /srv/{a,b}
    EOF
    RUN <<EOF
    #!/bin/bash
    source /env.sh
    EOF
  `,
  'a subshell in a subshell is no sum': dockerfile`
    FROM debian:12
    RUN ((find /usr/share/doc -empty | xargs rmdir || true))
  `,
  'text is text': dockerfile`
    FROM debian:12
    RUN echo '[[ a == b ]] &> {a,b}' "source x" > /text && find / -name '{}' -exec rm {} +
  `,
  'an echo that is a program of its own': dockerfile`
    FROM debian:12
    RUN /bin/echo -e 'a\\nb' > /a && sudo echo -e 'a\\nb' && env echo -e 'a' && find / -exec echo -e {} + && xargs echo -e
    RUN /usr/bin/printf %q a && /usr/bin/test a == b && sudo [ a == b ]
    RUN command echo -e 'a'
                     ~~
    RUN \\echo -ne 'a'
  `,
  'a /bin/sh that is bash by now': dockerfile`
    FROM ubuntu:24.04 AS base
    RUN mkdir /srv/{a,b}
                   ~~~~~
    RUN rm /bin/sh && ln -s /bin/bash /bin/sh
    RUN mkdir /srv/{a,b} && source /x/y
    FROM base
    RUN mkdir /srv/{a,b}
    RUN ln -sf dash /bin/sh
    RUN mkdir /srv/{a,b}
                   ~~~~~
    RUN echo "dash dash/sh boolean false" | debconf-set-selections && dpkg-reconfigure dash
    RUN mkdir /srv/{a,b}
  `,
  'a /bin/sh that is another by now, in other ways': dockerfile`
    FROM debian:12 AS a
    WORKDIR /bin
    RUN ln -sf bash sh
    RUN mkdir /srv/{a,b}
    FROM debian:12 AS b
    RUN update-alternatives --install /bin/sh sh /bin/bash 100
    RUN mkdir /srv/{a,b}
    FROM debian:12 AS c
    RUN <<EOF
      cp /bin/bash /bin/sh
    EOF
    RUN mkdir /srv/{a,b}
    FROM debian:12 AS d
    RUN mv /usr/bin/zsh /usr/bin/sh
    ONBUILD RUN mkdir /srv/{a,b}
    FROM alpine:3.22 AS e
    RUN apk add --no-cache bash-binsh
    RUN mkdir /srv/{a,b}
    FROM debian:12
    RUN ln -s /bin/sh /usr/local/bin/bash
    RUN mkdir /srv/{a,b}
                   ~~~~~
  `,
  'a regular expression in double brackets': {
    text: dockerfile`
      FROM debian:12
      RUN if [[ "$lib" =~ ^lib ]]; then ls; fi
             ~~~~~~~~~~~~~~~~~~~~
    `,
    says: ['[[ … ]] is not part of sh, which is dash here. … Use grep -E, or case.'],
  },
});
