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
  'an endless loop, and other tests that are as true as they look': dockerfile`
    FROM debian:12
    RUN while [ 1 ]; do ./poll && break; done; while test true; do ./poll && break; done; [ 1 ] && until [ yes ]; do a; done
    RUN <<EOF
      while [ 1 ]
      do ./poll && break
      done
    EOF
  `,
  'one that only looks false': dockerfile`
    FROM debian:12
    RUN while [ 0 ]; do ./poll; done; until [ false ]; do ./poll; done; test no && ./a
                ~                             ~~~~~                          ~~
  `,
});
