import {
  bypassing,
  configFiles,
  configWords,
  otherVersions,
  withoutImage,
} from '../../knowledge/managers/cache-places.ts';
import { packageManagers } from '../../knowledge/managers/index.ts';
import type { Cache } from '../../knowledge/managers/types.ts';
import type { PackageOperation } from '../../shell/packages.ts';
import { clean, withoutSlash } from '../../text/path.ts';
import { lazy } from '../lazy.ts';
import type { Step } from '../model.ts';
import { changesUser } from '../stages/accounts.ts';
import { anyUntil } from '../stages/earlier.ts';
import { filled } from '../stages/filled.ts';
import { absoluteIn } from '../stages/folder.ts';
import { imageOf, isKnownImage } from './image-caches.ts';
import { elsewhere, placeOf } from './package-caches.ts';

/** A cache that an operation uses. */
export interface UsedCache {
  readonly operation: PackageOperation;
  readonly cache: Cache;
  /** Where it may be, the likeliest first; none where that is not known. */
  readonly places: readonly string[];
  /** Whether the operation is told to leave it alone. */
  readonly bypassed: boolean;
}

const managers = lazy(() => new Map(packageManagers.map((manager) => [manager.id, manager])));

/** The caches that an operation reads and fills, those included that it is told to leave alone or that a hook empties. */
export function usedCaches(operation: PackageOperation, step: Step): UsedCache[] {
  const manager = managers().get(operation.manager);
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
    const path = absoluteIn(folderIn(step), option.text.slice(option.text.indexOf('=') + 1));
    return path === undefined ? [] : [path];
  }
  const lookup = variables(operation, step);
  for (const [name, rest] of Object.entries(cache.moved ?? {})) {
    const value = lookup(name);
    if (value === undefined || value === '') continue;
    const path = value === null ? undefined : absoluteIn(undefined, withoutSlash(value));
    return path === undefined ? [] : [clean(path + rest)];
  }
  if (!isKnownImage(step) || isConfigured(operation, step)) return [];
  if (changesUser(command) || step.script?.named('su').length || step.script?.named('runuser').length) return [];
  const first = cache.path in withoutImage ? withoutImage[cache.path] : placeOf(cache.path, step, operation.manager);
  if (first === undefined) return [];
  const all = [
    ...byUser(first, step),
    ...(otherVersions[cache.path] ?? []),
    ...(/^\/var\//.test(first) ? elsewhere(first, step) : []),
  ];
  const home = step.home;
  const places = all.flatMap((path) => {
    if (!path.startsWith('~')) return [path];
    return home === undefined ? [] : [clean(path.replace('~', home))];
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
  return step.account?.uid === 0 ? [path] : ['~/.cache/yarn'];
}

const folderIn = ({ before, script }: Step): string | undefined =>
  before.workdir.state === 'known' && !script?.named('cd').length && !script?.named('pushd').length
    ? before.workdir.text
    : undefined;

/** The value of a variable for a command; null where it has one that is not known. */
function variables({ command }: PackageOperation, step: Step): (name: string) => string | null | undefined {
  const ofImage = imageOf(step)?.variables ?? {};
  // the last one before the command counts
  const given = (name: string): string | null | undefined => {
    const before = step.script?.given.get(name)?.findLast((it) => {
      const sets = it.by === 'assignment' || (it.by === 'argument' && it.command.name === 'export');
      return sets && it.command.span.start < command.span.start;
    });
    if (!before) return Object.hasOwn(ofImage, name) ? ofImage[name] : undefined;
    const { value, word } = before;
    return known(word ? word.text.slice(name.length + 1) : (value?.text ?? ''), step);
  };
  const own = new Map(command.assignments.map((it) => [it.name, known(it.value?.text ?? '', step)]));
  return (name) => {
    if (own.has(name)) return own.get(name);
    const binding = step.before.variable(name);
    const inScript = given(name);
    if (inScript !== undefined && !(binding && ofImage[name] === inScript)) return inScript;
    if (!binding || binding.value.state === 'unset') return inScript;
    return binding.value.state === 'known' ? binding.value.text : null;
  };
}

const known = (text: string, step: Step): string | null => {
  const value = filled(
    text.replace(/^\$\{?HOME\}?(?=\/|$)|^~(?=\/|$)/, () => step.home ?? '$'),
    step.before,
  );
  return value === undefined || /[`$~]/.test(value) ? null : value;
};

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
  return anyUntil(step, `cache of ${manager} ${family}`, (it) => {
    const { instruction } = it;
    const copies = instruction.kind === 'Copy' || instruction.kind === 'Add';
    if (copies && files)
      return [...instruction.sources, instruction.destination].some((word) => word && files.test(word.text));
    return (it.script?.commands ?? []).some(
      ({ name, args, redirects }) =>
        (managesSame(name, manager, family) && setsCache(args.map(({ text }) => text))) ||
        (files !== undefined && redirects.some(({ target }) => target !== undefined && files.test(target.text))),
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
