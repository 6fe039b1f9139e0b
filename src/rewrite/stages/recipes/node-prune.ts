import { npmPrune } from '../../../knowledge/images/node.ts';
import type { Install } from '../../../model/installs/install.ts';
import type { Step } from '../../../model/model.ts';
import { isBelow } from '../../../text/path.ts';
import { isBuilding } from '../files.ts';
import { isOnPath } from '../given.ts';
import type { View } from '../view.ts';
import type { Work } from '../work.ts';
import { allStarted } from './compiled.ts';
import { devNames, isNeededBin, manifestAt, manifestsOf, namedDev, resolved, startedInAll } from './node-project.ts';

export interface Pruning {
  readonly lines: readonly string[];
  readonly assumes: readonly string[];
}

const none: Pruning = { lines: [], assumes: [] };

/** How the dev dependencies go when the build is done; nothing where none are there, or where the program may need them. */
export function pruneOf(view: View, works: readonly Work[], folders: readonly string[]): Pruning {
  const end = works.findLast(isBuilding)?.step;
  const installs = works.flatMap(({ step }) => step.installs.filter(isOfNode).map((it) => ({ ...it, step })));
  const [manager, ...others] = new Set(installs.map(({ operation }) => operation!.manager));
  const folder = ownFolder(view, folders);
  if (!end || others.length > 0 || folder === undefined) return none;
  const own = installs.filter((it) => it.folder === folder);
  if (
    !own.some((it) => bringsDev(it, it.step)) ||
    isPruned(works) ||
    (manifestsOf(view).length > 0 && devNames(view).size === 0)
  )
    return none;
  if (!sameUser(own.at(-1)!.step, end) || needsDev(view)) return none;
  const prune = commandOf(manager!, own.at(-1)!, { view, isThere: view.folderOf(end) === folder });
  if (prune === undefined) return none;
  const fronts = folders.filter((it) => it !== folder && isBelow(it, folder) && isFront(it, view));
  const rest = fronts.length === 0 ? '' : ` && rm -rf ${fronts.map((it) => `${it}/node_modules`).join(' ')}`;
  return { lines: [`RUN ${prune}${rest}`], assumes: ['the program needs no dev dependency when it runs'] };
}

const isOfNode = ({ operation }: Install): boolean => /^(?:npm|yarn|pnpm)$/.test(operation?.manager ?? '');

/** The folder of what is started, where some are front ends that a server sends. */
function ownFolder(view: View, folders: readonly string[]): string | undefined {
  if (folders.length <= 1) return folders[0];
  const places = startedInAll(view).map(({ folder, args }) => {
    const entry = args.find((it) => /\.[cm]?js$|\//.test(it) && !it.startsWith('-'));
    const from = folder ?? view.home ?? '/';
    return entry === undefined ? from : entry.startsWith('/') ? entry : `${from}/${entry.replace(/^\.\//, '')}`;
  });
  const found = new Set(
    places.map((place) => folders.filter((it) => isBelow(place, it)).sort((a, b) => b.length - a.length)[0]),
  );
  return found.size === 1 ? [...found][0] : undefined;
}

/** Whether a folder with dependencies of its own is only built: nothing is started in it, and no code names its dependencies. */
const isFront = (folder: string, view: View): boolean =>
  view.context !== undefined &&
  manifestAt(folder, view)?.scripts?.build !== undefined &&
  manifestsOf(view).every((it) => !it.workspaces) &&
  !startedInAll(view).some((it) => it.folder !== undefined && isBelow(it.folder, folder));

/** Whether an install gets what is for development as well. */
function bringsDev({ operation }: Install, step: Step): boolean {
  if (operation?.flags.has('production') === true) return false;
  const value = (name: string): string | undefined => {
    const found = step.before.variable(name)?.value;
    return found && 'text' in found ? found.text : undefined;
  };
  return (
    value('NODE_ENV') !== 'production' &&
    !['NPM_CONFIG_OMIT', 'NPM_CONFIG_PRODUCTION', 'npm_config_production', 'npm_config_omit', 'YARN_PRODUCTION'].some(
      (it) => value(it) !== undefined,
    ) &&
    !operation!.command.assignments.some(({ name }) => name === 'NODE_ENV')
  );
}

/** Whether they are left out already, or what is installed is moved away. */
const isPruned = (works: readonly Work[]): boolean =>
  works.some(
    ({ step }) =>
      step.effects.all.some(({ kind, path }) => kind === 'remove' && path.endsWith('/node_modules')) ||
      step.operations.some(
        ({ verb, manager, flags, action }) =>
          /^(?:npm|yarn|pnpm)$/.test(manager) &&
          (verb?.text === 'prune' || (action === 'install' && flags.has('production') && !flags.has('global'))),
      ),
  );

/** What one user has installed, another may not change. */
const sameUser = (one: Step, other: Step): boolean =>
  JSON.stringify(one.before.user) === JSON.stringify(other.before.user);

interface Where {
  readonly view: View;
  /** Whether the build ends in the folder of the dependencies. */
  readonly isThere: boolean;
}

function commandOf(manager: string, { folder, operation }: Install, { view, isThere }: Where): string | undefined {
  const own = operation!.command.args.map(({ text }) => text);
  if (manager === 'npm') {
    const more = own.filter((it) => /^(?:--legacy-peer-deps|--force|-f)$/.test(it)).join(' ');
    // npm 5 could not prune before it came with Node.js 8.9, and npm 5 and 6 do not look at --prefix
    if (/^8\.[0-8](?:[.-]|$)/.test(view.stage.rootImage?.tag ?? '')) return undefined;
    const text = `${isThere ? '' : `cd ${folder} && `}${npmPrune(view.stage.rootImage)}`;
    return more === '' ? text : `${text} ${more}`;
  }
  // the second yarn needs a plugin for it
  if (manager === 'yarn')
    return isBerry(view)
      ? undefined
      : `yarn ${isThere ? '' : `--cwd ${folder} `}install --production --ignore-scripts --prefer-offline`;
  return isThere &&
    manifestsOf(view).every((it) => !it.workspaces) &&
    view.context?.read('pnpm-workspace.yaml') === undefined
    ? 'CI=true pnpm prune --prod'
    : undefined;
}

const isBerry = (view: View): boolean =>
  view.context === undefined ||
  view.context.read('.yarnrc.yml') !== undefined ||
  /^yarn@[2-9]/.test(manifestAt(undefined, view)?.packageManager ?? '') ||
  /^__metadata:/m.test(view.context.read('yarn.lock') ?? '');

/** Whether what starts, or code that it may load, needs a dev dependency. */
function needsDev(view: View): boolean {
  const dev = devNames(view);
  const all = startedInAll(view);
  if (
    namedDev(
      view,
      all.some(({ name }) => /^(?:next|nuxt|strapi)$/.test(name)),
    ) !== undefined
  )
    return true;
  const isKnown = manifestsOf(view).length > 0;
  const isNamed = (args: readonly string[]): boolean =>
    args.some((it) => [...dev].some((one) => it === one || it.startsWith(`${one}/`)));
  const mayBeDev = (name: string): boolean =>
    !system.has(name) && isNeededBin(name, view) !== true && !isInstalled(name, view);
  return allStarted(view).some((direct) => {
    if (!isKnown && /\.sh$|entrypoint/.test(direct.name)) return true;
    const [first, ...inner] = resolved(direct, view);
    if (first === undefined || isNamed(first.args)) return true;
    // programs of dependencies are found by scripts of package.json, by npx, and where PATH leads to them
    if (manager.test(first.name))
      return (
        !isKnown ||
        inner.length === 0 ||
        inner.some((it) => isNamed(it.args) || (!manager.test(it.name) && mayBeDev(it.name)))
      );
    return first.path === undefined
      ? isOnPath('node_modules/.bin', view.stage) && mayBeDev(first.name)
      : first.path.includes('/node_modules/');
  });
}
const manager = /^(?:npm|yarn|pnpm|npx)$/;

const system: ReadonlySet<string> = new Set(
  'node nodejs sh bash ash dash echo sleep true false test [ [[ exit cd exec env ls mkdir chown chmod cp mv rm ln touch cat grep sed awk printf set export if date id pwd wait trap read nc curl wget pg_isready until while then do done fi else : source . kill'.split(
    ' ',
  ),
);

/** Whether a package for all projects, or of the system, has that name. */
const isInstalled = (name: string, { steps }: View): boolean =>
  steps.some(({ operations }) =>
    operations.some(({ family, flags, packages }) =>
      packages.some(
        (it) => (family !== 'npm' || flags.has('global')) && (it.name === name || name.startsWith(`${it.name}-`)),
      ),
    ),
  );
