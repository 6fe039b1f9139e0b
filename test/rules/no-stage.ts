import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'several arguments and comments': dockerfile`
      # the version
      ARG A=1
      ~~~~~~~
      ARG B
  `,
  'a file that is not read at all': dockerfile`
      ARG A=1
      RUN true
  `,
});
