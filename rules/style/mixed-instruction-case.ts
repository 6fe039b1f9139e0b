import { dockerfile, type Instruction, inCaseOf, replace, rule } from '../../src/engine/rule.ts';

export default rule({
  id: 'mixed-instruction-case',
  aliases: ['ConsistentInstructionCasing'],
  severity: 'style',
  preset: 'recommended',
  fix: 'safe',
  message: 'The instruction is not in the letter case of most others.',
  why: `
    Instructions are easier to find if all are written alike. Capitals are usual; a file that is mostly in lower case may stay
    so.
  `,
  instead: 'Write all instructions in capitals, or all in lower case.',
  url: 'https://docs.docker.com/reference/build-checks/consistent-instruction-casing/',
  examples: {
    'one in lower case': dockerfile`
        FROM alpine:3.22
        RUN apk add --no-cache curl
      - cmd ["curl", "--version"]
        ~~~
      + CMD ["curl", "--version"]
    `,
    'all in lower case': dockerfile`
      from alpine:3.22
      run apk add --no-cache curl
      cmd ["curl", "--version"]
    `,
  },
  differs: {
    ConsistentInstructionCasing: [
      { why: 'ARG before the first FROM and the instruction inside ONBUILD are judged too, without the name.' },
    ],
  },
  silencing: 'top',
  visit: {
    File({ file }) {
      const first = file.instructions.findIndex(({ kind }) => kind === 'From');
      const all = file.instructions
        .flatMap((it, index) => withInner(it, first >= 0 && first < index))
        .filter(({ it }) => it.kind !== 'Unknown');
      const counted = all.filter(({ buildkit }) => buildkit).map(({ it }) => it.keyword.raw);
      const lower = counted.filter((raw) => raw === raw.toLowerCase()).length;
      const upper = counted.filter((raw) => raw === raw.toUpperCase()).length;
      const like = lower > upper ? 'a' : 'A';
      return all.flatMap(({ it: { keyword }, buildkit }) => {
        const text = inCaseOf(like, keyword.raw);
        if (keyword.raw === text) return [];
        const message = `Most instructions of this file are in ${like === 'a' ? 'lower case' : 'capitals'}; ${keyword.raw} is not.`;
        const names = buildkit ? ['ConsistentInstructionCasing'] : [];
        return { at: keyword, aliases: names, message, fix: replace(keyword, text, `Write ${text}`) };
      });
    },
  },
});

interface Counted {
  readonly it: Instruction;
  /** BuildKit looks neither before the first FROM nor under ONBUILD. */
  readonly buildkit: boolean;
}

function withInner(it: Instruction, belowFrom: boolean): Counted[] {
  const own = { it, buildkit: it.kind !== 'Arg' || belowFrom };
  const inner = it.kind === 'Onbuild' ? it.instruction : undefined;
  return inner ? [own, { it: inner, buildkit: false }] : [own];
}
