import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'mixed, and behind a range': dockerfile`
      FROM alpine:3.22
    - EXPOSE 8000-8010/Tcp
                       ~~~
    + EXPOSE 8000-8010/tcp
  `,
  'in a variable of the file': dockerfile`
    FROM alpine:3.22
    ARG PROTOCOL=UDP
    EXPOSE 53/$PROTOCOL
           ~~~~~~~~~~~~
  `,
  'in a variable that only the build knows, or no protocol': dockerfile`
    FROM alpine:3.22
    ARG PROTOCOL
    EXPOSE 53/$PROTOCOL 80/HTTP 80/
  `,
});
