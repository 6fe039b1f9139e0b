import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'bash prints it as it stands': dockerfile`
      FROM debian:12
      SHELL ["/bin/bash", "-c"]
    - RUN echo 'a\tb'
               ~~~~~~
    + RUN printf '%b\n' 'a\tb'
      RUN echo "$NAME\n" second
               ~~~~~~~~~
  `,
  'an escaped backslash, a regular expression, code': dockerfile`
    FROM alpine:3.22
    RUN echo "C:\\new" && sed 's/\n//' /a && echo 'console.log("a\n")' > /a.js && echo a\n
  `,
});
