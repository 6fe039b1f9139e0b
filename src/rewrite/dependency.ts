import { children, type Node } from '../../grammar/index.ts';
import { programFolders, standardPrograms, usualFolders } from '../knowledge/commands/file-commands.ts';
import { fetchSettings, homeSettings, settingVariables } from '../knowledge/managers/settings.ts';
import { toolVariables } from '../knowledge/managers/tool-variables.ts';
import { type Effect, mayTouch } from '../model/files/effect.ts';
import { takenBelow } from '../model/files/effects.ts';
import type { Step } from '../model/model.ts';
import { textOf } from '../model/stages/expand.ts';
import { folderBefore } from '../model/stages/folder.ts';
import { folderOf, isBelow } from '../text/path.ts';
import type { Span } from '../text/span.ts';

/** Why two steps must stay in their order. */
export interface Dependency {
  readonly reason: string;
  /** The words that say so, in the later step where there are any. */
  readonly at: Span;
}

/** What cuts words out of the text, for reasons. */
export type Quote = (span: Span) => string;

/** Settings that neither files nor other settings see, each kind overriding only itself. */
const settings: Readonly<Record<string, string>> = {
  Cmd: 'start',
  Entrypoint: 'start',
  Label: 'label',
  Maintainer: 'label',
  Expose: 'expose',
  Healthcheck: 'healthcheck',
  Stopsignal: 'stopsignal',
  Volume: 'volume',
};

/**
 * Why `later` may not come before `earlier`, of one stage, or undefined where it is shown that they have nothing to do with
 * each other: no file, variable, user, folder or shell in common.
 */
export function dependency(earlier: Step, later: Step, quote: Quote): Dependency | undefined {
  const [a, b] = [earlier.instruction, later.instruction];
  const because = (reason: string, at: Span = b.span): Dependency => ({ reason, at });
  if (a.kind === 'Onbuild' || b.kind === 'Onbuild' || a.kind === 'Unknown' || b.kind === 'Unknown')
    return because(`${a.kind === 'Onbuild' || a.kind === 'Unknown' ? a.keyword.text : b.keyword.text} keeps its place`);
  const variables = ofVariables(earlier, later, quote);
  if (variables) return variables;
  if (a.kind === 'Arg' || a.kind === 'Env' || b.kind === 'Arg' || b.kind === 'Env') return undefined;
  const [one, other] = [settings[a.kind], settings[b.kind]];
  if (one !== undefined || other !== undefined) {
    if (one === 'volume' || other === 'volume') return because('what is written below a VOLUME may be lost');
    return one === other ? because(`only the last ${b.keyword.text} counts`) : undefined;
  }
  const state = ofState(earlier, later);
  return state ? because(state) : ofFiles(earlier, later, quote);
}

/** USER, SHELL and WORKDIR, which hold for what comes behind them. */
function ofState(earlier: Step, later: Step): string | undefined {
  for (const [step, other] of [
    [earlier, later],
    [later, earlier],
  ] as const) {
    const { instruction } = step;
    const { kind } = other.instruction;
    if (instruction.kind === 'Shell' && (kind === 'Run' || kind === 'Shell'))
      return 'SHELL sets the shell that runs it';
    if (instruction.kind === 'User' && kind !== 'Copy' && kind !== 'Add') return 'USER sets who runs it';
    if (instruction.kind !== 'Workdir') continue;
    if (kind === 'Run' || kind === 'Workdir' || kind === 'User') return 'WORKDIR sets where it runs';
    const destination = 'destination' in other.instruction ? other.instruction.destination : undefined;
    const to = destination && textOf(other.expand(destination).value);
    if (to === undefined || !to.startsWith('/')) return 'its destination is relative to the WORKDIR';
    // both make a missing folder, and only root makes it alike
    const { user } = step.before;
    if (user.state === 'known' && !/^(?:root|0)?(?::.*)?$/.test(user.text))
      return 'the folder would have another owner';
    return undefined;
  }
  return undefined;
}

function ofFiles(earlier: Step, later: Step, quote: Quote): Dependency | undefined {
  const [first, second] = [earlier.effects, later.effects];
  for (const [effects, step] of [
    [second, later],
    [first, earlier],
  ] as const) {
    if (effects.complete) continue;
    const at = effects.unknown[0] ?? step.instruction.span;
    const words = quote(at);
    const isProgram =
      step.instruction.kind === 'Run' &&
      step.script?.commands.every(({ args }) => args.every(({ span }) => span.start !== at.start));
    const reason = isProgram
      ? `dflint does not know what ${words} reads and writes`
      : `only the build knows what ${words} is`;
    return { reason, at };
  }
  const open = earlier.linked.open ?? later.linked.open;
  if (open !== undefined) return { reason: `${open} is a link to an unknown place`, at: later.instruction.span };
  for (const one of earlier.linked.all) {
    for (const other of later.linked.all) {
      if (one.kind === 'read' && other.kind === 'read') continue;
      if (one.means === 'folder' && other.means === 'folder') continue;
      // whether it is there, `folderNeeded` tells
      if (one.means === 'enter' || other.means === 'enter') continue;
      if (isFolderOf(one, other) || isFolderOf(other, one)) continue;
      if (mayTouch(one, other) && !isElsewhere(one, earlier, other))
        return { reason: `${touches(other)} ${commonPath(one, other)}`, at: other.at };
    }
  }
  const installed = programInstalled(first.all, later) ?? programInstalled(second.all, earlier);
  if (installed !== undefined) return { reason: `the packages may bring ${installed}`, at: later.instruction.span };
  const folder = folderNeeded(first.all, second.all, later) ?? folderNeeded(second.all, first.all, earlier);
  if (folder !== undefined) return { reason: `it needs the folder ${folder}`, at: later.instruction.span };
  const setting = settingOf(first.all, later) ?? settingOf(second.all, earlier);
  if (setting !== undefined) return { reason: `what it fetches may depend on ${setting}`, at: later.instruction.span };
  const program = programOf(first.all, later) ?? programOf(second.all, earlier);
  return program === undefined ? undefined : { reason: `it may call ${program}`, at: later.instruction.span };
}

/** A folder is made, and files are copied into it: whichever comes first, it is there for the other. */
const isFolderOf = (one: Effect, other: Effect): boolean =>
  one.means === 'folder' && one.command === undefined && other.means === 'copy' && isBelow(other.path, one.path);

/** A program that a RUN calls and that packages of the other step may bring. */
function programInstalled(effects: readonly Effect[], { script }: Step): string | undefined {
  if (!effects.some(({ means }) => means === 'packages')) return undefined;
  return script?.commands.find(({ name }) => name !== undefined && !standardPrograms.has(name))?.name;
}

/** A folder that some effects make as they copy, and that a command of the other step has to find. */
function folderNeeded(making: readonly Effect[], other: readonly Effect[], step: Step): string | undefined {
  const workdir = folderBefore(step);
  for (const [index, { command, kind, means, path }] of other.entries()) {
    const enters = means === 'enter';
    if (!command || (kind === 'read' && !enters) || means === 'packages' || means === 'install') continue;
    const folder = means === 'extract' || enters ? path : folderOf(path);
    if (usualFolders.has(folder) || (workdir !== undefined && isBelow(workdir, folder))) continue;
    const makes = (it: Effect): boolean =>
      it.kind === 'write' &&
      it.means !== 'packages' &&
      (isBelow(it.path, folder) || (it.deep && isBelow(folder, it.path)));
    if (other.slice(0, index).some((it) => it.sure && makes(it))) continue;
    if (making.some((it) => makes(it) || (enters && it.kind === 'remove' && isBelow(folder, it.path)))) return folder;
  }
  return undefined;
}

const verbs: Readonly<Record<Effect['kind'], string>> = {
  read: 'it reads',
  write: 'it writes',
  remove: 'it removes',
  change: 'it changes',
};
const touches = ({ kind, means, sure }: Effect): string =>
  means === 'packages' ? 'its packages may use' : !sure && kind !== 'read' ? 'it may change' : verbs[kind];
const commonPath = (one: Effect, other: Effect): string =>
  other.path.length >= one.path.length ? other.path : one.path;

/** Whether a file that one step reads is none of those that a copy of a folder brings, as far as the context is at hand. */
const isElsewhere = (one: Effect, step: Step, other: Effect): boolean =>
  step.instruction.kind === 'Copy' &&
  one.means === 'copy' &&
  one.deep &&
  other.kind === 'read' &&
  !other.deep &&
  other.path !== one.path &&
  isBelow(other.path, one.path) &&
  takenBelow(step, one, other.path)?.length === 0;

const fetching: ReadonlySet<Effect['means']> = new Set(['download', 'clone', 'packages', 'install']);

/** What may bring any file below its path; an editing program changes files of its own there. */
const brings: ReadonlySet<Effect['means']> = new Set(['copy', 'extract', 'clone', 'move', 'file']);

/** A file with settings, certificates or keys that one step brings, if the other fetches anything. */
export function settingOf(effects: readonly Effect[], step: Step): string | undefined {
  if (!step.effects.all.some(({ means }) => fetching.has(means))) return undefined;
  const named = [...step.before.variables.values()].flatMap(({ name, value }) =>
    settingVariables.test(name) && value.state !== 'unset' && value.text.startsWith('/') ? [value.text] : [],
  );
  const places = [...fetchSettings, ...named];
  return effects.find(
    ({ kind, means, path, deep }) =>
      kind !== 'read' &&
      !fetching.has(means) &&
      means !== 'cache' &&
      (homeSettings.test(path) ||
        places.some((it) => isBelow(path, it) || (deep && brings.has(means) && isBelow(it, path)))),
  )?.path;
}

/** A program that one step brings into a folder where shells look for programs, if the other runs any. */
function programOf(effects: readonly Effect[], { instruction }: Step): string | undefined {
  if (instruction.kind !== 'Run') return undefined;
  return effects.find(
    ({ kind, means, path }) =>
      kind === 'write' &&
      means !== 'packages' &&
      programFolders.some((folder) => path.startsWith(`${folder}/`) || path === folder) &&
      !/entrypoint[^/]*$|\.sh$/i.test(path),
  )?.path;
}

/** The names that an ARG or ENV sets. */
export const namesSet = ({ instruction }: Step): string[] => {
  if (instruction.kind === 'Env') return instruction.pairs.map(({ name }) => name.text);
  return instruction.kind === 'Arg' ? instruction.pairs.map(({ name }) => name.text) : [];
};

function ofVariables(earlier: Step, later: Step, quote: Quote): Dependency | undefined {
  const [set, other] = [namesSet(earlier), namesSet(later)];
  if (set.length === 0 && other.length === 0) return undefined;
  const at = later.instruction.span;
  const same = set.find((name) => other.includes(name));
  if (same !== undefined) return { reason: `both set ${same}`, at };
  const used = usedBy(later);
  const uses = set.find((name) => used.has(name));
  if (uses !== undefined) return { reason: `it uses ${uses}`, at };
  const before = usedBy(earlier);
  const wouldUse = other.find((name) => before.has(name));
  if (wouldUse !== undefined) return { reason: `it would see another value of ${wouldUse}`, at };
  return inEnvironment(set, later, quote) ?? inEnvironment(other, earlier, quote);
}

/** What of an environment a RUN may look at without naming it. */
function inEnvironment(names: readonly string[], step: Step, quote: Quote): Dependency | undefined {
  if (names.length === 0 || step.instruction.kind !== 'Run') return undefined;
  const tool = names.find((name) => toolVariables.test(name));
  if (tool !== undefined) return { reason: `programs read ${tool} on their own`, at: step.instruction.span };
  // an install of what others publish looks at the variables of its own tool alone
  const installs = step.operations.filter(
    ({ action, runsProject }) => !runsProject && (action === 'install' || action === 'download'),
  );
  const commands = step.script?.commands ?? [];
  const at = step.effects.unknown.find(
    ({ start, end }) =>
      !installs.some(({ command: { span } }) => start >= span.start && end <= span.end) &&
      // an argument that is not known is one of a command that is
      !commands.some(({ args }) => args.some(({ span }) => start >= span.start && end <= span.end)),
  );
  if (!at) return undefined;
  return { reason: `${quote(at)} may read ${names.join(', ')}`, at };
}

/** The variables that the words and the script of an instruction name. */
function usedBy(step: Step): ReadonlySet<string> {
  const { instruction, script } = step;
  const found = new Set<string>();
  const visit = (node: Node): void => {
    if (node.kind === 'Word' || node.kind === 'HeredocBody')
      for (const { name } of step.expand(node).uses) found.add(name);
    else for (const child of children(node)) visit(child);
  };
  visit(instruction);
  if (instruction.kind === 'Run') for (const { name } of script?.syntax.expansions ?? []) found.add(name);
  return found;
}
