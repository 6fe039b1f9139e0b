import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'negated, and with test': dockerfile`
      FROM debian:12
    - RUN test ! -n $A && [ x$A!=x ]
                    ~~      ~~~~~~
    + RUN test ! -n "$A" && [ x$A != x ]
  `,
  'what is known to be one word': dockerfile`
    FROM debian:12
    RUN [ -n "$A" ] && [ -n $# ] && [ -z $A ] && [ $A ] && [ "a=b" != "$A" ] && [ -n "$A" -a -n "$B" ]
  `,
});
