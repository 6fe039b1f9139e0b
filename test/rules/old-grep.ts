import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'by path there is no fix': dockerfile`
      FROM debian:12
    - RUN /bin/egrep a /b | sudo fgrep -v c
          ~~~~~~~~~~             ~~~~~
    + RUN /bin/egrep a /b | sudo grep -F -v c
  `,
  'names of other things': dockerfile`
    FROM debian:12
    RUN apt-get install -y egrep && zegrep a /b
  `,
});
