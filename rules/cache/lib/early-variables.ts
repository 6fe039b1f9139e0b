import {
  type Command,
  callOf,
  costlyCall,
  type Finding,
  type Instruction,
  isCostly,
  lineOf,
  literal,
  type Model,
  type Span,
  type Step,
} from '../../../src/engine/rule.ts';
import { fileCommands } from '../../../src/knowledge/commands/file-commands.ts';
import { trivialCommands } from '../../../src/knowledge/commands/trivial-commands.ts';
import { packageActions } from '../../../src/knowledge/managers/actions.ts';
import { counted, listed } from '../../lib/words.ts';

/** A build argument with what is made of it, and the steps below that it makes run again for nothing. */
export interface Early {
  readonly step: Step;
  readonly name: string;
  readonly at: Span;
  /** The argument and the variables made of it. */
  readonly names: ReadonlySet<string>;
  /** Costly steps that have it in their environment and do not use it, above the first that may. */
  readonly wasted: readonly [Step, ...Step[]];
  /** The first step of the stage that uses it or may do so: a RUN, or a COPY. */
  readonly use: Step | undefined;
  /** The ENV and LABEL instructions of its stage in front of that which take its value. */
  readonly carriers: readonly Step[];
}

export interface Wanted {
  /** Whether an ARG is to be judged. */
  readonly isEarly: (name: string, step: Step) => boolean;
  /** Whether a step runs again anyway, as often as the argument makes it, with all below it. */
  readonly outweighs: (step: Step) => boolean;
}

/** The arguments of a model that stand above costly RUNs which do not use them. */
export function earlyArguments(model: Model, wanted: Wanted): readonly Early[] {
  const stages = model.stages.filter(({ reachable }) => reachable);
  return stages.flatMap(({ steps }) =>
    steps.flatMap((step) => {
      const { instruction } = step;
      if (instruction.kind !== 'Arg') return [];
      return instruction.pairs.flatMap(({ name }): Early[] => {
        const found = wanted.isEarly(name.text, step) ? judge(name.text, name.span, step, model, wanted) : undefined;
        return found ? [found] : [];
      });
    }),
  );
}

function judge(name: string, at: Span, step: Step, model: Model, { outweighs }: Wanted): Early | undefined {
  const names = new Set([name]);
  const own = step.stage!;
  const carriers: Step[] = [];
  const makers = new Set([step.instruction]);
  const wasted: Step[] = [];
  let use: Step | undefined;
  for (const stage of model.stages) {
    if (!stage.reachable || !stage.lineage.includes(own)) continue;
    const path = stage.allSteps;
    const above = path.slice(0, path.indexOf(step));
    let over = above.some(outweighs);
    for (const below of path.slice(above.length + 1)) {
      over ||= outweighs(below);
      const kind = roleOf(below, names);
      if (kind === 'carries') {
        const made = namesMade(below, names);
        for (const it of made) names.add(it);
        if (made.length > 0) makers.add(below.instruction);
        if (!carriers.includes(below) && below.stage === own) carriers.push(below);
      } else if (kind === 'uses') {
        if (below.stage === own) use ??= below;
        break;
      } else if (!over && isWasted(below, names, makers) && !wasted.includes(below)) wasted.push(below);
    }
  }
  const [first, ...rest] = wasted;
  if (!first) return undefined;
  return { step, name, at, names, wasted: [first, ...rest], use, carriers };
}

/** What a step does with the value: hands it on, uses it or may do so, or nothing. */
function roleOf(step: Step, names: ReadonlySet<string>): 'carries' | 'uses' | 'nothing' {
  const { instruction } = step;
  const named = mentions(step, names);
  switch (instruction.kind) {
    case 'Env':
    case 'Label':
    case 'Arg':
      return named ? 'carries' : 'nothing';
    case 'Run':
      return named || !ignoresEnvironment(step) || [...names].some((name) => ofTools.test(name)) ? 'uses' : 'nothing';
    case 'Copy':
    case 'Add':
    case 'Workdir':
    case 'User':
      return named ? 'uses' : 'nothing';
    default:
      return 'nothing';
  }
}

/** Variables that toolchains and package managers read themselves. */
const ofTools =
  /^(?:GO[A-Z]+$|CGO_|CARGO_|RUST|CC$|CXX$|C(?:PP|XX)?FLAGS$|LDFLAGS$|npm_|NPM_CONFIG_|YARN_|NODE_ENV$|PIP_|UV_|POETRY_|DOTNET_|NUGET_|MAVEN_|MVN_|GRADLE_|JAVA_|BUNDLE_|GEM_|RAILS_ENV$|COMPOSER_|MIX_ENV$|DEBIAN_FRONTEND$|APT_|https?_proxy$|HTTPS?_PROXY$|NO_PROXY$|SOURCE_DATE_EPOCH$)/;

/** Whether one of the names stands anywhere in an instruction. */
export const mentions = ({ instruction }: Step, names: ReadonlySet<string>): boolean => {
  const texts = textsOf(instruction);
  return [...names].some((name) => texts.some((text) => new RegExp(`(?<!\\w)${literal(name)}(?!\\w)`).test(text)));
};

function textsOf(instruction: Instruction): readonly string[] {
  const bodies = 'heredocs' in instruction ? instruction.heredocs.map(({ body }) => body.raw) : [];
  const flags = instruction.flags.map(({ value }) => value?.raw ?? '');
  switch (instruction.kind) {
    case 'Run': {
      const { command } = instruction;
      const own = command?.kind === 'ShellForm' ? [command.text] : (command?.items.map(({ text }) => text) ?? []);
      return [...own, ...flags, ...bodies];
    }
    case 'Copy':
    case 'Add':
      return [...instruction.sources.map(({ raw }) => raw), instruction.destination?.raw ?? '', ...flags, ...bodies];
    case 'Workdir':
      return [instruction.path?.raw ?? ''];
    case 'User':
      return [instruction.user?.raw ?? ''];
    case 'Env':
    case 'Label':
      return instruction.pairs.map(({ value }) => value?.raw ?? '');
    case 'Arg':
      return instruction.pairs.map(({ value }) => value?.raw ?? '');
    default:
      return [];
  }
}

/** The variables that get their value from one of the names. */
function namesMade({ instruction }: Step, names: ReadonlySet<string>): string[] {
  if (instruction.kind !== 'Env' && instruction.kind !== 'Arg') return [];
  return instruction.pairs.flatMap(({ name, value }) => {
    const made = value && [...names].some((it) => new RegExp(`\\$\\{?${literal(it)}(?!\\w)`).test(value.raw));
    return made && name ? [name.text] : [];
  });
}

/** Whether a RUN that takes its time has one of the variables in its environment, as one of the instructions makes it. */
function isWasted(step: Step, names: ReadonlySet<string>, makers: ReadonlySet<Instruction>): boolean {
  if (step.instruction.kind !== 'Run' || !isCostly(step)) return false;
  return [...names].some((name) => {
    const from = step.before.variables.get(name)?.definition;
    return from !== undefined && makers.has(from);
  });
}

/** Programs that do what they are told by their words alone. */
const plain: ReadonlySet<string> = new Set(
  'curl wget git tar unzip gzip gunzip bzip2 xz find gpg gpgconf cd set export unset exit rm docker-php-ext-install docker-php-ext-enable pecl apt-key apt-mark add-apt-repository dpkg rpm update-ca-certificates ldconfig sha256sum sha512sum'.split(
    ' ',
  ),
);

/** Whether nothing in a RUN can look at a variable that it does not name. */
function ignoresEnvironment(step: Step): boolean {
  const { script, operations } = step;
  if (!script?.parsed) return false;
  return script.commands.every((command) => {
    const found = operations.filter((it) => it.command === command);
    if (found.length > 0)
      return found.every(
        ({ action, manager, verb }) =>
          packageActions.has(action) || action === 'clean' || (manager === 'go' && verb?.text === 'build'),
      );
    const { name, word } = command;
    if (name === undefined) return word.text === '';
    if (word.text.includes('/') && !/^\/(?:usr\/(?:local\/)?)?s?bin\//.test(word.text)) return false;
    return plain.has(name) || trivialCommands.has(name) || Object.hasOwn(fileCommands, name);
  });
}

/** The steps by what they do and where: `apt-get install (lines 7 and 8) and npm ci (line 9)`. */
export function stepsText(steps: readonly Step[], model: Model): string {
  const lines = new Map<string, number[]>();
  for (const step of steps) {
    const { label, at } = mainOf(step);
    lines.set(label, [...(lines.get(label) ?? []), lineOf(model, at)]);
  }
  const shown = [...lines]
    .slice(0, 3)
    .map(([label, at]) => `${label} (${at.length > 1 ? 'lines' : 'line'} ${listed(at.map(String))})`);
  const rest = lines.size - shown.length;
  return listed([...shown, ...(rest > 0 ? [counted(rest, 'other command')] : [])]);
}

/** What a RUN mainly does, and where: the package operation, else the build or download, else what takes its time. */
function mainOf({ operations, script, instruction }: Step): {
  readonly label: string;
  readonly at: Pick<Command, 'span'>;
} {
  const main =
    operations.find(({ action }) => action === 'install' || action === 'build' || action === 'download') ??
    operations.find(({ action }) => action !== 'other' && action !== 'clean');
  if (main) return { label: callOf(main), at: main.command };
  const commands = script?.commands ?? [];
  const costly = commands.find((it) => costlyCall(it) !== undefined);
  if (costly) return { label: costlyCall(costly)!, at: costly };
  const heavy = commands.find(
    ({ name }) => name !== undefined && !trivialCommands.has(name) && name !== 'cd' && name !== 'set',
  );
  return { label: heavy?.name ?? 'RUN', at: heavy ?? instruction };
}

/** Where arguments that stand together are to be put, as a sentence. */
export function placeText(group: readonly Early[], model: Model): string {
  const { wasted, step, use } = group[0]!;
  const last = wasted.findLast((it) => it.stage === step.stage) ?? wasted.at(-1)!;
  const carriers = group.flatMap((it) => it.carriers);
  const along = new Set(
    carriers.filter((it) => isAbove(it, last)).map(({ instruction }) => instruction.keyword.text.toUpperCase()),
  );
  const target = targetOf(group, last);
  const it = group.length === 1 ? 'it' : 'them';
  const with_ = along.size > 0 ? `, with the ${listed([...along])} that ${along.size > 1 ? 'use' : 'uses'} ${it},` : '';
  const what = `ARG ${listed(group.map(({ name }) => name))}${with_}`;
  if (!target) return `Move ${what} below the RUN in line ${lineOf(model, last.instruction)}.`;
  const uses = target === use && target.instruction.kind === 'Run' ? 'may use' : 'uses';
  return `Move ${what} directly above line ${lineOf(model, target.instruction)}, the first that ${uses} ${it}.`;
}

const isAbove = (one: Step, other: Step): boolean => one.instruction.span.start < other.instruction.span.start;

/** The first step behind another that takes the value of one of them. */
const targetOf = (group: readonly Early[], last: Step): Step | undefined =>
  group
    .flatMap(({ carriers, use }) => [...carriers, ...(use ? [use] : [])])
    .filter((it) => isAbove(last, it))
    .sort((a, b) => a.instruction.span.start - b.instruction.span.start)[0];

/** The move of their lines to where the first of them is used, if nothing else has to move along. */
export function moveOf(group: readonly Early[], { file }: Model): Finding['fix'] {
  const { wasted } = group[0]!;
  const last = [...wasted].sort((a, b) => a.instruction.span.start - b.instruction.span.start).at(-1)!;
  const target = targetOf(group, last);
  if (!target || isIndented(target.instruction, file)) return undefined;
  const moves = group.flatMap(({ step, carriers }) => {
    const line = carriers.some((it) => isAbove(it, last)) ? undefined : lineText(step.instruction, file);
    return line ?? [];
  });
  if (moves.length < group.length) return undefined;
  let to = target.instruction.span.start;
  for (let above = commentAbove(to, file); above !== undefined; above = commentAbove(to, file)) to = above;
  const text = moves.map((it) => `${it.text}\n`).join('');
  return {
    title: `Move ARG ${listed(group.map(({ name }) => name))} to the first use`,
    edits: [...moves.map(({ span }) => ({ span, text: '' })), { span: { start: to, end: to }, text }],
    reaches: ['variables'],
  };
}

/** An ARG of one name that has a line of its own, without a comment that belongs to it. */
function lineText(instruction: Instruction, file: Model['file']): { text: string; span: Span } | undefined {
  if (instruction.kind !== 'Arg' || instruction.pairs.length !== 1) return undefined;
  const { name, value } = instruction.pairs[0]!;
  const text = `${instruction.keyword.text} ${name.raw}${value ? `=${value.raw}` : ''}`;
  const { start, end } = instruction.span;
  const lineEnd = file.trivia.find((it) => it.kind === 'LineEnd' && it.span.start === end);
  const isPlain = end - start === text.length && lineEnd && !isIndented(instruction, file);
  return isPlain && commentAbove(start, file) === undefined
    ? { text, span: { start, end: lineEnd.span.end } }
    : undefined;
}

const isIndented = ({ span }: Instruction, { trivia }: Model['file']): boolean =>
  trivia.some((it) => it.kind === 'Space' && it.span.end === span.start);

/** Where a comment begins that stands on the line above. */
function commentAbove(offset: number, { trivia, comments }: Model['file']): number | undefined {
  const end = trivia.find((it) => it.kind === 'LineEnd' && it.span.end === offset)?.span.start;
  return comments.find(({ span }) => span.end === end)?.span.start;
}
