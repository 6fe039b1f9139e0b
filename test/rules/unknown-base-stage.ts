import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'an image whose name a stage takes': dockerfile`
    FROM python AS python
    FROM debian:12 AS app
    FROM python AS test
  `,
  'an image that a later stage is called after': dockerfile`
    FROM debian
    FROM node:22 AS debian
  `,
  'short names, and names with a tag': dockerfile`
    FROM debian:12 AS app
    FROM api
    FROM appp:1
  `,
  'its own name': dockerfile`
    FROM compiler AS compiler
    FROM compiler AS test
  `,
});
