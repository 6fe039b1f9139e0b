import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'paths and options that are put together': dockerfile`
    FROM debian:12
    RUN cp "$A"-"$B" "$A"$B"$C" "x"=1 && echo "a"'b'"c" "a":"b"
                         ~~
  `,
  'a substitution': dockerfile`
    FROM debian:12
    RUN echo "built at "$(date)" by make"
                        ~~~~~~~
  `,
});
