import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'several, one with quotes in part': dockerfile`
      FROM debian:12
    - RUN find / -iname *.a -o -path "$DIR"/*
                        ~~~          ~~~~~~~~
    + RUN find / -iname "*.a" -o -path "$DIR"/*
  `,
  'other options and programs': dockerfile`
    FROM debian:12
    RUN find *.d -type f -newer /a* && grep -name *.c && find . -name "[a-z]*"
  `,
});
