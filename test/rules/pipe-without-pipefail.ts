import { cases, recommended } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'set in the parent stage': dockerfile`
      FROM debian:12 AS base
      SHELL ["/bin/bash", "-o", "pipefail", "-c"]
      FROM base
      RUN ./a | ./b
  `,
  'set in the script, in any of its forms': dockerfile`
      FROM example.com/base:1
      RUN set -o pipefail && ./a | ./b
      RUN set -euo pipefail; ./a | ./b
      RUN set -eux -o pipefail; ./a | ./b
      RUN bash -o pipefail -c "./a | ./b"
      RUN <<EOF bash
      set -o pipefail
      ./a | ./b
      EOF
  `,
  'set after the pipe, or taken back': dockerfile`
      FROM example.com/base:1
      RUN ./a | ./b; set -o pipefail
              ~
      RUN set -o pipefail; set +o pipefail; ./a | ./b
                                                ~
  `,
  'shells of any path that know it': dockerfile`
      FROM example.com/base:1
      SHELL ["/usr/bin/env", "bash", "-o", "pipefail", "-c"]
      RUN ./a | ./b
      SHELL ["/busybox/sh", "-o", "pipefail", "-c"]
      RUN ./a | ./b
      SHELL ["/bin/sh", "-eo", "pipefail", "-c"]
      RUN ./a | ./b
  `,
  'SHELL without the option, an option in the wrong place, and no second SHELL is offered': dockerfile`
      FROM debian:12
      SHELL ["/bin/bash", "-c"]
      RUN ./a | ./b
              ~
      SHELL ["/bin/bash", "-c", "set -o pipefail"]
      RUN ./a | ./b
              ~
  `,
  'a first line of its own, which SHELL does not reach': dockerfile`
      FROM debian:12
      SHELL ["/bin/bash", "-o", "pipefail", "-c"]
      RUN <<EOF
      #!/bin/bash -e
      ./a | ./b
          ~
      EOF
  `,
  Windows: dockerfile`
      FROM mcr.microsoft.com/windows/servercore:ltsc2022
      RUN dir | findstr x
      SHELL ["powershell", "-Command"]
      RUN Get-ChildItem | Out-Null
  `,
  'a status that is handled or dropped': dockerfile`
      FROM debian:12
      RUN ./a | ./b || true
      RUN ./a | ./b || { echo broken; exit 1; }
      RUN if ./a | ./b; then ./c; fi
      RUN while ./a | ./b; do ./c; done
      RUN ! ./a | ./b
      RUN echo "$(./a | ./b)"
  `,
  'an assignment fails with what it is given': dockerfile`
        FROM ubuntu:24.04
      + SHELL ["/bin/bash", "-o", "pipefail", "-c"]
        RUN version="$(./latest | cut -c 2-)" && ./install "$version"
                                ~
  `,
  'one a RUN, one fix for the stage': dockerfile`
        FROM fedora:42
      + SHELL ["/bin/bash", "-o", "pipefail", "-c"]
        RUN ./a | ./b && ./c | ./d
                ~
        RUN ./e | ./f
                ~
  `,
  'commands that do not fail': dockerfile`
      FROM debian:12
      RUN echo y | ./install && printf '%s\n' a b | sort | ./install && yes | ./install
  `,
  'in ONBUILD': dockerfile`
      FROM debian:12
      ONBUILD RUN ./a | ./b
                      ~
  `,
  'a group or a list before the pipe': dockerfile`
      FROM example.com/base:1
      RUN (./a; ./b) | ./c
                     ~
      RUN cat a |& ./c
                ~~
  `,
  'what notices, and what hides': recommended(dockerfile`
      FROM mcr.microsoft.com/tool:1
      RUN curl -fsSL https://example.com/key | gpg --dearmor > /etc/key.gpg
      RUN curl -fsSL https://example.com/key | apt-key add -
      RUN curl -fsSL https://example.com/x.tar.gz | gunzip | tar -x
      RUN curl -fsSL https://example.com/x.gpg | tee /etc/key.gpg
          ~~~~
      RUN curl -fsSL https://example.com/x | sudo -E bash -
          ~~~~
  `),
  'a status that is not looked at anyway': recommended(dockerfile`
      FROM example.com/base:1
      RUN curl -fsSL https://example.com/x | sh; true
      RUN curl -fsSL https://example.com/x | sh || true
      RUN echo "$(curl -fsSL https://example.com/x | head -n 1)"
  `),
  'with set -e it is': dockerfile`
      FROM example.com/base:1
      RUN set -e; curl -fsSL https://example.com/x | sh; touch /done
                  ~~~~
  `,
  'tests and installs whose output is kept': recommended(dockerfile`
    FROM debian:12
    RUN apt-get install -y curl | tee /var/log/install.log
        ~~~~~~~
    RUN ./list | tee /srv/list && git log | head -n 1 && curl --version | head -n 1
  `),
  'what ends before its input does would fail the build with pipefail': recommended(dockerfile`
    FROM debian:12
    RUN curl -fsSL https://example.com/x | awk '/tag/{print $4; exit}' | sh
    RUN curl -fsSL https://example.com/x | grep -m 1 tag | sh
    RUN curl -fsSL https://example.com/x | sh
        ~~~~
  `),
  'git over the network': dockerfile`
        FROM debian:12
      + SHELL ["/bin/bash", "-o", "pipefail", "-c"]
        RUN TAG=$(git ls-remote --tags https://example.com/x.git | tail -n 1) && git checkout "$TAG"
                  ~~~
  `,
  'a shell that was chosen is left alone': dockerfile`
      FROM debian:12
      SHELL ["/bin/bash", "-e", "-c"]
      RUN wget -qO- https://example.com/x | sh
          ~~~~
  `,
  'the next command fails without what the pipe brings': recommended(dockerfile`
      FROM example.com/base:1
      RUN curl -fsSL https://getcomposer.org/installer | php && mv composer.phar /usr/local/bin/composer
      RUN set -e; curl -fsSL https://getcomposer.org/installer | php; chmod +x composer2.phar
      RUN curl -fsSL https://sh.rustup.rs | sh -s -- -y && . "$HOME/.cargo/env"
  `),
  'the next command may have what it needs from elsewhere': recommended(dockerfile`
      FROM mcr.microsoft.com/tool:1
      RUN curl -fsSL https://example.com/key | tee /etc/key && chmod 600 /etc/key
          ~~~~
      RUN curl -fsSL https://example.com/x | sh && ./install x
          ~~~~
      COPY . .
      RUN curl -fsSL https://example.com/x | sh && mv tool /usr/local/bin/
          ~~~~
  `),
  'pipefail would stop another pipe of the stage': {
    text: dockerfile`
      FROM debian:12
      RUN curl -fsSL https://example.com/setup | bash
          ~~~~
      RUN yes | mix local.hex
    `,
    preset: 'recommended',
    says: [
      'If curl fails, bash after the pipe still succeeds. … Let curl write to a file, and give that to bash after &&…',
    ],
  },
  'a base that may set its own shell': recommended(dockerfile`
    FROM example.com/base:1
    RUN curl -fsSL https://example.com/setup | bash
  `),
  'an official image with an argument for a tag': recommended(dockerfile`
    ARG V
    FROM ruby:$V-slim
    RUN curl -fsSL https://example.com/setup | bash
        ~~~~
  `),
});
