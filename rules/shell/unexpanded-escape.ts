import { dockerfile, readerOf, rule } from '../../src/engine/rule.ts';
import { isReadable } from '../lib/syntax.ts';

export default rule({
  id: 'unexpanded-escape',
  aliases: ['SC2028'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'Depending on the shell, echo prints an escape sequence such as \\n as it is.',
  why: `
    dash expands \\n and \\t in the arguments of echo; bash and BusyBox print the two characters. Where sh is known to be dash,
    nothing is reported, nor where the text is code with quotes and escapes of its own.
  `,
  instead: "Write printf '%b\\n' …, or a here-document.",
  url: 'https://www.shellcheck.net/wiki/SC2028',
  examples: {
    'printed as it is': dockerfile`
        FROM alpine:3.22
      - RUN echo "[client]\nuser=root" > /root/.my.cnf
                 ~~~~~~~~~~~~~~~~~~~~~
      + RUN printf '%b\n' "[client]\nuser=root" > /root/.my.cnf
    `,
    'expanded, or intended': dockerfile`
      FROM debian:12
      RUN echo "[client]\nuser=root" > /root/.my.cnf
      FROM alpine:3.22
      RUN echo -e "[client]\nuser=root" > /root/.my.cnf
      RUN printf '[client]\nuser=root\n' > /root/.my.cnf
      RUN echo 'printf "a\nb"' > /ab.sh
    `,
  },
  visit: {
    Script(script, place) {
      if (!isReadable(script)) return undefined;
      return script.syntax.words.flatMap((word) => {
        const { command: owner, context, parts, dialect } = word;
        if (owner?.name !== 'echo' || context !== 'argument') return [];
        const reader = readerOf(dialect, place.step);
        const first = owner.args[0]?.text ?? '';
        if (reader === 'dash' || reader === 'other' || /^-[neE]*[eE]/.test(first)) return [];
        const spoken = parts.some(({ kind, raw }) => (kind === 'single' || kind === 'double') && hasEscape(raw));
        if (!spoken) return [];
        const only = owner.args.length === 1 && owner.wrappers.length === 0 && word.exact;
        const edits = [{ span: owner.word.span, text: "printf '%b\\n'" }];
        const sure = reader === 'unknown' ? {} : { message: 'echo prints this escape sequence as it is here.' };
        return [{ at: word, ...sure, ...(only ? { fix: { title: 'Write printf', edits } } : {}) }];
      });
    },
  },
});

/** An escape in a text that has no quotes inside, as code would have. */
const hasEscape = (raw: string): boolean => {
  const inner = raw.slice(1, -1);
  return /(?:^|[^\\])\\[nrt]/.test(inner) && !/["'`]/.test(inner);
};
