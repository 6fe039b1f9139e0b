import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  quoted: {
    text: dockerfile`
      FROM debian:12
      RUN echo "$(date)" && x=$(echo a b)
          ~~~~                ~~~~~~~~~~~
    `,
    aliases: ['SC2005', 'SC2116'],
  },
  'options, globs, and more to print': dockerfile`
    FROM debian:12
    RUN echo $(date) $(id -u) && x=$(echo /opt/*) && y=$(echo -e 'a\nb') && echo $(cat /list)
  `,
});
