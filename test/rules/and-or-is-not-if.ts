import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'forgiven, final, or what cannot fail': dockerfile`
    FROM debian:12
    RUN test -f /a && make || exit 1
    RUN test -f /a && x=1 || make
    RUN make || test -f /a && make install
    RUN a && b || { c; d; }
                  ~~~~~~~~~
  `,
  'longer lists are seldom meant as if': dockerfile`
    FROM debian:12
    RUN make && make test || true && make install
  `,
});
