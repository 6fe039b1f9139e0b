import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'three of one name': dockerfile`
    FROM debian:12 AS a
    FROM debian:12 AS a
                      ~
    FROM debian:12 AS A
                      ~
  `,
  'an image of the name of a stage': dockerfile`
    FROM debian:12 AS debian
    FROM debian
  `,
});
