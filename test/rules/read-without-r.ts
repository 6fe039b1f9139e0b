import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'with other options': dockerfile`
      FROM debian:12
    - RUN read -t 5 answer < /a
          ~~~~
    + RUN read -r -t 5 answer < /a
  `,
  'a program of another name': dockerfile`
    FROM debian:12
    RUN readlink -f /a && echo read line
  `,
});
