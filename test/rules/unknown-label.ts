import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

const one = { schema: { 'com.example.owner': 'text' } };

export default cases({
  'outside of the schema': {
    text: dockerfile`
      FROM alpine:3.22
      LABEL com.example.owner=1 extra=2
                                ~~~~~
    `,
    options: one,
  },
  'a slip': {
    text: dockerfile`
        FROM alpine:3.22
      - LABEL com.example.onwer=1
              ~~~~~~~~~~~~~~~~~
      + LABEL com.example.owner=1
    `,
    options: one,
  },
  'no label at all': {
    text: dockerfile`
      FROM alpine:3.22
      LABEL x=1
            ~
    `,
    options: { strict: true },
  },
  'a key that only the build knows, and a trigger': {
    text: dockerfile`
      FROM alpine:3.22
      ARG KEY
      LABEL $KEY=1
      ONBUILD LABEL extra=1
                    ~~~~~
    `,
    options: one,
    aliases: [''],
  },
});
