import { settingVariables } from '../../knowledge/managers/settings.ts';
import { toolVariables } from '../../knowledge/managers/tool-variables.ts';
import type { Command } from '../../shell/command.ts';
import type { PackageOperation } from '../../shell/packages.ts';
import { below, fromRoot, isBelow, joined } from '../../text/path.ts';
import type { Step } from '../model.ts';
import { filled } from '../stages/filled.ts';
import type { Install } from './install.ts';
import type { Place } from './project.ts';

/** A path that an install is given beside its manifests. */
export interface NamedPath {
  /** What names it: `--cert`, `PIP_FIND_LINKS`, `.npmrc`. */
  readonly by: string;
  /** As it is given, `./` left out; undefined where only the build knows. */
  readonly path: string | undefined;
}

/** Options whose values are no paths of the project. */
const notPaths =
  /^--?(?:.*(?:registry|url|token|host|timeout|time|jobs|level|version|proxy|user|password|fund|audit|platform|arch|os|group|groups|extra|extras|without|with|only|omit|include|network|retries|workspace|filter|verbosity|runtime|configuration|framework|color|colour|progress|python|prefer|reporter|strategy)|w|p|j|c|i|r|v|q|T|P|U|B|D|pl|o)$/i;

/** Options whose values are always paths, a bare name too. */
const paths =
  /^--?(?:f|find-links|(?:client-)?cert|cafile|userconfig|globalconfig|cache(?:-folder|-dir)?|store-dir|modules-folder|use-yarnrc|s|settings|gs|global-settings|configfile|config-file|source|init-script)$/;

/** What the options and the variables of an install name beside its manifests; those of the options that say which packages are left out. */
export function namesIn(command: Command, operation: PackageOperation | undefined, step: Step): readonly NamedPath[] {
  return [...byOptions(command, operation, step), ...byVariables(command, step)];
}

function byOptions(command: Command, operation: PackageOperation | undefined, step: Step): NamedPath[] {
  const known = new Set(
    (['requirementsFile', 'manifest', 'directory', 'constraint'] as const).flatMap((flag) =>
      (operation?.flags.get(flag) ?? []).flatMap(({ value }) => (value ? [value.span.start] : [])),
    ),
  );
  return command.args.flatMap(({ text, span }, index): NamedPath[] => {
    const found = optionAt(command, index, text);
    if (!found || notPaths.test(found.option)) return [];
    if (known.has(span.start) || known.has(span.end - found.value.length)) return [];
    const path = filled(found.value, step.before);
    if (path === undefined) return [{ by: found.option, path: undefined }];
    return isLocal(path) || (paths.test(found.option) && isName(path))
      ? [{ by: found.option, path: path.replace(/^(?:\.\/)+/, '') }]
      : [];
  });
}

/** An option and its value, in one word or in two. */
function optionAt({ args }: Command, index: number, text: string): { option: string; value: string } | undefined {
  const glued = /^(--?[A-Za-z][\w.:-]*?)[=](.+)$/.exec(text) ?? /^(-[a-zA-Z])([./].*)$/.exec(text);
  if (glued) return { option: glued[1]!, value: glued[2]! };
  const before = args[index - 1]?.text ?? '';
  if (text.startsWith('-') || !/^--?[A-Za-z]/.test(before) || before.includes('=')) return undefined;
  return { option: before, value: text };
}

/** Whether a value may be a path of the project: one with a slash or an ending, and no address. */
const isLocal = (value: string): boolean =>
  !/^[a-z][a-z+.-]*:\/\/|^git@/i.test(value) &&
  (/^\.{0,2}\/?[\w.@-]+(?:\/[\w.@-]+)+\/?$/.test(value) ||
    /^\.{0,2}\/?[\w-]*\.?[\w-]+\.[a-z]+$/i.test(value) ||
    /^\.\/?[\w-]+\/?$/.test(value));

/** Whether a value is a path, if only of one name. */
const isName = (value: string): boolean => /^[\w.@/-]+$/.test(value);

const general: ReadonlySet<string> = new Set(
  'PATH HOME PWD LANG LANGUAGE SHELL USER TERM TZ GOPATH GOFLAGS CI'.split(' '),
);

function byVariables({ assignments }: Command, { before, script }: Step): NamedPath[] {
  const given = new Map<string, string>();
  for (const { name, value } of before.variables.values()) if (value.state === 'known') given.set(name, value.text);
  const exports = script?.commands.filter(({ name }) => name === 'export').flatMap(({ args }) => args) ?? [];
  for (const { text } of exports) given.set(text.replace(/=.*$/s, ''), text.slice(text.indexOf('=') + 1));
  for (const { name, value } of assignments) given.set(name, value?.text ?? '');
  return [...given].flatMap(([name, text]) => {
    if (general.has(name) || !(toolVariables.test(name) || settingVariables.test(name))) return [];
    return text
      .split(/[\s:,;=]+/)
      .flatMap((part) => (part.includes('/') && isLocal(part) ? [{ by: name, path: part }] : []));
  });
}

/** What is known of the project when its names are looked up. */
export interface Known extends Place {
  /** All that is copied of the project's folder, from there on. */
  readonly inside: readonly string[];
  /** What is copied ahead already, from the project's folder on. */
  readonly files: ReadonlySet<string>;
  /** Those of these that are settings, whose values may name other files. */
  readonly settings: readonly string[];
}

/** The files of the context that options, variables and settings name; a reason where they name what cannot be copied along. */
export function namedFiles(
  { command, operation, folder }: Install,
  step: Step,
  known: Known,
): { readonly files: readonly string[]; readonly reason: string | undefined } {
  const names = [...namesIn(command, operation, step), ...known.settings.flatMap((file) => inSettings(file, known))];
  const files: string[] = [];
  let reason: string | undefined;
  for (const { by, path } of names) {
    const found = path === undefined ? 'unknown' : lookUp(path, folder, known);
    if (found === 'unknown') reason ??= `only the build knows what ${by} names`;
    else if (found?.kind === 'file') files.push(found.path);
    else if (found) reason ??= `it reads ${found.path} (${by})`;
  }
  return { files, reason };
}

/** What a path of the image, or one seen from the folder of the install, is in the context; undefined for nothing of it. */
function lookUp(
  path: string,
  folder: string | undefined,
  known: Known,
): { readonly kind: 'file' | 'folder'; readonly path: string } | undefined {
  if (path.startsWith('/') && (folder === undefined || !isBelow(path, folder))) return undefined;
  const from = path.startsWith('/') ? below(path, folder!) : path;
  const whole = fromRoot(joined(known.folder, from));
  const rest = isBelow(whole, known.folder) ? below(whole, known.folder) : undefined;
  if (whole === known.folder || (rest !== undefined && known.files.has(rest))) return undefined;
  if (known.paths.includes(whole))
    return rest === undefined ? { kind: 'folder', path: whole } : { kind: 'file', path: rest };
  return known.paths.some((it) => it.startsWith(`${whole}/`)) ? { kind: 'folder', path: rest ?? whole } : undefined;
}

/** The values of a file of settings; what stands first on a line is the name of one. */
function inSettings(file: string, { context, folder }: Known): NamedPath[] {
  const text = context.read(joined(folder, file)) ?? '';
  return text.split('\n').flatMap((line) => {
    const words = line
      .replace(/^\s*[#;].*$/, '')
      .split(/[\s"'=,;<>()[\]{}]+|:\s/)
      .filter((it) => it !== '');
    const values = words.length > 1 && !words[0]!.startsWith('-') ? words.slice(1) : words;
    return values.flatMap((it) =>
      /^[a-z]+:\/\//i.test(it) || it.includes('$') ? [] : [{ by: file, path: it.replace(/^(?:\.\/)+/, '') }],
    );
  });
}
