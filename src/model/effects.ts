import type { Instruction } from '../../grammar/index.ts';
import { archiveEndings } from '../knowledge/archives.ts';
import { ecosystems } from '../knowledge/ecosystems.ts';
import {
  type FileCommand,
  fileCommands,
  type PathRole,
  sharedFolders,
  systemFolders,
  usualFolders,
} from '../knowledge/file-commands.ts';
import { onbuildTag, rootFolderImages } from '../knowledge/image-folders.ts';
import { configFiles, projectFolders } from '../knowledge/project-folders.ts';
import type { Command, ShellWord } from '../shell/command.ts';
import { type ReadArguments, type ReadOption, readOptions } from '../shell/options.ts';
import type { PackageOperation } from '../shell/packages.ts';
import type { Span } from '../text/span.ts';
import { textOf, type Value } from './expand.ts';
import { clean } from './gopath.ts';
import type { Step } from './model.ts';

/**
 * What is done to a path. `change` gives files that are there another owner, mode or content in place, for which a builder
 * stores them whole once more; `read` only looks.
 */
export type EffectKind = 'write' | 'remove' | 'change' | 'read';

/** By what means a file comes, goes or changes. `packages` is what a package manager does to the system, `cache` what it keeps for itself. */
export type Means =
  | 'copy'
  | 'download'
  | 'extract'
  | 'clone'
  | 'redirect'
  | 'file'
  | 'folder'
  | 'link'
  | 'move'
  | 'install'
  | 'packages'
  | 'cache'
  | 'remove'
  | 'owner'
  | 'mode'
  | 'edit'
  | 'read';

/** One thing that a step does to files of its image. */
export interface Effect {
  readonly kind: EffectKind;
  /** Absolute and clean. `~` is the home of an unknown user; parts may have `*`, `?` and `[…]`, which stand for names unknown here. */
  readonly path: string;
  /** Whether it is done to all that lies below as well. */
  readonly deep: boolean;
  readonly means: Means;
  /** The words that do it: a command, or a source of COPY or ADD. */
  readonly at: Span;
  /** Undefined for COPY, ADD and WORKDIR. */
  readonly command: Command | undefined;
  /** Whether it is done in every build: not in a branch, a loop, or after `||`. */
  readonly sure: boolean;
  /** Bytes that come, where the files or texts are at hand. */
  readonly bytes: number | undefined;
}

export interface Effects {
  /** In the order in which they are done. */
  readonly all: readonly Effect[];
  /** Whether these are all: no command that is not known, no path that only the build knows. */
  readonly complete: boolean;
  /** The commands and words of which it is not known. */
  readonly unknown: readonly Span[];
}

const kept = new WeakMap<Step, Effects>();

/** What a step does to the files of its image, what is in mounts left out; nothing for what makes no layer. */
export function effectsOf(step: Step): Effects {
  const found = kept.get(step) ?? compute(step);
  kept.set(step, found);
  return found;
}

function compute(step: Step): Effects {
  const { instruction } = step;
  const found: Found = { effects: [], unknowns: [] };
  if (instruction.kind === 'Copy' || instruction.kind === 'Add') ofTransfer(step, instruction, found);
  else if (instruction.kind === 'Workdir') {
    const path = folderIn(step, step.after.workdir);
    if (path === undefined) found.unknowns.push(instruction.span);
    else found.effects.push(effect('write', path, 'folder', instruction.span));
  } else if (instruction.kind === 'Run') ofScript(step, found);
  const mounts = mountedAt(step);
  const all = found.effects.filter(({ path }) => !mounts.some((folder) => isBelow(path, folder)));
  return { all, complete: found.unknowns.length === 0, unknown: found.unknowns };
}

/** Where a step begins; undefined where only the base image knows. */
export const folderBefore = (step: Step): string | undefined => folderIn(step, step.before.workdir);

function folderIn({ stage }: Step, folder: Value): string | undefined {
  if (folder.state !== 'unknown') return textOf(folder);
  const base = stage?.lineage[0]?.base;
  if (base?.kind !== 'image' || !base.reference.official || !rootFolderImages.has(base.reference.name))
    return undefined;
  if (onbuildTag.test(base.reference.tag ?? '') || /[$]/.test(folder.text)) return undefined;
  return clean(`/${folder.text}`);
}

interface Found {
  readonly effects: Effect[];
  readonly unknowns: Span[];
}

const effect = (
  kind: EffectKind,
  path: string,
  means: Means,
  at: Span,
  more: Partial<Pick<Effect, 'deep' | 'command' | 'sure' | 'bytes'>> = {},
): Effect => ({ kind, path, means, at, deep: false, command: undefined, sure: true, bytes: undefined, ...more });

/** Whether `path` is `folder` or lies below it; both clean. */
export const isBelow = (path: string, folder: string): boolean =>
  path === folder || folder === '/' || path.startsWith(`${folder}/`);

/** Whether what one effect does may have to do with what the other does: the same path, or one below what the other reaches. */
export function mayTouch(one: Effect, other: Effect): boolean {
  const [a, b] = [fixedPart(one.path), fixedPart(other.path)];
  return a === b || (reachesBelow(one) && isBelow(b, a)) || (reachesBelow(other) && isBelow(a, b));
}

/** A folder that is made or a link that is set matters to all that comes below it. */
const reachesBelow = ({ deep, means, path }: Effect): boolean =>
  deep || means === 'folder' || means === 'link' || /[*?[]/.test(path);

const fixedPart = (path: string): string => {
  const wild = path.search(/[*?[]/);
  if (wild < 0) return path;
  return path.slice(0, path.lastIndexOf('/', wild)) || '/';
};

function mountedAt(step: Step): string[] {
  const folder = folderBefore(step);
  const { instruction } = step;
  return instruction.flags.flatMap(({ mount }) => {
    if (mount?.target === undefined || mount.type === 'secret' || mount.type === 'ssh') return [];
    return placed(mount.target, folder, '~') ?? [];
  });
}

/** A path as it is from the root; undefined where it is not known. */
function placed(path: string, folder: string | undefined, home: string): string | undefined {
  if (/[$`]/.test(path) || path === '') return undefined;
  if (path === '~' || path.startsWith('~/')) return clean(`${home}${path.slice(1)}`);
  if (path.startsWith('/')) return clean(path);
  return folder === undefined ? undefined : clean(`${folder}/${path}`);
}

/** Whether a path is that of a file by its name: it has an ending, or is a manifest such as `Gemfile`. */
function hasFileName(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /^[^*?[]+\.[^*?[.]+$/.test(name) || manifestNames.has(name);
}

const manifestNames = new Set(ecosystems.flatMap(({ manifests, locks }) => [...manifests, ...locks]));
const baseOf = (path: string): string => path.replace(/\/+$/, '').replace(/^.*\//, '');

function ofTransfer(step: Step, instruction: Extract<Instruction, { kind: 'Copy' | 'Add' }>, found: Found): void {
  const { sources, destination, heredocs, flags } = instruction;
  const to = destination && textOf(step.expand(destination).value);
  const root = to === undefined ? undefined : placed(to, folderBefore(step), '~');
  if (root === undefined) {
    found.unknowns.push(destination?.span ?? instruction.span);
    return;
  }
  const from = flags.some(({ name }) => name.text === 'from');
  const parents = flags.some(({ name, value }) => name.text === 'parents' && value?.text !== 'false');
  const exclude = flags.flatMap(({ name, value }) => (name.text === 'exclude' && value ? [value.text] : []));
  const workdir = folderBefore(step);
  const isFolder = usualFolders.has(root) || (workdir !== undefined && isBelow(workdir, root));
  const folder = /(?:^|\/)\.{0,2}$/.test(to!) || sources.length > 1 || isFolder;
  for (const source of sources) {
    const heredoc = heredocs.find(({ opener }) => opener.start >= source.span.start && opener.end <= source.span.end);
    if (heredoc) {
      const path = folder ? clean(`${root}/${heredoc.delimiter}`) : root;
      const text = textOf(step.expand(heredoc.body).value);
      const bytes = text === undefined ? undefined : bytesOf(text);
      found.effects.push(effect('write', path, 'copy', source.span, { bytes }));
      continue;
    }
    const text = textOf(step.expand(source).value);
    if (text === undefined) {
      found.effects.push(effect('write', root, 'copy', source.span, { deep: true }));
      found.unknowns.push(source.span);
      continue;
    }
    found.effects.push(...ofSource(step, text, source.span, { root, folder, from, parents, exclude }));
  }
}

interface Target {
  readonly root: string;
  /** Whether the destination is a folder that the sources go into. */
  readonly folder: boolean;
  readonly from: boolean;
  readonly parents: boolean;
  readonly exclude: readonly string[];
}

function ofSource(step: Step, text: string, at: Span, { root, folder, from, parents, exclude }: Target): Effect[] {
  const into = (name: string): string => (folder ? clean(`${root}/${name}`) : root);
  if (/^[a-z]+:\/\//i.test(text) || /^[\w.-]+@[\w.-]+:/.test(text)) {
    if (/\.git(?:[#?]|$)|^(?:git|ssh):|^[\w.-]+@/.test(text))
      return [effect('write', root, 'clone', at, { deep: true })];
    const name = baseOf(text.replace(/[?#].*$/, ''));
    return [effect('write', into(name === '' ? '*' : name), 'download', at)];
  }
  const lower = text.toLowerCase();
  const unpacks = step.instruction.kind === 'Add' && archiveEndings.some((ending) => lower.endsWith(ending));
  if (unpacks) return [effect('write', root, 'extract', at, { deep: true })];
  const taken = from ? undefined : step.stage?.context?.copied([text], { exclude, parents });
  const known =
    taken !== undefined && taken.missing.length === 0 && taken.ignored.length === 0 && taken.files.length > 0;
  const bytes = known ? taken.bytes : undefined;
  const plain = clean(`/${text}`).slice(1);
  if (parents) return [effect('write', clean(`${root}/${fixedPart(`/${plain}`)}`), 'copy', at, { deep: true, bytes })];
  const wild = /[*?[]/.test(text);
  const isFile = known ? !wild && taken.files.length === 1 && taken.files[0]!.path === plain : hasFileName(text);
  if (isFile) return [effect('write', into(baseOf(text)), 'copy', at, { bytes })];
  if (wild) {
    const files = known && taken.files.every(({ path }) => path.split('/').length === plain.split('/').length);
    if (files)
      return taken.files.map(({ path, size }) => effect('write', into(baseOf(path)), 'copy', at, { bytes: size }));
    return [effect('write', clean(`${root}/${baseOf(text)}`), 'copy', at, { deep: true, bytes })];
  }
  return [effect('write', root, 'copy', at, { deep: true, bytes })];
}

/** The size of a text in UTF-8. */
const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** What is known where a command stands. */
interface At {
  readonly step: Step;
  readonly folder: string | undefined;
  /** Variables that the script gives one value, and those that it gives several or none that is known. */
  readonly assigned: ReadonlyMap<string, string | undefined>;
  readonly home: string;
  readonly sure: boolean;
}

const unsure: ReadonlySet<string> = new Set(['if', 'else', 'loop', 'case', 'function', 'substitution']);

function ofScript(step: Step, found: Found): void {
  const { script, before } = step;
  if (!script?.parsed) {
    found.unknowns.push(step.instruction.span);
    return;
  }
  const user = textOf(before.user);
  const home = /^(?:root|0)?(?::.*)?$/.test(user ?? '-') || isRootBase(step) ? '/root' : '~';
  const assigned = assignmentsOf(script.commands);
  let outer = folderBefore(step);
  // where a subshell is; undefined outside of one
  let inner: { folder: string | undefined } | undefined;
  for (const command of script.commands) {
    const { name, within } = command;
    const sure = command.joint !== '||' && !within.some((it) => unsure.has(it));
    const isInner = within.includes('subshell');
    inner = isInner ? (inner ?? { folder: outer }) : undefined;
    const at: At = { step, folder: inner ? inner.folder : outer, assigned, home, sure };
    ofCommand(command, at, found);
    if (name !== 'cd' && name !== 'pushd' && name !== 'popd') continue;
    const [to] = name === 'cd' && sure ? (placesOf(command.args[0], at) ?? []) : [];
    if (inner) inner.folder = to;
    else outer = within.length === 0 ? to : undefined;
  }
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

/** The paths that a word stands for; undefined where only the build knows. */
function placesOf(word: ShellWord | undefined, { step, folder, assigned, home }: At): string[] | undefined {
  if (!word) return undefined;
  const text = word.literal
    ? word.text
    : word.text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (all, braced?: string, plain?: string) => {
        const name = (braced ?? plain)!;
        if (assigned.has(name)) return assigned.get(name) ?? all;
        const binding = step.before.variable(name);
        if (name === 'HOME' && !binding) return home;
        return binding?.kind === 'env' ? (textOf(binding.value) ?? all) : all;
      });
  const list = word.literal ? [text] : inBraces(text);
  const places = list.map((it) => placed(it, folder, home));
  return places.every((it) => it !== undefined) ? places : undefined;
}

/** The words of `a{b,c}d`. */
function inBraces(text: string): string[] {
  const [all = '', head = '', list = '', tail = ''] = /^(.*?)(?<!\$)\{([^{}]*,[^{}]*)\}(.*)$/.exec(text) ?? [];
  return all === '' ? [text] : list.split(',').flatMap((part) => inBraces(`${head}${part}${tail}`));
}

function ofCommand(command: Command, at: At, found: Found): void {
  const { name, span, redirects, word, wrappers } = command;
  // what it works on comes from elsewhere
  if (wrappers.some((it) => it.name === 'xargs' || it.name === 'parallel')) found.unknowns.push(span);
  const put = (kind: EffectKind, path: string, means: Means, deep = false): void => {
    found.effects.push(effect(kind, path, means, span, { command, deep, sure: at.sure }));
  };
  const each = (words: readonly ShellWord[], kind: EffectKind, means: Means, deep = false): void => {
    for (const it of words) {
      const places = placesOf(it, at);
      if (places) for (const path of places) put(kind, path, means, deep);
      else found.unknowns.push(it.span);
    }
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
  const operations = at.step.operations.filter((it) => it.command === command);
  const table = fileCommands[name];
  if (operations.length > 0) for (const it of operations) ofOperation(it, tools, found);
  else if (Object.hasOwn(readers, name)) readers[name]!(tools, found);
  else if (table && Object.hasOwn(fileCommands, name)) ofFileCommand(table, tools);
  else found.unknowns.push(word.span);
}

interface Tools {
  readonly command: Command;
  readonly at: At;
  readonly put: (kind: EffectKind, path: string, means: Means, deep?: boolean) => void;
  readonly each: (words: readonly ShellWord[], kind: EffectKind, means: Means, deep?: boolean) => void;
}

const roles: Readonly<Record<Exclude<PathRole, 'none'>, readonly [EffectKind, Means]>> = {
  read: ['read', 'read'],
  write: ['write', 'file'],
  folder: ['write', 'folder'],
  link: ['write', 'link'],
  remove: ['remove', 'remove'],
  owner: ['change', 'owner'],
  mode: ['change', 'mode'],
  edit: ['change', 'edit'],
};

function ofFileCommand(table: FileCommand, { command, put, each }: Tools): void {
  const { options, positionals } = readOptions(command.args, { options: table.options ?? '' });
  const given = (names: readonly string[] | undefined): boolean =>
    names?.some((name) => options.some((it) => it.name === name)) ?? false;
  const skipped = given(table.instead) ? 0 : (table.leading ?? 0);
  const words = positionals.slice(skipped).filter(({ text }) => text !== '-');
  const deep = table.deep === 'always' || given(table.deep);
  const as = (role: PathRole, list: readonly ShellWord[], below: boolean): void => {
    if (role !== 'none') each(list, ...roles[role], below);
  };
  for (const [path, role] of Object.entries(table.always ?? {}))
    if (role !== 'none') put(roles[role][0], path, roles[role][1], true);
  for (const { name, value } of options) {
    const role = table.paths?.[name];
    if (role && value) as(role, [value], false);
  }
  const other = Object.entries(table.with ?? {}).find(([name]) => given([name]))?.[1];
  if (other || !table.into) {
    as(other ?? table.words, words, deep);
    return;
  }
  const folder = table.folder ? options.find(({ name }) => name === table.folder)?.value : undefined;
  const last = folder ?? (words.length > 1 ? words.at(-1)! : undefined);
  const others = folder ? words : words.slice(0, -1);
  as(table.words, last ? others : words, deep);
  if (!last) return;
  const means = table.into === 'link' ? 'link' : table.words === 'remove' ? 'move' : 'file';
  const inside = folder !== undefined || others.length > 1 || /(?:^|\/)\.{0,2}$/.test(last.text);
  if (!inside) each([last], 'write', means, deep);
  for (const it of inside ? others : []) {
    const name = baseOf(it.text);
    const text = `${last.text.replace(/\/$/, '')}/${name}`;
    each([{ ...last, text, literal: last.literal && it.literal }], 'write', means, deep);
  }
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
const shared: ReadonlySet<string> = new Set([
  'install',
  'reinstall',
  'upgrade',
  'update-index',
  'remove',
  'clean',
  'download',
]);

function ofOperation(operation: PackageOperation, tools: Tools, found: Found): void {
  const { at, put, command } = tools;
  const { family, action, manifests, packages, flags, runsProject, manager } = operation;
  const moved = ['installRoot', 'prefix', 'target', 'directory', 'environment'].some((it) => flags.has(it as never));
  if (system.has(family)) {
    if (moved || !shared.has(action)) found.unknowns.push(command.span);
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
  if (!shared.has(action) || runsProject || moved || (project && folders.length > 0)) found.unknowns.push(command.span);
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

type Reader = (tools: Tools, found: Found) => void;
const valueOf = ({ options }: ReadArguments, name: string): ShellWord | undefined =>
  options.findLast((it: ReadOption) => it.name === name)?.value;
const has = ({ options }: ReadArguments, name: string): boolean => options.some((it) => it.name === name);
/** A word that is not in the script, at the place of one that is. */
const madeOf = (word: ShellWord, text: string): ShellWord => ({
  ...word,
  text,
  literal: word.literal && !/[$`]/.test(text),
});

const curlOptions =
  '-o|--output= -O|--remote-name --remote-name-all --output-dir= -H|--header= -d|--data= -X|--request= -u|--user= -A|--user-agent= -e= -b= -c= -F= -m|--max-time= -x= -w= -E= --retry= --retry-delay= --retry-max-time= --connect-timeout= --cacert= --proto= --ciphers= --tlsv1.2 --url= -C= -r= -T= -K= -z= --data-binary= --data-raw= --create-dirs';
const wgetOptions =
  '-O|--output-document= -P|--directory-prefix= -o= -a= -e= -t|--tries= -T|--timeout= -U= -i= -w= -Q= --header= --user= --password= --progress= --ca-certificate= --post-data= --waitretry= --retry-connrefused --method= --limit-rate= -r|--recursive -m|--mirror';

/** The last part of a URL, as a downloader names its file. */
function remoteName({ text }: ShellWord): string | undefined {
  const path = text.replace(/[?#].*$/, '').replace(/^[a-z]+:\/\//i, '');
  return path.includes('/') ? baseOf(path) || undefined : undefined;
}

/** Programs whose words the table of file commands cannot tell. */
const readers: Readonly<Record<string, Reader>> = {
  curl({ command, each }) {
    const read = readOptions(command.args, { options: curlOptions });
    const folder = valueOf(read, '--output-dir');
    const into = (word: ShellWord, name: string): ShellWord => madeOf(word, folder ? `${folder.text}/${name}` : name);
    for (const { name, value } of read.options)
      if (name === '-o' && value && value.text !== '-') each([into(value, value.text)], 'write', 'download');
    if (!has(read, '-O') && !has(read, '--remote-name-all')) return;
    for (const url of read.positionals) each([into(url, remoteName(url) ?? '$')], 'write', 'download');
  },
  wget({ command, each }) {
    const read = readOptions(command.args, { options: wgetOptions });
    const output = valueOf(read, '-O');
    const folder = valueOf(read, '-P');
    if (output) {
      if (output.text !== '-') each([output], 'write', 'download');
      return;
    }
    for (const url of read.positionals) {
      const name = has(read, '-r') ? '.' : (remoteName(url) ?? 'index.html');
      each([madeOf(url, folder ? `${folder.text}/${name}` : name)], 'write', 'download', has(read, '-r'));
    }
  },
  tar(tools) {
    const { command, each } = tools;
    const [first, ...rest] = command.args;
    const args = first && !first.text.startsWith('-') ? [{ ...first, text: `-${first.text}` }, ...rest] : command.args;
    const read = readOptions(args, {
      options:
        '-C|--directory= -f|--file= -x|--extract|--get -c|--create -t|--list --strip-components= --strip= --exclude= -T= -X= -I= --transform= --one-top-level=? --owner= --group= --wildcards',
    });
    const archive = valueOf(read, '-f');
    const folder = valueOf(read, '-C') ?? madeOf(command.word, '.');
    const stored = archive && archive.text !== '-' ? [archive] : [];
    if (has(read, '-c')) {
      each(stored, 'write', 'file');
      each(
        read.positionals.map((it) => (it.text.startsWith('/') ? it : madeOf(it, `${folder.text}/${it.text}`))),
        'read',
        'read',
        true,
      );
      return;
    }
    each(stored, 'read', 'read');
    if (has(read, '-x'))
      each([{ ...folder, literal: folder.literal || folder.text === '.' }], 'write', 'extract', true);
  },
  unzip({ command, each }) {
    const read = readOptions(command.args, { options: '-d= -x= -P= -p -l' });
    each(read.positionals.slice(0, 1), 'read', 'read');
    if (has(read, '-p') || has(read, '-l')) return;
    const folder = valueOf(read, '-d') ?? { ...command.word, text: '.', literal: true };
    each([folder], 'write', 'extract', true);
  },
  git({ command, each, at, put }, found) {
    const read = readOptions(command.args, {
      options:
        '-C= -c= -b|--branch= --depth= -o|--origin= --reference= --filter= -j|--jobs= --separate-git-dir= --template= --shallow-since=',
    });
    // a variable in front of the URL holds options
    const [verb, ...rest] = read.positionals;
    const [url, to] = rest.some(({ text }) => text.includes('://'))
      ? rest.filter(({ text }) => !/^\$\w+$|^\$\{\w+\}$/.test(text))
      : rest;
    const folder = valueOf(read, '-C');
    if (verb?.text === 'clone' && url && !folder) {
      const name = remoteName(madeOf(url, url.text.replace(/\/+$/, '').replace(/\.git$/, '')));
      each([to ?? madeOf(url, name ?? '$')], 'write', 'clone', true);
    } else if (verb?.text === 'config') put('change', `${at.home}/.gitconfig`, 'edit');
    else found.unknowns.push(command.word.span);
  },
  find({ command, put, at }, found) {
    const end = command.args.findIndex(({ text }) => /^(?:[-(!]|\\\()/.test(text));
    const roots = command.args.slice(0, end < 0 ? command.args.length : end);
    const texts = command.args.map(({ text }) => text);
    const deletes = texts.includes('-delete') || texts.includes('rm');
    if (texts.some((it) => /^-(?:exec|ok)(?:dir)?$/.test(it)) && !texts.includes('rm'))
      found.unknowns.push(command.span);
    for (const root of roots.length > 0 ? roots : [madeOf(command.word, '.')]) {
      const places = placesOf({ ...root, literal: root.literal || root.text === '.' }, at);
      if (!places) found.unknowns.push(root.span);
      for (const path of places ?? []) {
        if (deletes)
          found.effects.push(effect('remove', path, 'remove', command.span, { command, deep: true, sure: false }));
        else put('read', path, 'read', true);
      }
    }
  },
  rm(tools) {
    const { command } = tools;
    // what `find -exec` hands to it is told by the find
    if (command.within.includes('string') && command.args.some(({ text }) => text === '{}')) return;
    ofFileCommand(fileCommands.rm!, tools);
  },
  gzip: compressor('.gz', true),
  bzip2: compressor('.bz2', true),
  xz: compressor('.xz', true),
  gunzip: compressor('.gz', false),
  bunzip2: compressor('.bz2', false),
  unxz: compressor('.xz', false),
};

function compressor(ending: string, packs: boolean): Reader {
  return ({ command, each }) => {
    const read = readOptions(command.args, { options: '-c|--stdout|--to-stdout -k|--keep -d|--decompress -S=' });
    if (has(read, '-c')) {
      each(read.positionals, 'read', 'read');
      return;
    }
    const adds = packs && !has(read, '-d');
    each(read.positionals, has(read, '-k') ? 'read' : 'remove', has(read, '-k') ? 'read' : 'remove');
    for (const it of read.positionals) {
      const text = adds
        ? `${it.text}${ending}`
        : it.text.endsWith(ending)
          ? it.text.slice(0, -ending.length)
          : `${it.text}*`;
      each([madeOf(it, text)], 'write', 'extract');
    }
  };
}
