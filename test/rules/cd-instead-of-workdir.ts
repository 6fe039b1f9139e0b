import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'with a subshell, as hadolint itself advises': dockerfile`
      FROM example.com/base:1
      RUN (cd /srv && make)
      RUN tar -C /srv -xf a.tar && (cd /srv; make install)
  `,
  'build and clean': dockerfile`
      FROM example.com/base:1
      RUN cd /tmp/x && make && make install && cd / && rm -rf /tmp/x
      RUN cd /tmp/x && make install && rm -rf /tmp/x
      RUN cd /tmp && curl -fsSLO https://example.com/a.tar.gz && rm -rf /tmp/*
  `,
  'the folder is made first': dockerfile`
      FROM example.com/base:1
      RUN mkdir -p /srv/app && cd /srv/app && npm ci
                               ~~~~~~~~~~~
      RUN set -eux; cd /srv; make
                    ~~~~~~~
  `,
  'relative to a known folder': dockerfile`
        FROM debian:12
        WORKDIR /srv
      - RUN cd app && make
            ~~~~~~
      + WORKDIR /srv/app
      + RUN make
        CMD ["./app"]
  `,
  'a folder that is not known, flags, several lines': dockerfile`
      FROM debian:12
      RUN cd "$HOME" && make
          ~~~~~~~~~~
      RUN --network=none cd /srv && make
                         ~~~~~~~
      RUN <<EOF
      cd /srv
      ~~~~~~~
      make
      EOF
  `,
  'alone, or as the last of several': dockerfile`
        FROM debian:12
      - RUN cd /srv
            ~~~~~~~
      + WORKDIR /srv
        RUN git clone https://example.com/x.git && cd x
                                                   ~~~~
  `,
  'in a function, a condition, another shell': dockerfile`
      FROM debian:12
      RUN build() { cd "$1" && make; }; build /srv
      RUN if cd /srv; then make; fi
      RUN sh -c "cd /srv && make"
      RUN cd /srv || exit 1; make
          ~~~~~~~
  `,
  'in ONBUILD': dockerfile`
      FROM debian:12
      ONBUILD RUN cd /srv && make
                  ~~~~~~~
  `,
  Windows: dockerfile`
      FROM mcr.microsoft.com/windows/servercore:ltsc2022
      RUN cd C:\app && dir
  `,
  alone: dockerfile`
        FROM debian:12
      - RUN cd /srv
            ~~~~~~~
      + WORKDIR /srv
  `,
  'relative to what is not known': dockerfile`
      FROM debian:12
      RUN cd app
          ~~~~~~
  `,
  'several, and back': dockerfile`
      FROM debian:12
      RUN cd /a && make && cd /b
      RUN make && cd -
      RUN make && cd ~
      RUN make && cd ..
  `,
  'as a test': dockerfile`
      FROM debian:12
      RUN test -d /srv || cd /srv
      RUN (cd /srv)
  `,
});
