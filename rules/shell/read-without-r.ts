import { dockerfile, rule } from '../../src/engine/rule.ts';
import { isReadable } from '../lib/syntax.ts';

export default rule({
  id: 'read-without-r',
  aliases: ['SC2162'],
  severity: 'info',
  preset: 'all',
  fix: 'suggestion',
  message: 'Without -r, read removes backslashes from the text.',
  why: `
    A backslash at the end of a line joins it to the next one, and every other one is dropped.
  `,
  instead: 'Write read -r.',
  url: 'https://www.shellcheck.net/wiki/SC2162',
  examples: {
    'a loop over lines': dockerfile`
        FROM debian:12
      - RUN while read line; do install "$line"; done < /list
                  ~~~~
      + RUN while read -r line; do install "$line"; done < /list
    `,
    'with -r': dockerfile`
      FROM debian:12
      RUN while IFS= read -r line; do install "$line"; done < /list && read -rp name x < /list
    `,
  },
  visit: {
    Command({ name, word, args, within }, { step }) {
      if (name !== 'read' || !step.script || !isReadable(step.script)) return undefined;
      if (args.some(({ text }) => /^-[a-zA-Z]*r/.test(text))) return undefined;
      const edits = [{ span: { start: word.span.end, end: word.span.end }, text: ' -r' }];
      return { at: word, ...(within.includes('string') ? {} : { fix: { title: 'Add -r', edits } }) };
    },
  },
});
