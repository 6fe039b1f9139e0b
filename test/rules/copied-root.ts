import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'in other words': dockerfile`
      FROM debian:12 AS b
      FROM debian:12
      WORKDIR /
      COPY --from=b /. .
                    ~~
      COPY --from=b // "/"
                    ~~
      COPY --from=b /* /
                    ~~
  `,
  'from the build context, to another folder': dockerfile`
      FROM debian:12 AS b
      FROM debian:12
      COPY / /
      COPY --from=b / /rootfs/
  `,
  'on top of scratch': dockerfile`
      FROM debian:12 AS b
      FROM scratch AS flat
      FROM flat
      COPY --from=b / /
  `,
});
