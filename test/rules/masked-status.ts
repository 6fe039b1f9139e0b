import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'several names, or local': dockerfile`
    FROM debian:12
    RUN export A="$(a)" B=c && f() { local x=$(b); }
               ~                           ~
  `,
  'in front of a command, in single quotes': dockerfile`
    FROM debian:12
    RUN A=$(a) make && export B='$(b)' C=$((1 + 2))
  `,
});
