import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'a question mark, and behind a wrapper': dockerfile`
      FROM debian:12
    - RUN sudo rm ?.log && cp -r * /srv
                  ~~~~~          ~
    + RUN sudo rm ./?.log && cp -r ./* /srv
  `,
  'not at the start, quoted, or in a list': dockerfile`
    FROM debian:12
    RUN rm a*.log && grep '*' /a && for f in *; do echo "$f"; done && find . -name *.o
  `,
});
