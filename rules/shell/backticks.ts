import { dockerfile, type Finding, rule } from '../../src/engine/rule.ts';
import { type Expansion, isReadable } from '../lib/syntax.ts';

export default rule({
  id: 'backticks',
  aliases: ['SC2006'],
  severity: 'style',
  preset: 'all',
  fix: 'safe',
  message: 'Backticks are the old form of $(…).',
  why: `
    They cannot be nested without backslashes, and a backslash has another meaning in them. Every sh has $(…).
  `,
  instead: 'Write $(…).',
  url: 'https://www.shellcheck.net/wiki/SC2006',
  examples: {
    'a substitution': dockerfile`
        FROM debian:12
      - RUN uname -r > /kernel && echo "built \`date -u\`" > /built
                                              ~~~~~~~~~
      + RUN uname -r > /kernel && echo "built $(date -u)" > /built
    `,
    'in single quotes they are text': dockerfile`
      FROM debian:12
      RUN echo 'run \`make\`' > /motd && echo "$(date -u)" > /built
    `,
  },
  visit: {
    Script: (script) =>
      isReadable(script) ? script.syntax.expansions.filter(({ backticks }) => backticks).map(finding) : undefined,
  },
});

function finding({ span, raw, exact, quoted }: Expansion): Finding {
  // backslashes, comments and quotes in quotes are read in another way there
  const closed = raw.length > 1 && raw.endsWith('`');
  const plain =
    closed && exact && !/[\\#]/.test(raw) && !(quoted && raw.includes('"')) && span.end - span.start === raw.length;
  const open = raw.startsWith('`(') ? '$( ' : '$(';
  const edits = [
    { span: { start: span.start, end: span.start + 1 }, text: open },
    { span: { start: span.end - 1, end: span.end }, text: ')' },
  ];
  return { at: span, ...(plain ? { fix: { title: 'Write $(…)', edits } } : {}) };
}
