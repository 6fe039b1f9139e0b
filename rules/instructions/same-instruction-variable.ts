import {
  between,
  dockerfile,
  type Edit,
  type Finding,
  type Instruction,
  type Place,
  rule,
} from '../../src/engine/rule.ts';

type Env = Extract<Instruction, { kind: 'Env' }>;
type Pair = Env['pairs'][number];
type Use = ReturnType<Place['step']['expand']>['uses'][number];

export default rule({
  id: 'same-instruction-variable',
  aliases: ['DL3044'],
  severity: 'error',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'The variable is not set yet: the same ENV sets it.',
  why: `
    An ENV computes all its values before it sets any, so the variable is empty here or has the value of the base image. A
    variable may be part of its own new value, as PATH is, and one that an earlier instruction sets keeps that value here.
  `,
  instead: "Move the variable's use to a second ENV.",
  url: 'https://docs.docker.com/reference/dockerfile/#environment-replacement',
  examples: {
    'one value made of another': dockerfile`
        FROM debian:12
      - ENV GOROOT=/usr/local/go \
      -     PATH=$GOROOT/bin:$PATH
                 ~~~~~~~
      + ENV GOROOT=/usr/local/go
      + ENV PATH=$GOROOT/bin:$PATH
    `,
    'one variable twice': dockerfile`
      FROM debian:12
      ENV PATH=/opt/a:$PATH PATH=/opt/b:$PATH
          ~~~~
    `,
    'two instructions': dockerfile`
      FROM debian:12
      ENV GOROOT=/usr/local/go
      ENV PATH=$GOROOT/bin:$PATH
    `,
    'set by an earlier instruction, its own value, no variable': dockerfile`
      FROM debian:12
      ARG VERSION=1.2
      ENV VERSION=$VERSION URL=https://example.com/$VERSION
      ENV PATH=/opt/bin:$PATH OLD_PATH=$PATH PRICE=\$VERSION QUOTED='$QUOTED'
    `,
  },
  differs: {
    DL3044: [
      { why: 'An escaped dollar sign is a dollar sign.', only: 'hadolint', text: 'FROM debian:12\nENV A=1 B=\\$A' },
    ],
  },
  visit: {
    Env(node, place) {
      const { pairs, legacy } = node;
      if (legacy || pairs.length < 2) return undefined;
      const names = pairs.map(({ name }) => known(place.step.expand(name).value));
      const first = new Map(names.map((name, index) => [name, index] as const).reverse());
      const told = new Set<string>();
      return pairs.flatMap((pair, index) => {
        if (!pair.value) return [];
        const { uses } = place.step.expand(pair.value);
        const at = first.get(names[index])!;
        const again = at < index ? uses.find(({ name }) => name === names[index]) : undefined;
        if (again && !told.has(again.name)) {
          told.add(again.name);
          return [lost(again, pairs[at]!, place)];
        }
        return uses
          .filter(({ name }) => name !== names[index] && first.has(name) && !isSet(name, place))
          .map((use) => finding(use, first.get(use.name)! < index ? split(node, index, place) : undefined, place));
      });
    },
  },
});

const known = (value: Use['value']): string | undefined => (value.state === 'known' ? value.text : undefined);

/** Whether an instruction before this one, or the builder, gives it a value. */
const isSet = (name: string, { step }: Place): boolean => step.before.variable(name) !== undefined;

const finding = ({ name, variable }: Use, edit: Edit | undefined, { onbuild }: Place): Finding => {
  const found: Finding = {
    at: variable,
    // hadolint does not see a variable with an operator
    aliases: onbuild || variable.operator ? [] : ['DL3044'],
    message: `${name} is not set yet: the same ENV sets it.`,
  };
  return edit ? { ...found, fix: { title: 'Begin a new ENV', edits: [edit], reaches: ['variables'] } } : found;
};

/** A variable that is set twice: the second value is made of what it was before the instruction. */
const lost = ({ name, variable }: Use, { name: first }: Pair, { onbuild }: Place): Finding => ({
  at: first,
  related: variable,
  aliases: onbuild || variable.operator ? [] : ['DL3044'],
  message: `This value of ${name} is lost: the same ENV sets it again.`,
  why: 'The second value is made from what the variable was before this ENV.',
  instead: 'Write one value, or set the second one in a second ENV.',
});

/** Ends the instruction before a pair and begins another; not where a comment stands between, or ONBUILD before both. */
function split({ keyword, pairs, trivia }: Env, index: number, { onbuild }: Place): Edit | undefined {
  const [before, pair] = [pairs[index - 1], pairs[index]!];
  if (!before || onbuild) return undefined;
  const span = { start: before.span.end, end: pair.span.start };
  return between(trivia, span.start, span.end).some(({ kind }) => kind === 'Comment')
    ? undefined
    : { span, text: `\n${keyword.raw} ` };
}
