import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'an option behind it': dockerfile`
    FROM debian:12
    RUN ln /opt/tool -sf
        ~~
  `,
  'what may be several': dockerfile`
    FROM debian:12
    RUN ln -s /opt/* && ln -s $FILES && ln -s /{a,b} && ln --target-directory=/opt /a && ln --help
  `,
});
