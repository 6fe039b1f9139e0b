import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'read and written': {
    text: dockerfile`
      FROM debian:12
      RUN grep -v a /etc/hosts 2>/dev/null > /etc/hosts && make 2>&1 >> /log && echo a > 2
                                           ~~~~~~~~~~~~         ~~~~                   ~~~
    `,
    aliases: ['SC2094', 'SC2069', 'SC2210'],
  },
  'a version without quotes': {
    text: dockerfile`
      FROM python:3.13-alpine
      RUN pip install flask>=3.0 && apk add curl<9 && apk add jq>1.7
                           ~~~~~                ~~              ~~~~
    `,
    aliases: ['', 'SC2210', ''],
  },
  'devices, descriptors and pipes': dockerfile`
    FROM debian:12
    RUN echo a >&2 && cat /dev/null > /dev/null && make 2>&1 >/log | tee /errors && tee /a < /b > /c && make 3>&1 1>&2 2>&3
  `,
});
