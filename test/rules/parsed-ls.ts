import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'one code each': {
    text: dockerfile`
      FROM debian:12
      RUN ls | grep a; ls -t /opt | wc -l
          ~~           ~~
    `,
    aliases: ['SC2010', 'SC2012'],
  },
  'not piped': dockerfile`
    FROM debian:12
    RUN ls /opt > /list && echo a | ls && ls || true
  `,
});
