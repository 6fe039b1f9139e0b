import { cases } from '../../src/dev/cases.ts';
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
});
