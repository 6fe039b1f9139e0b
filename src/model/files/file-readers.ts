import {
  asksForFile,
  comparesFiles,
  type FileCommand,
  fileCommands,
  type PathRole,
  usualFolders,
} from '../../knowledge/commands/file-commands.ts';
import { inBraces } from '../../shell/braces.ts';
import type { Command, ShellWord } from '../../shell/command.ts';
import { type ReadArguments, type ReadOption, readOptions } from '../../shell/options.ts';
import { baseName, folderOf } from '../../text/path.ts';
import type { Step } from '../model.ts';
import { textOf } from '../stages/expand.ts';
import { type EffectKind, effect, type Found, type Means, placed } from './effect.ts';

/** What is known where a command stands. */
export interface At {
  readonly step: Step;
  readonly folder: string | undefined;
  /** Variables that the script gives one value, and those that it gives several or none that is known. */
  readonly assigned: ReadonlyMap<string, string | undefined>;
  readonly home: string;
  readonly sure: boolean;
}

/** The paths that a word stands for; undefined where only the build knows. */
export function placesOf(word: ShellWord | undefined, { step, folder, assigned, home }: At): string[] | undefined {
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

/** Visits the paths that a word stands for; where only the build knows them, that is noted. */
export function eachPlace(word: ShellWord, at: At, { unknowns }: Found, visit: (path: string) => void): void {
  const places = placesOf(word, at);
  if (!places) unknowns.push(word.span);
  for (const path of places ?? []) visit(path);
}

/** What a command is read with. */
export interface Tools {
  readonly command: Command;
  readonly at: At;
  readonly put: (kind: EffectKind, path: string, means: Means, deep?: boolean, sure?: boolean) => void;
  readonly each: (words: readonly ShellWord[], kind: EffectKind, means: Means, deep?: boolean, sure?: boolean) => void;
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

/** A command of the table. */
export function ofFileCommand(table: FileCommand, tools: Tools, found: Found): void {
  const { options, positionals } = readOptions(tools.command.args, { options: table.options ?? '' });
  const given = (names: readonly string[] | 'always' | undefined): boolean =>
    names === 'always' || (names?.some((name) => options.some((it) => it.name === name)) ?? false);
  const words = positionals.slice(given(table.instead) ? 0 : table.leading).filter(({ text }) => text !== '-');
  if (words.length === 0 && given(table.here)) words.push(madeOf(tools.command.word, '.'));
  const deep = given(table.deep);
  ofFixedPlaces(table, tools);
  for (const { name, value } of options) if (value) act(table.paths?.[name] ?? 'none', [value], tools);
  if (given(table.lists)) ofLists(tools, found);
  const other = Object.entries(table.with ?? {}).find(([name]) => given([name]))?.[1];
  if (other || !table.into) act(other ?? table.words, words, tools, deep);
  else {
    const folder = table.folder ? options.find(({ name }) => name === table.folder)?.value : undefined;
    ofTransfer({ table, words, folder, deep }, tools, found);
  }
}

/** Does to words what their role says. */
function act(role: PathRole, words: readonly ShellWord[], { each }: Tools, deep = false): void {
  if (role !== 'none') each(words, ...roles[role], deep);
}

function ofFixedPlaces({ always = {}, perhaps = [] }: FileCommand, { put }: Tools): void {
  for (const path of perhaps) put('change', path, 'edit', true, false);
  for (const [path, role] of Object.entries(always))
    if (role !== 'none') put(roles[role][0], path, roles[role][1], true);
}

function ofLists(tools: Tools, { unknowns }: Found): void {
  const { command, each } = tools;
  const files = filesSummed(tools);
  if (files) each(files, 'read', 'read');
  else unknowns.push((command.args.at(-1) ?? command.word).span);
}

interface Transfer {
  readonly table: FileCommand;
  readonly words: readonly ShellWord[];
  /** Of an option, such as `-t`. */
  readonly folder: ShellWord | undefined;
  readonly deep: boolean;
}

/** `cp`, `mv`, `ln`: the last word, or that of an option, is where the others go. */
function ofTransfer({ table, words, folder, deep }: Transfer, tools: Tools, found: Found): void {
  const target = folder ?? (words.length > 1 ? words.at(-1)! : undefined);
  const sources = folder || !target ? words : words.slice(0, -1);
  act(table.words, sources, tools, deep);
  if (!target) return;
  const inside = folder !== undefined || sources.length > 1 || isFolder(target, tools.at);
  for (const source of sources) {
    const to = inside ? below(target, source) : target;
    if (table.into === 'link') link(source, to, tools, found);
    else tools.each([to], 'write', table.words === 'remove' ? 'move' : 'file', deep);
  }
}

/** Whether a word is known to be a folder. */
function isFolder(word: ShellWord, at: At): boolean {
  const [place] = placesOf(word, at) ?? [];
  return /(?:^|\/)\.{0,2}$/.test(word.text) || (place !== undefined && usualFolders.has(place));
}

const below = (folder: ShellWord, { text, literal }: ShellWord): ShellWord => ({
  ...folder,
  text: `${folder.text.replace(/\/$/, '')}/${baseName(text)}`,
  literal: folder.literal && literal,
});

function link(source: ShellWord, to: ShellWord, { command, at }: Tools, found: Found): void {
  eachPlace(to, at, found, (path) => {
    // where a link leads is seen from its own folder
    const leads = placesOf(source, { ...at, folder: folderOf(path) });
    const target = leads?.length === 1 ? leads[0] : undefined;
    found.effects.push(effect('write', path, 'link', command.span, { command, sure: at.sure, target }));
  });
}

/** The files of `echo "SUM  FILE" | sha256sum -c`; undefined where they are not in the script. */
function filesSummed({ command, at }: Tools): ShellWord[] | undefined {
  const commands = at.step.script?.commands ?? [];
  const before = commands[commands.indexOf(command) - 1];
  const isPiped = command.joint === '|' && before?.pipeline === command.pipeline;
  if (!isPiped || (before.name !== 'echo' && before.name !== 'printf')) return undefined;
  const parts = before.args.flatMap((word) =>
    word.text.split(/\s+|\\n/).flatMap((text) => (/^(?:-[en]+)?$/.test(text) ? [] : [{ word, text }])),
  );
  // sum and file in turn
  if (parts.length === 0 || parts.length % 2 === 1) return undefined;
  return parts.flatMap(({ word, text }, index) =>
    index % 2 === 0 ? [] : [{ ...word, text: text.replace(/^\*/, ''), literal: !/[$`]/.test(text) }],
  );
}

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
  '-o|--output= -O|--remote-name --remote-name-all --output-dir= -H|--header= -d|--data= -X|--request= -u|--user= -A|--user-agent= -e= -b= -c= -F= -m|--max-time= -x= -w= -E= --retry= --retry-delay= --retry-max-time= --connect-timeout= --cacert= --proto= --ciphers= --tlsv1.2 --url= -C= -r= -T= -K= -z= --data-binary= --data-raw= --create-dirs --key= --netrc-file=';
const readByCurl: ReadonlySet<string> = new Set(['-K', '-T', '-E', '--cacert', '--key', '--netrc-file']);
const wgetOptions =
  '-O|--output-document= -P|--directory-prefix= -o= -a= -e= -t|--tries= -T|--timeout= -U= -i= -w= -Q= --header= --user= --password= --progress= --ca-certificate= --post-data= --post-file= --waitretry= --retry-connrefused --method= --limit-rate= -r|--recursive -m|--mirror';

/** The last part of a URL, as a downloader names its file. */
function remoteName({ text }: ShellWord): string | undefined {
  const path = text.replace(/[?#].*$/, '').replace(/^[a-z]+:\/\//i, '');
  return path.includes('/') ? baseName(path) || undefined : undefined;
}

/** `test` and `[`, which ask for files. */
const test: Reader = ({ command: { args }, each }) => {
  const files = args.filter((_, index) => {
    const [before, behind] = [args[index - 1]?.text ?? '', args[index + 1]?.text ?? ''];
    return asksForFile(before) || comparesFiles.has(before) || comparesFiles.has(behind);
  });
  each(files, 'read', 'read', true);
};

/** `set` and `export`, which print the whole environment where they are given nothing. */
const environment: Reader = ({ command: { args, word } }, { unknowns }) => {
  if (args.length === 0 || args[0]!.text === '-p') unknowns.push(word.span);
};

/** Programs whose words the table of file commands cannot tell. */
export const readers: Readonly<Record<string, Reader>> = {
  test,
  '[': test,
  set: environment,
  export: environment,
  curl({ command, each }) {
    const read = readOptions(command.args, { options: curlOptions });
    const folder = valueOf(read, '--output-dir');
    const into = (word: ShellWord, name: string): ShellWord => madeOf(word, folder ? `${folder.text}/${name}` : name);
    for (const { name, value } of read.options) {
      if (name === '-o' && value && value.text !== '-') each([into(value, value.text)], 'write', 'download');
      if (value && readByCurl.has(name)) each([value], 'read', 'read');
      if (value && /^(?:-d|--data-binary|-F|-H|--header)$/.test(name) && /(?:^|=)@./.test(value.text))
        each([madeOf(value, value.text.replace(/^.*?@/, ''))], 'read', 'read');
    }
    if (!has(read, '-O') && !has(read, '--remote-name-all')) return;
    for (const url of read.positionals) each([into(url, remoteName(url) ?? '$')], 'write', 'download');
  },
  wget({ command, each }) {
    const read = readOptions(command.args, { options: wgetOptions });
    const output = valueOf(read, '-O');
    const folder = valueOf(read, '-P');
    for (const { name, value } of read.options)
      if (value && /^(?:-i|--post-file|--ca-certificate)$/.test(name)) each([value], 'read', 'read');
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
      eachPlace({ ...root, literal: root.literal || root.text === '.' }, at, found, (path) => {
        if (deletes)
          found.effects.push(effect('remove', path, 'remove', command.span, { command, deep: true, sure: false }));
        else put('read', path, 'read', true);
      });
    }
  },
  rm(tools, found) {
    const { command } = tools;
    // what `find -exec` hands to it is told by the find
    if (command.within.includes('string') && command.args.some(({ text }) => text === '{}')) return;
    ofFileCommand(fileCommands.rm!, tools, found);
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
