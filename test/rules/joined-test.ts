import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'test, and -o': dockerfile`
    FROM debian:12
    RUN test -f /a -o -d /b || [ ! -f /a -a "$B" = c ]
                   ~~                    ~~
  `,
  'an option of another kind': dockerfile`
    FROM debian:12
    RUN [ -a /x ] && cp -a /a /b && [ "$A" = "-o" ]
  `,
});
