import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'a script': '  FROM alpine:3.22\n  RUN <<EOF\n      ~~~~~\n- set -eux\r\n+ set -eux\n  EOF\n',
  'a file that is no script': 'FROM alpine:3.22\nCOPY <<EOF /etc/motd\nHello\r\nEOF\n',
  'a file that is one': '  FROM alpine:3.22\n  COPY <<EOF /run.sh\n       ~~~~~\n- ls\r\n+ ls\n  EOF\n',
  'a script without them': dockerfile`
    FROM alpine:3.22
    COPY <<EOF /run.sh
    ls
    EOF
  `,
});
