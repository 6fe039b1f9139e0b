import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'three of a kind': {
    text: dockerfile`
      FROM alpine:3.22
      CMD ["a"]
      ~~~
      CMD ["b"]
      ~~~
      CMD ["c"]
    `,
    aliases: ['DL4003 MultipleInstructionsDisallowed', 'DL4003 MultipleInstructionsDisallowed'],
  },
  'each kind by its name': {
    text: dockerfile`
      FROM alpine:3.22
      HEALTHCHECK NONE
      ~~~~~~~~~~~
      ENTRYPOINT ["a"]
      ~~~~~~~~~~
      HEALTHCHECK CMD true
      ENTRYPOINT ["b"]
    `,
    aliases: ['DL3012 MultipleInstructionsDisallowed', 'DL4004 MultipleInstructionsDisallowed'],
  },
  'HEALTHCHECK CMD is no CMD': dockerfile`
    FROM alpine:3.22
    HEALTHCHECK CMD true
    CMD ["a"]
  `,
  'an empty array resets': dockerfile`
    FROM alpine:3.22
    CMD ["a"]
    CMD []
    ENTRYPOINT []
    ENTRYPOINT ["b"]
  `,
  'a reset between two': {
    text: dockerfile`
      FROM alpine:3.22
      ENTRYPOINT ["a"]
      ~~~~~~~~~~
      ENTRYPOINT []
      ENTRYPOINT ["b"]
    `,
    aliases: ['DL4004 MultipleInstructionsDisallowed'],
  },
});
