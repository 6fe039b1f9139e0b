import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'a variable of the file': dockerfile`
    FROM alpine:3.22
    ARG PORT=8080
    EXPOSE $PORT:80
           ~~~~~~~~
  `,
  'a variable that only the build knows': dockerfile`
    FROM alpine:3.22
    ARG PORT
    EXPOSE $PORT:80 \${PORT:-80}
           ~~~~~~~~
  `,
  'an address of IPv6, and one without a port': dockerfile`
      FROM alpine:3.22
    - EXPOSE [::1]:80:80 127.0.0.1::443
             ~~~~~~~~~~~ ~~~~~~~~~~~~~~
    + EXPOSE 80 443
  `,
  'nothing before the colon': dockerfile`
    FROM alpine:3.22
    EXPOSE :80
  `,
  'what stops the build is told elsewhere': dockerfile`
    FROM alpine:3.22
    EXPOSE 127.0.0.1:80
  `,
  quoted: dockerfile`
    FROM alpine:3.22
    EXPOSE "80:80"
           ~~~~~~~
  `,
});
