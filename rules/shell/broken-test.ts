import { dockerfile, type Finding, rule, type ShellWord } from '../../src/engine/rule.ts';
import { isReadable } from '../lib/syntax.ts';

export default rule({
  id: 'broken-test',
  aliases: ['SC2070', 'SC2077', 'SC2078'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'This test has the same result whatever the values are.',
  why: `
    A single word in [ ] is true unless it is empty, so [ $a=b ] is always true. [ is a command whose arguments are words, and
    -n without a word after it, which an empty value without quotes leaves, is such a single word itself.
  `,
  instead: 'Put spaces around the operator and double quotes around the value.',
  url: 'https://www.shellcheck.net/wiki/SC2077',
  examples: {
    'always true': dockerfile`
        FROM debian:12
        ARG MODE
      - RUN if [ "$MODE"="dev" ]; then make debug; fi
                 ~~~~~~~~~~~~~
      + RUN if [ "$MODE" = "dev" ]; then make debug; fi
      - RUN if [ -n $MODE ]; then make "$MODE"; fi
                    ~~~~~
      + RUN if [ -n "$MODE" ]; then make "$MODE"; fi
        RUN if [ false ]; then make release; fi
                 ~~~~~
    `,
    'as it was meant': dockerfile`
      FROM debian:12
      ARG MODE
      RUN if [ "$MODE" = "dev" ]; then make debug; fi
      RUN if [ -n "$MODE" ] && [ "$MODE" ]; then make "$MODE"; fi
      RUN if false; then make release; fi
    `,
  },
  visit: {
    Script(script) {
      if (!isReadable(script)) return undefined;
      const { words, expansions } = script.syntax;
      return script.commands.flatMap(({ name, args, within }): Finding[] => {
        if (name !== '[' && name !== 'test') return [];
        const own = !within.includes('string');
        const given = name === '[' && args.at(-1)?.text === ']' ? args.slice(0, -1) : args;
        const operands = given[0]?.raw === '!' ? given.slice(1) : given;
        const [first, second] = operands;
        if (!first) return [];
        if (operands.length === 1)
          return single(
            first,
            own,
            words.find(({ span }) => span.start === first.span.start),
          );
        if (operands.length !== 2 || !second || first.raw !== '-n') return [];
        const bare = expansions.find(
          ({ span, quoted, kind }) => span.start === second.span.start && !quoted && kind !== 'arithmetic',
        );
        if (!bare || bare.raw !== second.raw || /^\$\{?[#?$]/.test(bare.raw)) return [];
        const edits = [
          { span: { start: second.span.start, end: second.span.start }, text: '"' },
          { span: { start: second.span.end, end: second.span.end }, text: '"' },
        ];
        const message = 'Without quotes an empty value leaves only -n, and the test is true.';
        const fix = own ? { fix: { title: 'Add double quotes', edits } } : {};
        const why = 'A single word, such as -n here, is true unless it is empty.';
        return [
          { at: second, aliases: ['SC2070'], message, why, instead: 'Put double quotes around the value.', ...fix },
        ];
      });
    },
  },
});

type Parts = {
  readonly parts: readonly { readonly kind: string; readonly raw: string; readonly span: ShellWord['span'] }[];
};

function single(word: ShellWord, own: boolean, read: Parts | undefined): Finding[] {
  if (word.literal) {
    // [ 1 ] and [ true ] are what they look like
    if (!/^(?:false|0|no)$/.test(word.text)) return [];
    const message = `[ ${word.text} ] is true, because ${word.text} is a word that is not empty.`;
    const why = 'The brackets only look whether the word is empty and do not run it.';
    return [{ at: word, aliases: ['SC2078'], message, why, instead: 'Write the command false, without brackets.' }];
  }
  const glued = read?.parts.find(({ kind, raw }) => kind === 'literal' && /=/.test(raw));
  const operator = glued && /!=|==?/.exec(glued.raw);
  if (!glued || !operator) return [];
  const start = glued.span.start + operator.index;
  const edits = [{ span: { start, end: start + operator[0].length }, text: ` ${operator[0]} ` }];
  const message = 'Without spaces around the operator this is one word, and the test is always true.';
  const exact = own && glued.span.end - glued.span.start === glued.raw.length;
  const why = 'A single word is true unless it is empty.';
  const instead = 'Put spaces around the operator.';
  return [
    { at: word, aliases: ['SC2077'], message, why, instead, ...(exact && { fix: { title: 'Add spaces', edits } }) },
  ];
}
