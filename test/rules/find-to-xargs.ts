import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'with more between, or behind sudo': dockerfile`
    FROM debian:12
    RUN sudo find / -name core | xargs -r -n1 rm && find / -name core | sort
             ~~~~
  `,
  'the options of the program are none of xargs': dockerfile`
    FROM debian:12
    RUN find / -name core | xargs cut -d: -f1
        ~~~~
  `,
});
