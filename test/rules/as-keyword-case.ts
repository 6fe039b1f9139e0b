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
  'what it says': {
    text: dockerfile`
      FROM debian:12 as a
                     ~~
    `,
    says: [
      "The keyword as is not in the same letter case as FROM. Docker's build checks warn of it, and a reader scanning for AS may miss it. …",
    ],
  },
  'a FROM of mixed case': dockerfile`
      From debian:12 as a
  `,
});
