import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'one code each': {
    text: dockerfile`
      FROM debian:12
      RUN for a in $(ls); do :; done; for b in \`find .\`; do :; done; for c in $(cat /x) d; do :; done
                   ~~~~~                       ~~~~~~~~                       ~~~~~~~~~
    `,
    aliases: ['SC2045', 'SC2044', 'SC2013'],
  },
  'filtered, or quoted': dockerfile`
    FROM debian:12
    RUN for a in $(cat /x | tr , ' '); do :; done; for b in "$(ls)" /opt/*; do :; done
  `,
});
