import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'with a variable': dockerfile`
      FROM python:3.13
      ARG VERSION
    - RUN pip install celery[redis,sqs,pyyaml]==$VERSION
                      ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    + RUN pip install "celery[redis,sqs,pyyaml]==$VERSION"
  `,
  'sets, ranges and single letters': dockerfile`
    FROM python:3.13
    RUN ls /a[abc] /b[!x] /c[0-99] && [ -f /a ] && pip install 'a[bb]'
  `,
});
