import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'a wrapper behind exec': dockerfile`
    FROM debian:12
    CMD exec gosu app run; echo done
        ~~~~
  `,
  'in a branch, in the background, in a pipe': dockerfile`
    FROM debian:12
    CMD [ -n "$A" ] && exec a; exec b
    CMD exec a & wait
    CMD exec a | tee /log
  `,
});
