import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'with a dash': dockerfile`
    FROM debian:12
    RUN su - app
        ~~~~~~~~
  `,
  'with more behind the name': dockerfile`
    FROM debian:12
    RUN su app -s /bin/sh -c make && su "$APP_USER" && su app <<EOF
    make
    EOF
  `,
});
