import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'backticks and braces': dockerfile`
    FROM debian:12
    RUN touch '\${A}' '\`date\`' 'a$' '$ 5'
              ~~~~~~ ~~~~~~~~
  `,
  'escaped by double quotes, or peeled off': dockerfile`
    FROM debian:12
    RUN sudo sed 's/a$/$b/' /x && find . -exec sh -c 'echo $1' _ {} \; && bash -c 'echo $HOME' && jq '.a | $x' /y
  `,
});
