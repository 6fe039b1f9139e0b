import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'in a redirection, and in single quotes': dockerfile`
      FROM debian:12
    - RUN echo a > "~/a" && touch '~/b'
                    ~              ~
    + RUN echo a > "$HOME/a" && touch '~/b'
  `,
  'not at the start, or for another program': dockerfile`
    FROM debian:12
    RUN touch "a~/b" "~" && bash -c "~/run" && git config core.excludesFile '~/.gitignore'
  `,
});
