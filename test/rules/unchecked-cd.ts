import { cases, recommended } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'behind && as well, and at line ends': dockerfile`
      FROM debian:12
    - RUN mkdir /a && cd /srv/app; make
                      ~~~~~~~~~~~
    + RUN mkdir /a && cd /srv/app || exit 1; make
      RUN <<EOF
    - pushd /srv/app
      ~~~~~~~~~~~~~~
    + pushd /srv/app || exit 1
      make
      EOF
  `,
  'the last command, or the shell stops by itself': dockerfile`
    FROM debian:12
    RUN make && cd /srv/app
    SHELL ["/bin/bash", "-euo", "pipefail", "-c"]
    RUN cd /srv/app; make
  `,
  'made just before, upwards, or guarded': dockerfile`
    FROM debian:12
    RUN mkdir -p /srv/app; cd /srv/app; make; cd ..; cd -
    RUN cd /srv/app || exit 1; make
    RUN ! cd /srv/app; (cd /srv/app && make)
  `,
  'a folder that a command names': {
    text: dockerfile`
      FROM debian:12
      RUN cd "$(tool path)"; make
          ~~~~~~~~~~~~~~~~~
    `,
    says: ['If this cd fails, … Write folder=$(…) || exit 1; cd "$folder" || exit 1.'],
  },
  'a base that may set its own shell': recommended(dockerfile`
    FROM example.com/base:1
    RUN cd /srv/app; make
  `),
});
