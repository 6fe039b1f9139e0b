import { absoluteIn } from '../../../model/stages/folder.ts';
import type { Command } from '../../../shell/command.ts';
import { baseName, clean, isBelow } from '../../../text/path.ts';
import type { View } from '../view.ts';
import { Obstacle } from '../work.ts';
import { fileAt, optionOf } from './compiled.ts';

/** Where `make install` and its like put what they install, as far as the build files of the project tell. */

/** Of official images: those that have nothing of their own in /usr/local. */
const plain = /^(?:debian|ubuntu|alpine|buildpack-deps)$/;

/** The paths that an install leaves; throws an `Obstacle` where they are not known. */
export function installedBy(
  command: Command,
  folder: string | undefined,
  words: readonly string[],
  view: View,
): readonly string[] {
  const own = command.args.map(({ text }) => text);
  const staged = valueOf('DESTDIR', own) ?? command.assignments.find(({ name }) => name === 'DESTDIR')?.value?.text;
  const at = placeOf(command, folder);
  if (staged?.startsWith('/')) return refuseShared([clean(staged)], command, view);
  const makefile =
    command.name === 'make' && at !== undefined ? textAt(at, ['GNUmakefile', 'makefile', 'Makefile'], view) : undefined;
  if (makefile !== undefined) {
    const found = destinationsIn(makefile, new Map(own.map(pairOf).filter((it) => it !== undefined)));
    if (!found) throw new Obstacle(command.span.start, 'where make install puts its files is not told by the Makefile');
    return refuseShared(found, command, view);
  }
  const prefix = prefixOf(words);
  if (putsElsewhere(view)) throw new Obstacle(command.span.start, `it installs outside of ${prefix} as well`);
  return refuseShared([prefix], command, view);
}

/** A folder that the base image fills as well cannot be taken whole. */
function refuseShared(paths: readonly string[], command: Command, { stage: { rootImage } }: View): readonly string[] {
  const isPlain = rootImage?.official === true && plain.test(rootImage.name);
  const shared = paths.find((it) => /^\/(?:usr|etc|var|bin|lib|opt)?$/.test(it) || (it === '/usr/local' && !isPlain));
  if (shared !== undefined)
    throw new Obstacle(command.span.start, `what it installs in ${shared} stands among the files of the base image`);
  return paths;
}

/** The folder of a build: `make -C dir`, `cmake --install dir`. */
function placeOf(command: Command, folder: string | undefined): string | undefined {
  const named = optionOf(command, ['-C', '--directory', '--install', '--build'])?.text;
  return named === undefined ? folder : absoluteIn(folder, named);
}

function textAt(folder: string, names: readonly string[], view: View): string | undefined {
  for (const name of names) {
    const file = fileAt(clean(`${folder}/${name}`), view);
    const text = file && view.context?.read(file.path);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** The prefix that is given to an install or to what configured it. */
export function prefixOf(words: readonly string[]): string {
  const found = words.flatMap((it, at) => {
    const glued = /^(?:--prefix=|-DCMAKE_INSTALL_PREFIX(?::\w+)?=|PREFIX=|prefix=)(\/.*)$/.exec(it)?.[1];
    return glued ?? (it === '--prefix' && words[at + 1]?.startsWith('/') ? words[at + 1]! : []);
  });
  return found.at(-1)?.replace(/(?<=.)\/+$/, '') || '/usr/local';
}

/** Whether the build files of cmake, meson and automake name a place outside of the prefix. */
function putsElsewhere({ context }: View): boolean {
  if (!context) return false;
  return context.files().some(({ path }) => {
    const text = /(?:^|\/)(?:CMakeLists\.txt|meson\.build|Makefile\.am|configure\.ac)$|\.cmake$/.test(path)
      ? context.read(path)
      : undefined;
    return (
      text !== undefined && /DESTINATION\s+"?\/|install_dir\s*:\s*'\/|^\w+dir\s*=\s*\/|install\(\s*CODE/m.test(text)
    );
  });
}

const pairOf = (word: string): [name: string, value: string] | undefined => {
  const match = /^(\w+)=(.*)$/.exec(word);
  return match ? [match[1]!, match[2]!] : undefined;
};
const valueOf = (name: string, words: readonly string[]): string | undefined =>
  words.map(pairOf).find((it) => it?.[0] === name)?.[1];

/** The files and folders that the rules for `install` of a Makefile write; undefined where they are not all known. */
function destinationsIn(makefile: string, given: ReadonlyMap<string, string>): string[] | undefined {
  const text = makefile.replace(/\\\r?\n/g, ' ');
  const variables = new Map<string, string>();
  for (const [, name, value] of text.matchAll(/^(?:export\s+)?(\w+)[ \t]*[:?]{0,2}=[ \t]*([^#\n]*?)[ \t]*(?:#.*)?$/gm))
    variables.set(name!, value!);
  for (const [name, value] of given) variables.set(name, value);
  const lines = rulesOf(text, 'install');
  if (lines.length === 0) return undefined;
  const folders = new Set<string>();
  const found: string[] = [];
  for (const line of lines.flatMap((it) => it.split(/&&|;/))) {
    const paths = pathsOf(resolved(line, variables), folders);
    if (!paths) return undefined;
    found.push(...paths);
  }
  const all = found
    .map(clean)
    .filter((it) => !folders.has(it) || !found.some((other) => other !== it && isBelow(clean(other), it)));
  return all.length === 0 ? undefined : [...new Set(all)];
}

/** The lines of a rule, with those of the rules that it needs and whose names begin alike. */
function rulesOf(text: string, target: string, seen = new Set<string>()): string[] {
  if (seen.has(target)) return [];
  seen.add(target);
  const rule = new RegExp(`^${target}[ \\t]*::?[ \\t]*([^\\n]*)\\n((?:\\t[^\\n]*\\n?|[ \\t]*\\n)*)`, 'm').exec(text);
  if (!rule) return [];
  const needed = rule[1]!.split(/\s+/).filter((it) => /^install/.test(it) && it !== target);
  return [...needed.flatMap((it) => rulesOf(text, it, seen)), ...rule[2]!.split('\n').map((it) => it.trim())].filter(
    Boolean,
  );
}

/** A line with its variables put in; DESTDIR is empty. */
function resolved(line: string, variables: ReadonlyMap<string, string>, depth = 0): string {
  const text = line.replace(/\$[({](\w+)[)}]/g, (whole, name: string) =>
    name === 'DESTDIR' ? '' : name === 'INSTALL' ? (variables.get(name) ?? 'install') : (variables.get(name) ?? whole),
  );
  return depth < 5 && text !== line ? resolved(text, variables, depth + 1) : text;
}

/** What `install`, `cp`, `mkdir` and `ln` of a line write; undefined for anything else that may write. */
function pathsOf(line: string, folders: Set<string>): string[] | undefined {
  const words = line
    .replace(/^[@-]+/, '')
    .trim()
    .split(/\s+/)
    .map((it) => it.replace(/^["']|["']$/g, ''));
  const name = baseName(words[0] ?? '');
  if (/^(?:echo|strip|test|\[|true|:|ldconfig|chmod|chown|)$/.test(name)) return [];
  const args: string[] = [];
  for (let at = 1; at < words.length; at += 1) {
    if (/^-[mogSt]$|^--(?:mode|owner|group)$/.test(words[at]!)) at += 1;
    else if (!words[at]!.startsWith('-')) args.push(words[at]!);
  }
  const makesFolders = name === 'mkdir' || (name === 'install' && words.some((it) => /^-\w*d\w*$/.test(it)));
  if (makesFolders) {
    if (args.some((it) => !isPlainPath(it))) return undefined;
    for (const it of args) folders.add(clean(it));
    return args;
  }
  if (!/^(?:install|cp|ln|mv|ginstall)$/.test(name) || args.length < 2) return undefined;
  const target = args.at(-1)!;
  if (!isPlainPath(target)) return undefined;
  const isFolder = target.endsWith('/') || folders.has(clean(target)) || args.length > 2 || isUsual(target);
  const sources = args.slice(0, -1);
  if (!isFolder) return [target];
  if (sources.some((it) => /[*?$%]/.test(it))) return isUsual(clean(target)) ? undefined : [target];
  return sources.map((it) => `${clean(target)}/${baseName(it)}`);
}

const isPlainPath = (path: string): boolean => path.startsWith('/') && !/[$*?`]/.test(path);
const isUsual = (path: string): boolean =>
  /^\/usr(?:\/local)?\/(?:s?bin|lib|include|share)$|^\/(?:s?bin|etc|lib)$/.test(path);
