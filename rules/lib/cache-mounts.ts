import {
  cleanPath,
  isBelow,
  type Model,
  type MountFlag,
  type PackageOperation,
  type Span,
  type Step,
} from '../../src/engine/rule.ts';
import {
  bypassing,
  configFiles,
  configWords,
  otherVersions,
  plainImages,
  withoutImage,
} from '../../src/knowledge/managers/cache-places.ts';
import { packageManagers } from '../../src/knowledge/managers/index.ts';
import type { Cache } from '../../src/knowledge/managers/types.ts';
import { accountOf, changesUser, homeOf } from './accounts.ts';
import { imageName, imageOf } from './image-caches.ts';
import { elsewhere, placeOf } from './package-caches.ts';
import { absolute } from './paths.ts';

type Mount = NonNullable<MountFlag['mount']>;

/** A folder that a RUN mounts in place of the layer's own. */
export interface MountedFolder {
  readonly step: Step;
  readonly flag: MountFlag;
  readonly mount: Mount;
  /** As written. */
  readonly written: string;
  /** Absolute and clean; a `~` in it is no more than a name to the builder. */
  readonly target: string;
  /** The value of the target. */
  readonly at: Span;
}

/** The mounts of these types whose place is known. */
export function mountsOf(step: Step, ...types: readonly Mount['type'][]): MountedFolder[] {
  const folder = step.before.workdir.state === 'known' ? step.before.workdir.text : undefined;
  return step.instruction.flags.flatMap((flag): MountedFolder[] => {
    const { mount } = flag;
    const option = mount?.options.findLast(({ key }) => key === 'target' || key === 'dst' || key === 'destination');
    if (!mount || !types.includes(mount.type) || option?.value === undefined || !option.valueSpan) return [];
    const written = option.value.replace(/^(['"])(.*)\1$/, '$2');
    const path = expanded(written, step);
    if (path === undefined || path === '') return [];
    const target = path.startsWith('/') ? cleanPath(path) : folder && cleanPath(`${folder}/${path}`);
    return target ? [{ step, flag, mount, written, target, at: option.valueSpan }] : [];
  });
}

/** The caches that a RUN mounts to read and write. */
export const cacheMounts = (step: Step): MountedFolder[] =>
  mountsOf(step, 'cache').filter(({ mount }) => mount.readonly !== true);

/** Whether any RUN mounts a folder that is in no layer; most files have none, and then nobody need look further. */
export const hasKeptMount = ({ file }: Model): boolean =>
  file.instructions.some(({ flags }) => flags.some(({ mount }) => mount?.type === 'cache' || mount?.type === 'tmpfs'));

/** With the values of variables; undefined where one is not known. */
export function expanded(text: string, { before }: Step): string | undefined {
  const whole = text.replace(/\$\{(\w+)\}|\$(\w+)/g, (all, braced?: string, plain?: string) => {
    const value = before.variable((braced ?? plain)!)?.value;
    return value?.state === 'known' ? value.text : all;
  });
  return whole.includes('$') ? undefined : whole;
}

/** A cache that an operation uses. */
export interface UsedCache {
  readonly operation: PackageOperation;
  readonly cache: Cache;
  /** Where it may be, the likeliest first; none where that is not known. */
  readonly places: readonly string[];
  /** Whether the operation is told to leave it alone. */
  readonly bypassed: boolean;
}

const managers = new Map(packageManagers.map((manager) => [manager.id, manager]));

/** The caches that an operation reads and fills, those included that it is told to leave alone or that a hook empties. */
export function usedCaches(operation: PackageOperation, step: Step): UsedCache[] {
  const manager = managers.get(operation.manager);
  if (!manager || operation.flags.has('dryRun')) return [];
  const bypassed = bypassing.has(manager.id) && operation.flags.has('noCache');
  return manager.caches
    .filter(({ after }) => after.includes(operation.action))
    .map((cache) => ({ operation, cache, places: placesOf(cache, operation, step), bypassed }));
}

function placesOf(cache: Cache, operation: PackageOperation, step: Step): string[] {
  const { command, flags } = operation;
  if (flags.has('installRoot') && operation.family !== 'cargo') return [];
  if (isBundledElsewhere(operation, step)) return [];
  const option = flags.get('cacheDir')?.at(-1)?.value;
  if (option) {
    if (operation.family === 'apt') return [];
    const path = absolute(folderOf(step), option.text.slice(option.text.indexOf('=') + 1));
    return path === undefined ? [] : [path];
  }
  const lookup = variables(operation, step);
  for (const [name, rest] of Object.entries(cache.moved ?? {})) {
    const value = lookup(name);
    if (value === undefined || value === '') continue;
    const path = value === null ? undefined : absolute(undefined, value.replace(/(?<=.)\/$/, ''));
    return path === undefined ? [] : [cleanPath(path + rest)];
  }
  if (!isKnownImage(step) || isConfigured(operation, step)) return [];
  if (changesUser(command) || step.script?.commands.some(({ name }) => name === 'su' || name === 'runuser')) return [];
  const first = cache.path in withoutImage ? withoutImage[cache.path] : placeOf(cache.path, step);
  if (first === undefined) return [];
  const all = [
    ...byUser(first, step),
    ...(otherVersions[cache.path] ?? []),
    ...(/^\/var\//.test(first) ? elsewhere(first, step) : []),
  ];
  const home = homeOf(step);
  const places = all.flatMap((path) => {
    if (!path.startsWith('~')) return [path];
    return home === undefined ? [] : [cleanPath(path.replace('~', home))];
  });
  // the likeliest is the one to name
  return home === undefined && all[0]!.startsWith('~') ? [] : [...new Set(places)];
}

/** Whether Bundler may install into a folder of the project, with a cache of its own. */
const isBundledElsewhere = (operation: PackageOperation, step: Step): boolean =>
  operation.manager === 'bundle' &&
  (operation.flags.has('prefix') ||
    operation.flags.get('frozen')?.some(({ name }) => name === '--deployment') === true ||
    ['BUNDLE_DEPLOYMENT', 'BUNDLE_PATH'].some((name) => step.before.variable(name) !== undefined) ||
    isConfigured(operation, step));

/** Yarn 1 has the cache of root elsewhere. */
function byUser(path: string, step: Step): string[] {
  if (path !== '/usr/local/share/.cache/yarn') return [path];
  const account = accountOf(step);
  return account?.uid === 0 ? [path] : ['~/.cache/yarn'];
}

const folderOf = ({ before, script }: Step): string | undefined =>
  before.workdir.state === 'known' && !script?.commands.some(({ name }) => name === 'cd' || name === 'pushd')
    ? before.workdir.text
    : undefined;

/** The value of a variable for a command; null where it has one that is not known. */
function variables({ command }: PackageOperation, step: Step): (name: string) => string | null | undefined {
  const given = new Map<string, string | null>();
  for (const [name, value] of Object.entries(imageOf(step)?.variables ?? {})) given.set(name, value);
  for (const { name, args, assignments, word, span } of step.script?.commands ?? []) {
    if (span.start >= command.span.start) continue;
    if (name === 'export')
      for (const { text } of args) {
        const equals = text.indexOf('=');
        if (equals > 0) given.set(text.slice(0, equals), known(text.slice(equals + 1), step));
      }
    if (word.text === '') for (const it of assignments) given.set(it.name, known(it.value?.text ?? '', step));
  }
  const own = new Map(command.assignments.map((it) => [it.name, known(it.value?.text ?? '', step)]));
  return (name) => {
    if (own.has(name)) return own.get(name);
    const binding = step.before.variable(name);
    const inScript = given.get(name);
    if (inScript !== undefined && !(binding && imageOf(step)?.variables[name] === inScript)) return inScript;
    if (!binding || binding.value.state === 'unset') return inScript;
    return binding.value.state === 'known' ? binding.value.text : null;
  };
}

const known = (text: string, step: Step): string | null => {
  const value = expanded(
    text.replace(/^\$\{?HOME\}?(?=\/|$)|^~(?=\/|$)/, () => homeOf(step) ?? '$'),
    step,
  );
  return value === undefined || /[`$~]/.test(value) ? null : value;
};

/** The place behind a link that the image has. */
export const linked = (path: string, step: Step): string => {
  const link = Object.entries(imageOf(step)?.links ?? {}).find(([from]) => isBelow(path, from));
  return link ? link[1] + path.slice(link[0].length) : path;
};

/** Whether it is known what the image sets: an official one, or one of the tables. */
export function isKnownImage(step: Step): boolean {
  const base = step.stage?.lineage[0]?.base;
  const name = imageName(step);
  if (base?.kind !== 'image' || name === undefined || step.stage?.os === 'windows') return false;
  return base.reference.official || imageOf(step) !== undefined || plainImages.some((image) => image.test(name));
}

/** Whether a setting of the manager may have moved its cache: `npm config set cache`, a `.npmrc` that is copied. */
function isConfigured({ command, manager, family }: PackageOperation, step: Step): boolean {
  if (
    [...command.args, ...command.assignments.flatMap(({ value }) => value ?? [])].some((it) =>
      configWords.test(it.text),
    )
  )
    return true;
  if (/^(?:mvn|gradle|sbt)$/.test(manager) && optionsOfJava.some((name) => configWords.test(textOf(step, name))))
    return true;
  const files = configFiles[manager] ?? configFiles[family];
  return before(step).some((it) => {
    const { instruction } = it;
    const copies = instruction.kind === 'Copy' || instruction.kind === 'Add';
    if (copies && files)
      return [...instruction.sources, instruction.destination].some((word) => word && files.test(word.text));
    return (it.script?.commands ?? []).some(
      ({ name, args, redirects }) =>
        (managesSame(name, manager, family) && setsCache(args.map(({ text }) => text))) ||
        (files && redirects.some(({ target }) => target && files.test(target.text))),
    );
  });
}

const optionsOfJava = ['MAVEN_OPTS', 'MAVEN_ARGS', 'MAVEN_CLI_OPTS', 'JAVA_TOOL_OPTIONS', 'SBT_OPTS', 'GRADLE_OPTS'];
const textOf = ({ before: { variable } }: Step, name: string): string => {
  const value = variable(name)?.value;
  return !value || value.state === 'unset' ? '' : value.text;
};

const managesSame = (name: string | undefined, manager: string, family: string): boolean =>
  name !== undefined && (name === manager || name.startsWith(family) || (family === 'npm' && name === 'npm'));

const setsCache = (texts: readonly string[]): boolean =>
  texts.slice(0, 3).some((text) => /^(?:config|set|c|env)$/.test(text)) &&
  texts.some((text) => /cache|store|deployment|folder|root|path|home|dir|GOFLAGS|GOMODCACHE|GOPATH/i.test(text));

/** What was done in the image before and in a step. */
export const before = ({ stage, index }: Step): readonly Step[] =>
  (stage?.lineage ?? []).flatMap((it) => (it === stage ? it.steps.slice(0, index + 1) : it.steps));

/** The edit that gives a mount another option. */
export const addToMount = ({ mount }: MountedFolder, option: string): { span: Span; text: string } => {
  const end = mount.options.at(-1)!.span.end;
  return { span: { start: end, end }, text: `,${option}` };
};
