import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'a part of a name': dockerfile`
    FROM debian:12 AS context-files
    FROM debian:12 AS from-scratch
  `,
});
