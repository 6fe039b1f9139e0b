import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'once a stage, at the second': dockerfile`
      FROM example.com/base:1
      RUN curl a
      RUN curl b
      RUN wget c
          ~~~~
      RUN curl d
  `,
  'in one RUN': dockerfile`
      FROM example.com/base:1
      RUN wget -q a && curl -O b
                       ~~~~
  `,
  'installed, not used': dockerfile`
      FROM example.com/base:1
      RUN apt-get install -y curl wget && curl -O a
  `,
  'versions, and the wget that is there anyway': dockerfile`
      FROM example.com/base:1
      RUN curl -O a && wget --version && busybox wget b
  `,
});
