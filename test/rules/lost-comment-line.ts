import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'in a value': dockerfile`
    FROM alpine:3.22
    ENV A="b \
    # c \
    ~~~~~
      d"
    ENV X="b \
    # c
      d"
  `,
  'an apostrophe in a comment of the shell': dockerfile`
    FROM alpine:3.22
    RUN a && \
      # don't
      b
  `,
});
