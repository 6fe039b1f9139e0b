import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'the value in one word': dockerfile`
    FROM debian:12
    RUN mkdir -pm755 a/b && mkdir --mode=700 --parents /srv/a/b
              ~~~~~~              ~~~~~~~~~~
  `,
  'folders that every image has': dockerfile`
    FROM debian:12
    RUN mkdir -p -m 700 /root/.ssh ~/.gnupg && mkdir -m 0700 /a/b
  `,
});
