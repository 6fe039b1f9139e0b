import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'the whole format': dockerfile`
    FROM debian:12
    RUN printf "$A" && printf -- "$B\n"
               ~~~~              ~~~~~~
  `,
  'a format of its own': dockerfile`
    FROM debian:12
    RUN printf '%s' "$A" && printf "%-\${width}s" "$A" && printf '$A\n'
  `,
});
