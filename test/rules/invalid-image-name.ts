import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'a bad digest, an empty tag': dockerfile`
    FROM debian@sha256:abc
         ~~~~~~~~~~~~~~~~~
    FROM debian:
         ~~~~~~~
  `,
  'the empty image in other letters': dockerfile`
    - FROM SCRATCH
           ~~~~~~~
    + FROM scratch
  `,
  'quotes are taken off': dockerfile`
    FROM "debian:12"
  `,
  'arguments are another matter': dockerfile`
    ARG NAME
    FROM $NAME
    FROM Debian:$NAME
  `,
});
