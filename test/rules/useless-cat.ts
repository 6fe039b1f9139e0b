import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'in the middle, from a here-document, by glob': dockerfile`
    FROM debian:12
    RUN make | cat | tee /log && cat *.txt | sort && cat < /a | sort && cat /a > /b && cat - | sort
  `,
  'a name in a variable': dockerfile`
    FROM debian:12
    RUN cat "$LIST" | sort > /sorted
        ~~~~~~~~~~~
  `,
});
