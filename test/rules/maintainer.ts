import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'in lower case, quoted': dockerfile`
      from alpine:3.22
    - maintainer "Ada Lovelace <ada@example.com>"
      ~~~~~~~~~~
    + label org.opencontainers.image.authors="Ada Lovelace <ada@example.com>"
  `,
  'signs that mean something in a label': dockerfile`
      FROM alpine:3.22
    - MAINTAINER Ada "the \$" \o/ <ada@example.com>
      ~~~~~~~~~~
    + LABEL org.opencontainers.image.authors="Ada \"the \\\$\" \\o/ <ada@example.com>"
  `,
  'another escape character': dockerfile`
      # escape=\`
      FROM alpine:3.22
    - MAINTAINER Ada "A\\B" Lovelace
      ~~~~~~~~~~
    + LABEL org.opencontainers.image.authors="Ada \`"A\\B\`" Lovelace"
  `,
  'over two lines': dockerfile`
      FROM alpine:3.22
    - MAINTAINER Ada Lovelace \
      ~~~~~~~~~~
    -   <ada@example.com>
    + LABEL org.opencontainers.image.authors="Ada Lovelace <ada@example.com>"
  `,
  'under ONBUILD, or without a name, it is a syntax error': dockerfile`
    FROM alpine:3.22
    ONBUILD MAINTAINER Ada
    MAINTAINER
  `,
});
