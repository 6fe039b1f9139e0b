import { dockerfile, rule } from '../../src/engine/rule.ts';
import { isReadable } from '../lib/syntax.ts';

export default rule({
  id: 'bracket-glob',
  aliases: ['SC2102'],
  severity: 'info',
  preset: 'strict',
  fix: 'suggestion',
  message: 'To the shell the brackets are a pattern for one character, not text.',
  why: `
    If a matching file exists, the shell replaces the word with its name: package[extra] matches a file named packagee.
  `,
  instead: 'Put the word in quotes.',
  url: 'https://www.shellcheck.net/wiki/SC2102',
  examples: {
    'an extra of a package': dockerfile`
        FROM python:3.13
      - RUN pip install --no-cache-dir uvicorn[standard]==0.35.0
                                       ~~~~~~~~~~~~~~~~~~~~~~~~~
      + RUN pip install --no-cache-dir "uvicorn[standard]==0.35.0"
    `,
    'in quotes, or a pattern': dockerfile`
      FROM python:3.13
      RUN pip install --no-cache-dir "uvicorn[standard]==0.35.0" && rm -f /tmp/[0-9]*.log /tmp/[[:alpha:]]
    `,
  },
  visit: {
    Script(script) {
      if (!isReadable(script)) return undefined;
      return script.syntax.words.flatMap((word) => {
        const { context, parts, span, exact } = word;
        if (context !== 'argument' || !parts.some(({ kind, raw }) => kind === 'glob' && isText(raw))) return [];
        const plain =
          exact && parts.every(({ kind, raw }) => kind !== 'double' && kind !== 'single' && !raw.includes('\\'));
        const edits = [
          { span: { start: span.start, end: span.start }, text: '"' },
          { span: { start: span.end, end: span.end }, text: '"' },
        ];
        return [{ at: word, ...(plain ? { fix: { title: 'Add quotes', edits } } : {}) }];
      });
    },
  },
});

/** A set that has a letter twice is none. */
function isText(raw: string): boolean {
  const inner = /^\[([^\]:=-]+)\]$/.exec(raw)?.[1];
  return inner !== undefined && new Set(inner).size < inner.length;
}
