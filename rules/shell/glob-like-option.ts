import { dockerfile, rule } from '../../src/engine/rule.ts';
import { isReadable } from '../lib/syntax.ts';

/** They take what begins with a dash for text, or do not read names of files. */
const harmless: ReadonlySet<string> = new Set(['echo', 'printf', 'find', 'set', '[', 'test', 'ls']);

export default rule({
  id: 'glob-like-option',
  aliases: ['SC2035'],
  severity: 'info',
  preset: 'all',
  fix: 'suggestion',
  message: 'A file whose name begins with - would be read as an option.',
  why: `
    The shell replaces the glob with file names before the command sees them, so a file named -rf becomes an option.
  `,
  instead: 'Write ./*, or -- before the glob.',
  url: 'https://www.shellcheck.net/wiki/SC2035',
  examples: {
    'a star in the current folder': dockerfile`
        FROM debian:12
        WORKDIR /tmp
      - RUN rm -rf *.deb
                   ~~~~~
      + RUN rm -rf ./*.deb
    `,
    'with a folder, or after --': dockerfile`
      FROM debian:12
      WORKDIR /tmp
      RUN rm -rf ./*.deb /tmp/*.rpm && rm -f -- *.gz && echo *
    `,
  },
  visit: {
    Script(script) {
      if (!isReadable(script)) return undefined;
      return script.syntax.words.flatMap((word) => {
        const { context, command: owner, parts, span, exact } = word;
        if (context !== 'argument' || parts[0]?.kind !== 'glob' || !/^[*?]/.test(parts[0].raw)) return [];
        if (!owner || (owner.name !== undefined && harmless.has(owner.name))) return [];
        if (owner.args.some((it) => it.text === '--' && it.span.start < span.start)) return [];
        const edits = [{ span: { start: span.start, end: span.start }, text: './' }];
        return [{ at: word, ...(exact ? { fix: { title: 'Begin with ./', edits } } : {}) }];
      });
    },
  },
});
