import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'every spelling of the option': dockerfile`
        FROM debian:12
      - RUN useradd -u 123456 a
            ~~~~~~~
      + RUN useradd -l -u 123456 a
      - RUN useradd -u123456 b
            ~~~~~~~
      + RUN useradd -l -u123456 b
      - RUN useradd --uid=123456 c
            ~~~~~~~
      + RUN useradd -l --uid=123456 c
      - RUN useradd -mu 123456 d
            ~~~~~~~
      + RUN useradd -l -mu 123456 d
  `,
  'no log, or another command': dockerfile`
      FROM debian:12
      RUN useradd -l -u 123456 a && useradd -lmu 123456 b && useradd --no-log-init -u 123456 c
      RUN groupadd -g 123456 x && useradd -g 123456 -u 1000 d && useradd -c 123456 e
  `,
  'a number in a variable': dockerfile`
        FROM debian:12
        ARG APP_UID=1000
        ENV JOB_UID=1000650000
        ARG GIVEN
        RUN useradd -u $APP_UID app && useradd -u $GIVEN given
      - RUN useradd -u "\${JOB_UID}" job
            ~~~~~~~
      + RUN useradd -l -u "\${JOB_UID}" job
  `,
  'just below': dockerfile`
      FROM debian:12
      RUN useradd -u 65534 a && useradd -u 99999 b
  `,
  'in ONBUILD': dockerfile`
        FROM debian:12
      - ONBUILD RUN useradd -u 123456 a
                    ~~~~~~~
      + ONBUILD RUN useradd -l -u 123456 a
  `,
});
