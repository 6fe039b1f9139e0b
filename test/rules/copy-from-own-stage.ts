import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'in other letters, in a mount': {
    text: dockerfile`
      FROM debian:12 AS Base
      COPY --from=base /a /b
                  ~~~~
      RUN --mount=type=bind,from=Base,target=/x true
                                 ~~~~
    `,
    aliases: ['DL3023', ''],
  },
  'an earlier stage has the name too': dockerfile`
      FROM debian:12 AS a
      FROM debian:12 AS a
      COPY --from=a /a /b
                  ~
  `,
  'in another build': dockerfile`
      FROM debian:12 AS a
      ONBUILD COPY --from=a /a /b
  `,
  'a number that is another stage': dockerfile`
      FROM debian:12
      FROM debian:12
      COPY --from=0 /a /b
  `,
});
