import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'three, from another stage': dockerfile`
      FROM debian:12 AS build
      FROM debian:12
    - COPY --from=build /out/a.conf /etc/app/
    - COPY --from=build /out/b.conf /etc/app/
      ~~~~
    - COPY --from=build /out/c.conf /etc/app/c.conf
    + COPY --from=build /out/a.conf /out/b.conf /out/c.conf /etc/app/
  `,
  'from different stages': dockerfile`
    FROM debian:12 AS one
    FROM debian:12 AS two
    FROM debian:12
    COPY --from=one /out/a.conf /etc/app/
    COPY --from=two /out/b.conf /etc/app/
  `,
  'a comment stays, so there is no fix': dockerfile`
    FROM debian:12
    COPY a.conf /etc/app/
    # for the tests
    COPY b.conf /etc/app/
    ~~~~
  `,
  'the same name twice': dockerfile`
    FROM debian:12
    COPY one/a.conf /etc/app/
    COPY two/a.conf /etc/app/
  `,
  'a folder, a pattern, and a program': dockerfile`
    FROM debian:12
    COPY conf.d /etc/app/
    COPY *.conf /etc/app/
    COPY app.jar /etc/app/
    COPY a.conf /etc/app/
  `,
  'another name, or a setting between': dockerfile`
    FROM debian:12
    COPY a.conf /etc/app/b.conf
    COPY c.conf /etc/app/
    ENV A=1
    COPY d.conf /etc/app/
  `,
  'linked layers': dockerfile`
    FROM debian:12
    COPY --link a.conf /etc/app/
    COPY --link b.conf /etc/app/
  `,
  'a stage that does not ship': dockerfile`
    FROM debian:12 AS build
    COPY a.conf /etc/app/
    COPY b.conf /etc/app/
    FROM debian:12
    COPY --from=build /etc/app /etc/app
  `,
});
