import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'capitals beside a small from': dockerfile`
    - from debian:12 AS a
                     ~~
    + from debian:12 as a
    - FROM debian:12 As b
                     ~~
    + FROM debian:12 AS b
  `,
  'a FROM of mixed case': dockerfile`
      From debian:12 as a
  `,
});
