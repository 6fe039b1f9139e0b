import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'in a mount, by number, in other letters': dockerfile`
    - FROM debian:12 AS Deps
                        ~~~~
    + FROM debian:12 AS deps
      FROM debian:12
      COPY --from=0 /a /a
    - RUN --mount=type=bind,from=Deps,target=/deps true
    + RUN --mount=type=bind,from=deps,target=/deps true
    - COPY --from=DEPS /b /b
    + COPY --from=deps /b /b
  `,
  'a FROM that names it is another image until then': dockerfile`
    - FROM debian:12 AS Base
                        ~~~~
    + FROM debian:12 AS base
      FROM Base
  `,
});
