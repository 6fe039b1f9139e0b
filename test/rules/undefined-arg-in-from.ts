import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'in the platform': dockerfile`
      FROM --platform=$MINE debian:12
                      ~~~~~
  `,
  'declared after, or in a stage': dockerfile`
      FROM debian:$TAG
                  ~~~~
      ARG TAG=12
  `,
  'a default does not excuse it': dockerfile`
      FROM debian:\${TAG:-12}
                  ~~~~~~~~~~
  `,
  'several in one ARG': dockerfile`
      ARG NAME=debian TAG=12
      FROM $NAME:$TAG
  `,
});
