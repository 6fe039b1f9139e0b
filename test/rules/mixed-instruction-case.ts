import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'as many of each: capitals': dockerfile`
      FROM alpine:3.22
    - user 1000
      ~~~~
    + USER 1000
  `,
  'mostly in lower case': dockerfile`
      from alpine:3.22
      run one
    - RUN two
      ~~~
    + run two
  `,
  'with a capital first': dockerfile`
    - From alpine:3.22
      ~~~~
    + FROM alpine:3.22
    - Run one
      ~~~
    + RUN one
  `,
  'before the first FROM, and under ONBUILD': {
    text: dockerfile`
      - arg VERSION=3.22
        ~~~
      + ARG VERSION=3.22
        FROM alpine:$VERSION
      - onbuild run one
        ~~~~~~~ ~~~
      + ONBUILD RUN one
        USER 1000
    `,
    aliases: ['', 'ConsistentInstructionCasing', ''],
  },
  'what is no instruction': dockerfile`
    FROM alpine:3.22
    rum one
  `,
  'other words in lower case': dockerfile`
    FROM alpine:3.22 as base
    HEALTHCHECK none
  `,
});
