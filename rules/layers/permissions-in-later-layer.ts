import {
  type Command,
  dockerfile,
  type Edit,
  type Effect,
  type Finding,
  flagOf,
  folderOf,
  hasFlag,
  type Instruction,
  isBelow,
  lineOf,
  type Model,
  rule,
  type ShellWord,
  type Step,
  type Waste,
} from '../../src/engine/rule.ts';
import { withoutCommand } from '../lib/edits.ts';
import { listed, listedOnce } from '../lib/words.ts';
import { isScript, isSmallFile } from './lib/small-files.ts';
import { type Again, allCame, amount, bytesOf, isDownload, origin, paths, wasteByCommand } from './lib/wastes.ts';

/** Below this, in bytes, a second copy is no waste that anyone would ask about. */
const SMALL = 100_000;

/** So many paths are named. */
const FEW = 3;
/** So many lines are. */
const MANY = 5;

export default rule({
  id: 'permissions-in-later-layer',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'Changing the owner or mode stores files of an earlier layer again.',
  why: `
    A layer stores whole files, so a file whose owner or mode changes is in the image twice. In recommended, small files are
    not reported, and a single copied file has severity info. Stages whose layers do not ship are not judged.
  `,
  instead: 'Use COPY --chown or COPY --chmod, or run the command in the RUN that creates the files.',
  url: 'https://docs.docker.com/reference/dockerfile/#copy---chown---chmod',
  examples: {
    'a new owner for a copied application': dockerfile`
        FROM node:22
      - COPY . /app
      - RUN chown -R node:node /app
            ~~~~~~~~~~~~~~~~~~~~~~~
      + COPY --chown=node:node . /app
        USER node
    `,
    'a downloaded program': dockerfile`
      FROM debian:12
      RUN curl -fsSLo /usr/local/bin/tool https://example.com/tool
      RUN chmod +x /usr/local/bin/tool
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    'in the layer that adds the file': dockerfile`
      FROM node:22
      COPY --chown=node:node . /app
      RUN curl -fsSLo /usr/local/bin/tool https://example.com/tool && chmod +x /usr/local/bin/tool
    `,
    'a folder without files': dockerfile`
      FROM node:22
      RUN mkdir /data
      RUN chown node:node /data
    `,
    'a stage that does not ship': dockerfile`
      FROM node:22 AS build
      COPY . /app
      RUN chown -R node:node /app
      FROM node:22
      COPY --from=build /app/dist /app
    `,
  },
  visit: {
    File: (model) => wasteByCommand(model, isPermission).map((it) => finding(it, model)),
  },
});

/** Folders and links of their own take no room. */
const isPermission = ({ kind, path, written, again }: Waste): boolean =>
  kind === 'changed' &&
  (again.effect.means === 'owner' || again.effect.means === 'mode') &&
  written.effect.means !== 'folder' &&
  written.effect.means !== 'link' &&
  !(written.effect.deep && !again.effect.deep && path === again.effect.path);

function finding(it: Again, model: Model): Finding {
  const { at, wastes } = it;
  const { effect } = wastes[0].again;
  const bytes = bytesOf(wastes);
  const small = bytes === undefined ? wastes.every(isSmall) : bytes < SMALL;
  const fix = repair(it, model);
  return {
    at,
    related: wastes[0].written.effect.at,
    ...((small || isUsualMode(effect)) && { preset: 'strict' as const }),
    ...(wastes.every(isOneFile) && { severity: 'info' as const }),
    message: `${commandOf(effect)} stores ${whatOf(wastes, model)}${amount(wastes)}.`,
    instead: adviceFor(it, model),
    ...(fix && { fix }),
  };
}

/** `chmod o+rX`: most files have that mode already, and those that do are not stored again. */
const isUsualMode = ({ command }: Effect): boolean =>
  command?.name === 'chmod' && command.args.some(({ text }) => /^[ugoa]*\+[rX]+$/.test(text));

/** What is stored again, and where it comes from. */
function whatOf(wastes: readonly [Waste, ...Waste[]], model: Model): string {
  const lines = new Map(wastes.map(({ path, written }) => [path, lineOf(model, written.effect.at)] as const));
  const { effect } = wastes[0].again;
  const isOneTarget = wastes.every(({ again }) => again.effect.path === effect.path);
  if (lines.size > FEW && !isOneTarget) {
    const all = [...lines].sort(([, a], [, b]) => a - b);
    const [first, last] = [all[0]!, all.at(-1)!].map(([path, line]) => `${path} (line ${line})`);
    return `${all.length} paths a second time, from ${first} to ${last}`;
  }
  return `${namesOf(wastes)}, ${origin(wastes, model)}, a second time`;
}

/** The paths if they are few; else, or where they are not known, the folder. */
function namesOf(wastes: readonly [Waste, ...Waste[]]): string {
  const { effect } = wastes[0].again;
  const all = [...new Set(wastes.map(({ path }) => path))];
  const folder = effect.path.replace(/\/\*$/, '');
  const sources = [...new Set(wastes.map(sourceOf))];
  if (all.length === 1 && sources.length > 1 && !sources.includes(undefined))
    return `${listed(sources.filter((it) => it !== undefined))} in ${all[0]}`;
  if (all.length === 1) return all[0]!.replace(/^(.*)\/\*$/, 'the files in $1');
  if (all.length <= FEW && !all.includes(folder)) return listed(all);
  if (wastes.every(({ again }) => again.effect.path === effect.path) && (effect.deep || folder !== effect.path))
    return `the files in ${folder}`;
  return all.length <= FEW ? listed(all) : paths(wastes);
}

/** The name of what a COPY brings into a folder; undefined where the folder itself has that name. */
function sourceOf({ path, written: { step, effect } }: Waste): string | undefined {
  const name = step.takes.find(({ at }) => at === effect.at)?.source.replace(/^.*\//, '');
  return effect.means === 'copy' && effect.path === path && name && !path.endsWith(`/${name}`) ? name : undefined;
}

/** What to do, by how the files came; of all that the RUN does to them, as only the first of it is reported. */
function adviceFor({ step, wastes }: Again, model: Model): string {
  const { path, deep } = wastes[0].again.effect;
  const changes = step.effects.all.filter(
    (it) => it.path === path && it.deep === deep && (it.means === 'owner' || it.means === 'mode'),
  );
  const means = new Set(changes.map((it) => it.means));
  const commands = listedOnce(changes.map(commandOf));
  const flags = [...(means.has('owner') ? ['--chown=…'] : []), ...(means.has('mode') ? ['--chmod=…'] : [])].join(' ');
  const account = means.has('owner') && changes.some(namesAccount) ? ', after the account is created' : '';
  if (allCame(wastes, 'made')) return `Run ${commands} in the RUN that creates the files${account}.`;
  if (allCame(wastes, 'unpacked'))
    return `Bind-mount the archive (--mount=type=bind), and unpack it and run ${commands} in one RUN.`;
  const isFlagged = (it: Waste): boolean => !allCame([it], 'made', 'unpacked');
  const copies = [...new Set(wastes.filter(isFlagged).map(({ written }) => written.step.instruction))];
  const keywords = listedOnce(copies.map(({ keyword }) => keyword.text.toUpperCase()));

  const write = `Write ${keywords}${keywords.includes(' ') ? ' with' : ''} ${flags} in ${linesText(copies, model)}${account}`;
  return wastes.every(isFlagged)
    ? `${write}.`
    : `${write}, and run ${commands} on the other files in the RUN that creates them.`;
}

/** A number needs no account. */
const namesAccount = ({ command, means }: Effect): boolean =>
  means === 'owner' && !command?.args.some(({ text }) => /^\d*(?::\d*)?$/.test(text));

const commandOf = ({ command, means }: Effect): string => command?.name ?? (means === 'owner' ? 'chown' : 'chmod');

/** `line 3`, `lines 3 and 5`, `7 instructions (lines 21 to 49)`. */
function linesText(instructions: readonly Instruction[], model: Model): string {
  const lines = instructions.map((it) => lineOf(model, it)).sort((a, b) => a - b);
  if (lines.length > MANY) return `${lines.length} instructions (lines ${lines[0]} to ${lines.at(-1)})`;
  return `${lines.length === 1 ? 'line' : 'lines'} ${listed(lines.map(String))}`;
}

/** One file that was copied, as against a tree or a download. */
const isOneFile = ({ written: { effect }, again }: Waste): boolean =>
  effect.means === 'copy' && !effect.deep && !again.effect.deep;

/** A file that was copied and is no program, or a part of a copied folder, which may be next to nothing. */
function isSmall({ path, written: { step, effect }, again }: Waste): boolean {
  if (/\/\.ssh(?:\/|$)/.test(path)) return true;
  if (isDownload(effect)) return isScript(path);
  if (effect.means === 'redirect' || effect.means === 'file') return true;
  if (effect.means !== 'copy') return false;
  if (path.startsWith('/etc/')) return true;
  if (path !== effect.path && effect.deep) return again.effect.deep || isSmallFile(path, isFromStage(step));
  return !effect.deep && isSmallFile(path, isFromStage(step));
}

const isFromStage = ({ instruction }: Step): boolean => flagOf(instruction, 'from') !== undefined;

/** Commands behind which a name may be known that was not known before. */
const makesUsers = new Set(['useradd', 'adduser', 'groupadd', 'addgroup', 'usermod', 'groupmod', 'deluser', 'userdel']);

/** The flag on the one COPY that brings it all, and no command; of a folder that is there already the command remains for itself. */
function repair({ step, wastes }: Again, model: Model): Finding['fix'] {
  const { effect } = wastes[0].again;
  const { command } = effect;
  const copy = wastes[0].written.step;
  const call = command && readCall(command);
  if (!command || !call || command.name === undefined || copy.stage !== step.stage) return undefined;
  // what ADD unpacks keeps its modes, whatever the flag says
  const kept = wastes.every(
    ({
      written: {
        effect: { means },
      },
    }) => means === 'copy' || means === 'download',
  );
  if (!kept || !wastes.every(({ written }) => written.step === copy) || !isOnlySource(copy, step, effect, command))
    return undefined;
  const flag = flagFor(call, effect.deep);
  const { instruction } = copy;
  if (!flag || (instruction.kind !== 'Copy' && instruction.kind !== 'Add')) return undefined;
  if (hasFlag(instruction, 'link', flag.slice(2, flag.indexOf('=')))) return undefined;
  const at = instruction.keyword.span.end;
  const added: Edit = { span: { start: at, end: at }, text: ` ${flag}` };
  const rest =
    effect.deep && mayBeThere(effect.path, copy) ? withoutRecursion(call) : withoutCommand(command, step, model);
  return rest && { title: `Write ${instruction.keyword.text.toUpperCase()} ${flag}`, edits: [added, rest] };
}

interface Call {
  readonly owner: boolean;
  readonly recursive: ShellWord | undefined;
  /** The owner or the mode. */
  readonly given: string;
  readonly command: Command;
}

/** `chown -R owner path`, plain and literal; undefined for all else. */
function readCall(command: Command): Call | undefined {
  const { name, args } = command;
  if (name !== 'chown' && name !== 'chmod') return undefined;
  const options = args.filter(({ text }) => /^-[A-Za-z]*$|^--/.test(text));
  const [given, path, ...more] = args.filter((it) => !options.includes(it));
  if (!given?.literal || !path?.literal || more.length > 0) return undefined;
  if (!options.every(({ text }) => /^(?:-[RvcfH]+|--recursive|--verbose|--changes)$/.test(text))) return undefined;
  const recursive = options.find(({ text }) => /^-\w*R|^--recursive$/.test(text));
  return { owner: name === 'chown', recursive, given: given.text, command };
}

function flagFor({ owner, given }: Call, deep: boolean): string | undefined {
  if (owner) return /^[\w-]+(?::[\w-]+)?$/.test(given) ? `--chown=${given}` : undefined;
  if (/^0?[0-7]{3}$/.test(given)) return `--chmod=${given}`;
  return /^(?:a|ugo)?\+x$/.test(given) && !deep ? '--chmod=755' : undefined;
}

/** Whether the command concerns what this COPY brings, all of it, and nothing else that is known to be there. */
function isOnlySource(copy: Step, step: Step, { path, deep }: Effect, command: Command): boolean {
  const brought = copy.effects.all.filter(({ kind }) => kind === 'write');
  if (!brought.every((it) => it.path === path || folderOf(it.path) === path)) return false;
  const steps = step.stage?.allSteps ?? [];
  const [from, to] = [steps.indexOf(copy), steps.indexOf(step)];
  // a folder below gets its owner and mode by the command alone
  const writes = ({ kind, path: other, means }: Effect): boolean =>
    kind === 'write' && isBelow(other, path) && (means !== 'folder' || other !== path);
  const before = steps.slice(0, from).every((it) => !it.effects.all.some(writes));
  const between = steps.slice(from + 1, to).every(({ instruction: { kind } }, index) => {
    if (kind === 'User') return false;
    const effects = steps[from + 1 + index]!.effects;
    return (kind !== 'Run' || effects.complete) && !effects.all.some(writes);
  });
  const commands = steps.slice(from + 1, to + 1).flatMap(({ script }) => script?.commands ?? []);
  const sooner = commands.filter(({ span }) => span.start < command.span.start);
  const own = step.effects.all.filter(({ at }) => at.start < command.span.start);
  return (
    before &&
    between &&
    !(deep && step.effects.unknown.some(({ start }) => start < command.span.start)) &&
    !sooner.some(({ name }) => name !== undefined && makesUsers.has(name)) &&
    !own.some((it) => it.kind !== 'read' && isBelow(it.path, path))
  );
}

/** Whether a folder may be there before the COPY, which then leaves its owner and mode as they are. */
function mayBeThere(path: string, copy: Step): boolean {
  if (/^\/(?:bin|boot|dev|etc|home|lib|media|mnt|opt|root|run|sbin|srv|sys|tmp|usr|var)(?:\/|$)/.test(path))
    return true;
  return copy.earlier.some((it) =>
    it.effects.all.some((effect) => effect.kind === 'write' && isBelow(effect.path, path)),
  );
}

/** The command for the folder alone. */
function withoutRecursion({ recursive, command }: Call): Edit | undefined {
  if (!recursive) return undefined;
  const rest = recursive.text.replace(/^-(\w*)R/, '-$1');
  if (recursive.text !== '--recursive' && rest !== '-') return { span: recursive.span, text: rest };
  const words = [command.word, ...command.args];
  const before = words[words.indexOf(recursive) - 1]!;
  return { span: { start: before.span.end, end: recursive.span.end }, text: '' };
}
