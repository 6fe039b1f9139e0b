import { dockerfile, rule } from '../../src/engine/rule.ts';
import { isReadable } from '../lib/syntax.ts';

export default rule({
  id: 'unquoted-find-pattern',
  aliases: ['SC2061'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'The shell expands this pattern before find sees it.',
  why: `
    If files in the current folder match, find gets their names instead of the pattern, and finds less or stops with an error.
    It works only as long as nothing there matches.
  `,
  instead: 'Put the pattern in quotes.',
  url: 'https://www.shellcheck.net/wiki/SC2061',
  examples: {
    'a pattern for the shell': dockerfile`
        FROM python:3.13
      - RUN find /usr/local -name *.pyc -delete
                                  ~~~~~
      + RUN find /usr/local -name "*.pyc" -delete
    `,
    quoted: dockerfile`
      FROM python:3.13
      RUN find /usr/local -name '*.pyc' -o -iname \*.pyo -o -path "*/tests/*" && find /opt/* -name tests
    `,
  },
  visit: {
    Script(script) {
      if (!isReadable(script)) return undefined;
      return script.syntax.words.flatMap((word) => {
        const { command: owner, context, parts, span, exact } = word;
        if (owner?.name !== 'find' || context !== 'argument' || !parts.some(({ kind }) => kind === 'glob')) return [];
        const index = owner.args.findIndex((it) => it.span.start === span.start);
        if (!/^-i?(?:name|path|wholename|regex|lname)$/.test(owner.args[index - 1]?.text ?? '')) return [];
        const plain =
          exact && parts.every(({ kind, raw }) => kind === 'glob' || (kind === 'literal' && !raw.includes('\\')));
        const edits = [
          { span: { start: span.start, end: span.start }, text: '"' },
          { span: { start: span.end, end: span.end }, text: '"' },
        ];
        return [{ at: word, ...(plain ? { fix: { title: 'Add quotes', edits } } : {}) }];
      });
    },
  },
});
