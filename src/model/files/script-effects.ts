import {
  asksForFile,
  comparesFiles,
  fileCommands,
  sharedFolders,
  systemFolders,
} from '../../knowledge/commands/file-commands.ts';
import { packageActions } from '../../knowledge/managers/actions.ts';
import { configFiles, projectFolders } from '../../knowledge/project/folders.ts';
import type { Command, ShellWord } from '../../shell/command.ts';
import type { PackageOperation } from '../../shell/packages.ts';
import type { Construct, Syntax, SyntaxWord } from '../../shell/script.ts';
import { contains } from '../../text/span.ts';
import type { Step } from '../model.ts';
import { textOf } from '../stages/expand.ts';
import { folderBefore } from '../stages/folder.ts';
import { type EffectKind, effect, type Found, type Means, placed } from './effect.ts';
import { type At, eachPlace, ofFileCommand, placesOf, readers, type Tools } from './file-readers.ts';

const unsure: ReadonlySet<string> = new Set(['if', 'else', 'loop', 'case', 'function', 'substitution']);

/** What the commands of a RUN do to files. */
export function ofScript(step: Step, found: Found): void {
  const { script, before } = step;
  if (!script?.parsed) {
    found.unknowns.push(step.instruction.span);
    return;
  }
  const user = textOf(before.user);
  const home = /^(?:root|0)?(?::.*)?$/.test(user ?? '-') || isRootBase(step) ? '/root' : '~';
  const assigned = assignmentsOf(script.commands);
  let outer = folderBefore(step);
  // where a subshell or the text of `sh -c` is; undefined outside of one
  let inner: { readonly of: Command | undefined; folder: string | undefined } | undefined;
  const dropped = droppedIn(script);
  // where the folder of a `cd` that may have failed counts no longer
  let forgotten = Number.POSITIVE_INFINITY;
  for (const command of script.commands) {
    const { name, within } = command;
    if (command.span.start >= forgotten) outer = undefined;
    const sure = command.joint !== '||' && !dropped.has(command) && !within.some((it) => unsure.has(it));
    // what a command is handed to run may come long behind it
    const owner = within.includes('string') ? script.commands.find((it) => hands(it, command)) : undefined;
    if (owner) inner = inner && inner.of === owner ? inner : { of: owner, folder: found.folders.get(owner) };
    else if (!within.includes('subshell')) inner = undefined;
    else if (!inner || inner.of) inner = { of: undefined, folder: outer };
    const at: At = { step, folder: inner ? inner.folder : outer, assigned, home, sure };
    found.folders.set(command, at.folder);
    ofCommand(command, at, found);
    if (!isMove(command)) continue;
    const to = name === 'cd' ? folderEntered(command, at) : undefined;
    if (to === undefined && name === 'cd' && command.args[0]?.text !== '-') found.unknowns.push(command.span);
    if (to !== undefined) found.effects.push(effect('read', to, 'enter', command.span, { command, sure }));
    if (inner) inner.folder = sure ? to : undefined;
    else {
      outer = sure || dropped.has(command) ? to : undefined;
      forgotten = sure ? Number.POSITIVE_INFINITY : (dropped.get(command) ?? forgotten);
    }
  }
  const folder = script.commands.some(isMove) ? undefined : outer;
  ofWords(script.syntax, { step, folder, assigned, home, sure: false }, found);
}

/** What hardly ever fails on what is there. */
const steady: ReadonlySet<string> = new Set(['rm', 'chown', 'chmod', 'mkdir']);

/** The commands before a `||`, and where it stands: if one fails, those behind it do not run, and the script goes on there. */
function droppedIn({ commands, syntax }: NonNullable<Step['script']>): ReadonlyMap<Command, number> {
  const spans = syntax.lists
    .flatMap(({ parts, operators }) => {
      const last = operators.lastIndexOf('||');
      return last < 0 ? [] : [{ start: parts[0]!.span.start, end: parts[last]!.span.end }];
    })
    .sort((a, b) => a.start - b.start);
  const dropped = new Map<Command, number>();
  let end = -1;
  let next = 0;
  for (const command of [...commands].sort((a, b) => a.span.start - b.span.start)) {
    const isFirst = command.span.start >= end;
    for (; next < spans.length && spans[next]!.start <= command.span.start; next++)
      end = Math.max(end, spans[next]!.end);
    if (command.span.start < end && !(isFirst && steady.has(command.name ?? ''))) dropped.set(command, end);
  }
  return dropped;
}

const hands = (one: Command, other: Command): boolean =>
  one !== other && !one.within.includes('string') && contains(one.span, other.span);

const isMove = ({ name }: Command): boolean => name === 'cd' || name === 'pushd' || name === 'popd';

/** Where `cd` goes; undefined where only the build knows. */
function folderEntered({ args }: Command, at: At): string | undefined {
  const [word, ...more] = args;
  if (!word || more.length > 0 || word.text.startsWith('-')) return undefined;
  const places = placesOf(word, at);
  return places?.length === 1 && !/[*?[]/.test(places[0]!) ? places[0] : undefined;
}

/** The words that no command of the tables takes as paths, and that a shell looks up: patterns, and what `[[` asks about. */
function ofWords({ words, constructs }: Syntax, at: At, found: Found): void {
  for (const word of words) {
    const isPattern = word.parts.some(({ kind }) => kind === 'glob' || kind === 'extglob');
    const listed = word.context === 'list' || (word.context === 'argument' && printers.has(word.command?.name ?? ''));
    if (!(isPattern && listed) && !(word.context === 'test' && isAskedFor(word, constructs))) continue;
    eachPlace({ ...word, literal: !/[$`]/.test(word.text) }, at, found, (path) => {
      found.effects.push(effect('read', path, 'read', word.span, { deep: true, sure: false, command: word.command }));
    });
  }
}

/** Commands that print their words, patterns resolved. */
const printers: ReadonlySet<string> = new Set(['echo', 'printf']);

/** Whether `[[` asks for a file of that name. */
function isAskedFor({ span, raw, exact }: SyntaxWord, constructs: readonly Construct[]): boolean {
  const test = constructs.find((it) => it.kind === 'double-bracket' && contains(it.span, span));
  if (!test || !exact) return true;
  const at = span.start - test.span.start;
  const before = /(\S+)\s+$/.exec(test.raw.slice(0, at))?.[1];
  const behind = /^\s+(\S+)/.exec(test.raw.slice(at + raw.length))?.[1];
  return [before, behind].some(
    (it) => it !== undefined && (comparesFiles.has(it) || (it === before && asksForFile(it))),
  );
}

/** Where nobody has set a USER and the base is not known to have one, it is root. */
const isRootBase = ({ before }: Step): boolean => before.user.state === 'unknown' && before.user.text === '';

function assignmentsOf(commands: readonly Command[]): Map<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  const add = (name: string, value: string | undefined): void => {
    found.set(name, found.has(name) ? undefined : value);
  };
  for (const { name, word, assignments, args, within } of commands) {
    if (name === undefined && word.text === '') {
      const plain = within.length === 0;
      for (const it of assignments) add(it.name, plain && it.value?.literal ? it.value.text : undefined);
    }
    if (name === 'export' || name === 'local' || name === 'read' || name === 'declare') {
      for (const { text, literal } of args) {
        const equals = text.indexOf('=');
        add(equals < 0 ? text : text.slice(0, equals), literal && equals > 0 ? text.slice(equals + 1) : undefined);
      }
    }
    if (within.includes('loop')) for (const it of assignments) found.set(it.name, undefined);
  }
  return found;
}

function ofCommand(command: Command, at: At, found: Found): void {
  const { name, span, redirects, word, wrappers } = command;
  // what it works on comes from elsewhere
  if (wrappers.some((it) => it.name === 'xargs' || it.name === 'parallel')) found.unknowns.push(span);
  const put = (kind: EffectKind, path: string, means: Means, deep = false, sure = true): void => {
    found.effects.push(effect(kind, path, means, span, { command, deep, sure: sure && at.sure }));
  };
  const each = (words: readonly ShellWord[], kind: EffectKind, means: Means, deep = false): void => {
    for (const it of words) eachPlace(it, at, found, (path) => put(kind, path, means, deep));
  };
  for (const { operator, target } of redirects) {
    if (!target || !/^(?:&?>>?|>\||<>?)$/.test(operator) || /^(?:\/dev\/|-$|\d+$)/.test(target.text)) continue;
    if (operator.startsWith('<')) each([target], 'read', 'read');
    else if (operator.endsWith('>>')) each([target], 'change', 'edit');
    else each([target], 'write', 'redirect');
  }
  if (name === undefined) {
    if (word.text !== '') found.unknowns.push(span);
    return;
  }
  const tools: Tools = { command, at, put, each };
  const operations = at.step.operationsOf(command);
  const table = fileCommands[name];
  if (operations.length > 0) for (const it of operations) ofOperation(it, tools, found);
  else if (Object.hasOwn(readers, name)) readers[name]!(tools, found);
  else if (table && Object.hasOwn(fileCommands, name)) ofFileCommand(table, tools, found);
  else found.unknowns.push(word.span);
}

const system: ReadonlySet<string> = new Set(['apt', 'apk', 'rpm', 'pacman', 'zypper', 'dpkg', 'portage', 'nix']);
/** Where a language's own manager puts what is not for one project. */
const languageFolders = ['/usr/local', '/usr/lib', '/usr/bin', '/opt/venv', '/opt/conda', '/go'];
const homeFolders = [
  '.cache',
  '.local',
  '.config',
  '.npm',
  '.gem',
  '.bundle',
  '.cargo',
  '.composer',
  '.m2',
  '.nuget',
  '.mix',
  '.hex',
];

const isOfPackages = (action: PackageOperation['action']): boolean => packageActions.has(action) || action === 'clean';

function ofOperation(operation: PackageOperation, tools: Tools, found: Found): void {
  const { at, put, command } = tools;
  const { family, action, manifests, packages, flags, runsProject, manager } = operation;
  const moved = ['installRoot', 'prefix', 'target', 'directory', 'environment'].some((it) => flags.has(it as never));
  if (system.has(family)) {
    if (moved || !isOfPackages(action)) found.unknowns.push(command.span);
    for (const folder of systemFolders) put('write', folder, 'packages', true);
    for (const folder of sharedFolders) put('write', folder, 'packages');
    ofCaches(operation, tools);
    readLocal();
    return;
  }
  ofCaches(operation, tools);
  const program = command.name;
  const carried = program !== undefined && runners.has(program) && program !== manager;
  if (carried || manifests.length > 0) found.unknowns.push(command.span);
  for (const path of manifests) readAt(path);
  if (action !== 'clean') for (const path of configFiles[manager] ?? []) readAt(path);
  readLocal();
  const folders = projectFolders[manager] ?? [];
  const project = manifests.length > 0 && !flags.has('global');
  if (project && folders.length > 0) for (const folder of folders) writeAt(folder);
  if (!isOfPackages(action) || runsProject || moved || (project && folders.length > 0))
    found.unknowns.push(command.span);
  if (project && folders.length > 0) return;
  for (const folder of [...languageFolders, ...homeFolders.map((it) => `${at.home}/${it}`)])
    put('write', folder, 'packages', true);

  function readLocal(): void {
    for (const { source, name } of packages) {
      if (source !== 'file' && source !== 'directory' && source !== 'unknown') continue;
      if (name === undefined || source === 'unknown') found.unknowns.push(command.span);
      else readAt(name.replace(/^file:(?:\/\/)?/, ''));
    }
  }
  function readAt(path: string): void {
    const place = placed(path, at.folder, at.home);
    if (place === undefined) found.unknowns.push(command.span);
    else put('read', place, 'read');
  }
  function writeAt(path: string): void {
    const place = placed(path, at.folder, at.home);
    if (place !== undefined) put('write', place, 'install', true);
  }
}

/** Where a package manager keeps what it fetched, and what it empties. */
function ofCaches({ action, caches, cleans, flags }: PackageOperation, { at, put }: Tools): void {
  if (flags.has('installRoot') || action === 'run') return;
  for (const path of caches) {
    const place = placed(path, undefined, at.home);
    if (place !== undefined) put('write', place, 'cache', true);
  }
  for (const path of cleans) {
    const place = placed(path, undefined, at.home);
    if (place !== undefined) put('remove', place, 'cache', true);
  }
}

/** Programs that look at the project in whose folder they stand before they run another manager. */
const runners: ReadonlySet<string> = new Set([
  'pipenv',
  'poetry',
  'uv',
  'bundle',
  'corepack',
  'conda',
  'mamba',
  'micromamba',
]);
