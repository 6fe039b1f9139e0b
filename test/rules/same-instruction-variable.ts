import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'on one line, in braces, with a default': {
    text: dockerfile`
        FROM debian:12
      - ENV A=1 B=\${A} C=\${A:-2}
                  ~~~~   ~~~~~~~
      + ENV A=1
      + ENV B=\${A}
      + ENV C=\${A:-2}
    `,
    aliases: ['DL3044', ''],
  },
  'the pair comes later, which splitting does not help': dockerfile`
    FROM debian:12
    ENV A=$B B=1
          ~~
  `,
  'a comment between': dockerfile`
    FROM debian:12
    ENV A=1 \
      # made of A
      B=$A
        ~~
  `,
  'escaped and in single quotes': dockerfile`
    FROM debian:12
    ENV A=1 B=\$A C='$A' D="\$A"
  `,
  'set in a stage below': dockerfile`
    FROM debian:12 AS base
    ENV A=1
    FROM base
    ENV A=2 B=$A
  `,
  'set in a stage that this one does not stand on': {
    text: dockerfile`
        FROM debian:12 AS other
        ENV A=1
        FROM debian:12
      - ENV A=2 B=$A
                  ~~
      + ENV A=2
      + ENV B=$A
    `,
    aliases: ['DL3044'],
  },
  'a name that begins alike': dockerfile`
    FROM debian:12
    ENV A=1 B=$AB
  `,
  'declared without a value': dockerfile`
    FROM debian:12
    ARG A
    ENV A=\${A:-1} B=$A
  `,
  'under ONBUILD': {
    text: dockerfile`
      FROM debian:12
      ONBUILD ENV A=1 B=$A
                        ~~
    `,
    aliases: [''],
  },
});
