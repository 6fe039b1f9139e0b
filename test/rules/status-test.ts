import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'in double brackets': dockerfile`
    FROM debian:12
    SHELL ["/bin/bash", "-c"]
    RUN make; if [[ $? != 0 ]]; then exit 1; fi
                    ~~
  `,
  'printed, or one of several': dockerfile`
    FROM debian:12
    RUN make; echo $?; make || [ $? -eq 2 ]
  `,
});
