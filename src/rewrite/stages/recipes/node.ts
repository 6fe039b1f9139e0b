import { type Started, startedBy } from '../../../model/process/program.ts';
import { absoluteIn } from '../../../model/stages/folder.ts';
import type { Command } from '../../../shell/command.ts';
import type { PackageOperation } from '../../../shell/packages.ts';
import { words } from '../../../shell/script.ts';
import { folderOf, isBelow } from '../../../text/path.ts';
import { isOnPath } from '../given.ts';
import type { Parts, Recipe, Taken } from '../recipe.ts';
import { isIn, type View } from '../view.ts';
import { Obstacle, type Work } from '../work.ts';
import { allStarted, fileAt, programsNamed } from './compiled.ts';
import { baseOf } from './node-base.ts';
import { writtenBy } from './node-outputs.ts';
import {
  devNames,
  type Manifest,
  manifestAt,
  manifestsOf,
  resolved,
  scriptCommands,
  startedInAll,
} from './node-project.ts';
import { pruneOf } from './node-prune.ts';
import { behindServer, servedBy } from './node-static.ts';

const managers = /^(?:npm|yarn|pnpm|bun|npx|pnpx|yarnpkg|corepack|lerna|nx|turbo)$/;
const builders =
  /^(?:tsc|webpack|vite|rollup|esbuild|next|nuxt|nuxi|ng|vue-cli-service|react-scripts|gulp|grunt|bower|node-gyp|parcel|nest|prisma|tsup|swc|babel|node)$/;

/** Node.js: the build has the dev dependencies, the image those that the program needs. */
export const node: Recipe = {
  id: 'node',
  matches: ({ rootImage }) => rootImage?.official === true && rootImage.name === 'node',
  builds: (command, operations) =>
    (managers.test(command.name ?? '') && !isGlobal(operations, command)) || builders.test(command.name ?? ''),
  drops: (command, operations, view) =>
    isGlobal(operations, command) &&
    packagesOf(operations).every((it) => onlyBuilds.test(it) && (it === 'npm' || !isStarted(it, view))),
  keeps: (command, operations) => isGlobal(operations, command),
  // the program reads what it is given from the folder of the sources too, but no code
  sources:
    /(?:^|\/)(?:package-lock\.json|yarn\.lock|pnpm-lock\.yaml|pnpm-workspace\.yaml|bun\.lockb?|tsconfig[^/]*\.json|nest-cli\.json|nodemon\.json|jest[^/]*\.json|[^/]*\.config\.[cm]?[jt]s|\.eslint\w*|\.eslintrc[^/]*|\.prettierrc[^/]*|\.prettierignore|\.babelrc|\.nvmrc|\.swcrc|\.npmrc|\.yarnrc)$|\.(?:[cm]?tsx?|jsx|vue|svelte|astro|s[ac]ss|less)$|(?:^|\/)src\/.*\.[cm]?js$|(?:^|\/)(?:tests?|__tests__|__mocks__|e2e|cypress|\.husky|\.storybook)\//,
  implicit: /^(?:public|views|static|config|locales|prisma|ormconfig\.\w+|newrelic\.c?js|\.env.*)$/,
  variables:
    /^(?:NPM_CONFIG_[A-Z_]+|npm_config_\w+|YARN_[A-Z_]+|PNPM_[A-Z_]+|CYPRESS_INSTALL_BINARY|HUSKY|PUPPETEER_SKIP_[A-Z_]*|NEXT_TELEMETRY_DISABLED)$/,
  plan(view, works, project, texts) {
    if (works.every(({ builds }) => builds.length === 0)) return undefined;
    refuseDevelopment(view);
    const image = baseOf(view, texts);
    const site = behindServer(view, works, project) ?? servedBy(view, project, image.base);
    if (site) return site;
    const folders = installFolders(works);
    if (folders.length === 0) return undefined;
    refuseElsewhere(view, works);
    refuseAbove(view, works, project);
    const prune = pruneOf(view, works, folders);
    const same = image.base === view.stage.rootImage!.text;
    if (prune.lines.length === 0 && same && !works.some(({ packages }) => packages.some(isOfBuild))) return undefined;
    const built = folders.length === 1 ? builtBy(view, works, folders[0]!, project) : undefined;
    return {
      base: image.base,
      packages: image.packages,
      ...(built ?? { takes: [], project: 'whole' }),
      isShown: built !== undefined,
      lastly: prune.lines,
      runs: runsFor(view),
      assumes: [...prune.assumes, ...image.assumes],
      leaves: [
        ...(prune.lines.length > 0 ? ['the dev dependencies'] : []),
        ...(built?.project === 'read' ? ['the sources'] : []),
        ...(same ? [] : ['compilers, headers, Python and git of the base image']),
      ],
    };
  },
};

const isGlobal = (operations: readonly PackageOperation[], { args }: Command): boolean =>
  operations.some(({ flags, action }) => flags.has('global') && (action === 'install' || action === 'upgrade')) ||
  (operations.length > 0 && args[0]?.text === 'global');
const packagesOf = (operations: readonly PackageOperation[]): string[] =>
  operations.flatMap(({ packages }) => packages.flatMap(({ name }) => name ?? []));
/** Tools that are installed for all projects, and only build. */
const onlyBuilds =
  /^(?:npm|yarn|pnpm|typescript|@angular\/cli|@vue\/cli|@nestjs\/cli|gulp(?:-cli)?|grunt(?:-cli)?|bower|lerna|turbo|nx|node-gyp|node-pre-gyp|webpack(?:-cli)?|rimraf|corepack|npm-check-updates|eslint|prettier|create-react-app|vite|react-scripts|parcel(?:-bundler)?|esbuild|tsup|rollup)$/;
const isStarted = (name: string, view: View): boolean => allStarted(view).some((it) => it.name === name);

/** Packages of the system that compile dependencies, or fetch them. */
const isOfBuild = ({ packages }: PackageOperation): boolean =>
  packages.some(
    ({ name }) =>
      name !== undefined &&
      /^(?:build-essential|g\+\+|gcc|make|cmake|python[23]?|build-base|git|libtool|autoconf|automake)$|-dev$/.test(
        name,
      ),
  );

/** Programs that run the sources themselves, or build them before they start. */
const developing =
  /^(?:nodemon|ts-node|ts-node-dev|tsnd|tsx|vite|webpack-dev-server|concurrently|react-scripts|vue-cli-service|ng|parcel|gatsby|babel-node|gulp|grunt|tsc|webpack|expo|storybook|electron|hexo|eleventy)$/;

function refuseDevelopment(view: View): void {
  for (const started of allStarted(view)) {
    const found = resolved(started, view).find(
      ({ name, args }) =>
        developing.test(name) ||
        (/^(?:next|nuxt|nuxi|nest|astro|remix|strapi)$/.test(name) &&
          /^(?:dev|develop|build|generate)$/.test(args[0] ?? '')) ||
        (name === 'nest' && args[0] === 'start') ||
        (/^(?:npm|yarn|pnpm)$/.test(name) && /^(?:install|i|ci|add)$/.test(args[0] ?? '')) ||
        (name === 'node' && args.some((it) => /(?:ts-node|tsx|@babel\/register|@swc-node\/register)/.test(it))),
    );
    const isNamed =
      managers.test(started.name) &&
      /^(?:run )?(?:dev|develop|watch|build|test|start:dev)\b/.test(started.args.join(' '));
    if (!found && !isNamed) continue;
    const all = [started, ...(found && found !== started ? [found] : [])];
    throw new Obstacle(
      started.step.instruction.span.start,
      `${all.map(({ name, args }) => [name, ...args.slice(0, 2)].join(' ')).join(': ')} builds, or runs the sources, when the container starts`,
    );
  }
}

/** What a build leaves outside of the project, and what would be fetched again at start. */
function refuseElsewhere(view: View, works: readonly Work[]): void {
  const offset = view.stage.from.span.start;
  const all = manifestsOf(view).flatMap((it) => Object.keys({ ...it.dependencies, ...it.optionalDependencies }));
  const isSkipped = view.steps.some(
    ({ instruction: { kind, span } }) =>
      kind === 'Env' &&
      /PUPPETEER_SKIP|PLAYWRIGHT_SKIP|PUPPETEER_CACHE_DIR|PLAYWRIGHT_BROWSERS_PATH/.test(
        view.model.file.text.slice(span.start, span.end),
      ),
  );
  const browser = all.find((it) => /^(?:puppeteer|playwright)$/.test(it));
  if (browser !== undefined && !isSkipped)
    throw new Obstacle(offset, `${browser} keeps its browser outside of the project`);
  for (const { builds } of works)
    for (const { name, args, span } of builds)
      if (name === 'npx' && args.some(({ text }) => /^(?:playwright|puppeteer)$/.test(text)))
        throw new Obstacle(span.start, 'it leaves a browser outside of the project');
  const enables = works.flatMap(({ builds }) => builds).find(({ name }) => name === 'corepack');
  const called = allStarted(view).find(({ name }) => /^(?:yarn|pnpm)$/.test(name));
  if (enables && called)
    throw new Obstacle(enables.span.start, `corepack would fetch ${called.name} again when the container starts`);
}

/** Settings that name where a build writes. */
const settingOf =
  /\b(?:outDir|outputPath|outFile|outfile|distDir|dest|destination)["']?\s*[:=]\s*["'](\.\.\/[^"']*)["']/g;

/** Throws an `Obstacle` for a build that writes beside the folder of the project. */
function refuseAbove(view: View, works: readonly Work[], project: readonly string[]): void {
  const files =
    view.context
      ?.files()
      .filter(({ path }) => /(?:^|\/)(?:[^/]*\.config\.[cm]?[jt]s|tsconfig[^/]*\.json|angular\.json)$/.test(path)) ??
    [];
  for (const folder of project) {
    const manifest = manifestAt(folder, view);
    const args = manifest
      ? commandsOf(view, works, manifest).flatMap((it) => it.args.map((text) => ({ text, in: it.folder })))
      : [];
    const named = args.flatMap(({ text, in: own }) => {
      const path = /(?:^|=)(\.\.\/.*)$/.exec(text)?.[1];
      return path === undefined ? [] : (absoluteIn(own ?? folder, path) ?? []);
    });
    const set = files.flatMap(({ path }) =>
      [...(view.context!.read(path) ?? '').matchAll(settingOf)].flatMap(
        ([, to]) => absoluteIn(`${folder}/${folderOf(path)}`, to!) ?? [],
      ),
    );
    const above = [...named, ...set].find((it) => !isIn(it, project));
    if (above !== undefined)
      throw new Obstacle(view.stage.from.span.start, `the build writes into ${above}, outside of the project`);
  }
}

/** Programs of the base, and those that the final stage installs for all. */
function runsFor(view: View): RegExp {
  const installed = view.steps.flatMap(({ operations }) =>
    operations.filter((it) => isGlobal([it], it.command)).flatMap((it) => packagesOf([it])),
  );
  const bins = installed.flatMap((it) =>
    it === 'pm2' ? ['pm2', 'pm2-runtime', 'pm2-docker'] : [it.replace(/^@[^/]+\//, '')],
  );
  // PATH may lead to the programs of the dependencies
  const own = isOnPath('node_modules/.bin', view.stage)
    ? manifestsOf(view).flatMap((it) => Object.keys(it.dependencies ?? {}))
    : [];
  return programsNamed(['node', 'nodejs', 'npm', 'npx', 'yarn'], [...bins, ...own]);
}

/** The folders in which dependencies of JavaScript are installed. */
const installFolders = (works: readonly Work[]): string[] => [
  ...new Set(
    works.flatMap(({ step }) =>
      step.installs.flatMap(({ folder, operation }) =>
        operation && managers.test(operation.manager) && folder !== undefined ? [folder] : [],
      ),
    ),
  ),
];

/**
 * What a program needs of a project whose build is shown to write into folders of its own: those, where it runs from there, or
 * nothing but the dependencies, where nothing is written. Undefined where the build may write anywhere.
 */
function builtBy(
  view: View,
  works: readonly Work[],
  folder: string,
  project: readonly string[],
): Pick<Parts, 'takes' | 'project'> | undefined {
  const manifest = manifestAt(folder, view);
  if (!view.context || !manifest || manifest.workspaces || project.length !== 1 || project[0] !== folder)
    return undefined;
  // they are links into the project, which an install may build there
  if (Object.values({ ...manifest.dependencies, ...manifest.optionalDependencies }).some((it) => isLocal.test(it)))
    return undefined;
  const written = writtenBy(commandsOf(view, works, manifest), view, folder);
  if (!written) return undefined;
  const put = (path: string, isFolder: boolean, what: string): Taken => ({ from: path, to: path, isFolder, what });
  const dependencies = put(`${folder}/node_modules`, true, 'the dependencies');
  const hasDependencies =
    Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }).length > 0 ||
    (Object.keys(manifest.devDependencies ?? {}).length > 0 && devNames(view).size === 0);
  if (written.length === 0) return { takes: hasDependencies ? [dependencies] : [], project: 'again' };
  if (!startedInAll(view).every((it) => isOfBuilt(it, { written, view, folder }))) return undefined;
  const settings = ['next.config.js', 'next.config.mjs', 'next.config.ts'].filter((it) =>
    fileAt(`${folder}/${it}`, view),
  );
  const takes = [
    put(`${folder}/package.json`, false, 'the manifest'),
    ...(hasDependencies ? [dependencies] : []),
    ...settings.map((it) => put(`${folder}/${it}`, false, 'the settings')),
    ...written.map((it) => put(it, true, 'what is built')),
  ];
  return { takes, project: 'read' };
}

const isLocal = /^(?:file|link|portal|workspace):/;

const lifecycle = ['preinstall', 'install', 'postinstall', 'prepublish', 'prepare'];

/** What builds, with what scripts of package.json call in turn. */
function commandsOf(view: View, works: readonly Work[], { scripts = {} }: Manifest): Started[] {
  const all = works.flatMap(({ step, builds }) =>
    builds.flatMap((command): Started[] => {
      const folder = view.folderAt(step, command);
      const started = startedBy(words(command), folder, step);
      const [operation] = step.operationsOf(command);
      const runsScripts =
        operation?.action === 'install' &&
        !isGlobal([operation], command) &&
        !command.args.some(({ text }) => text === '--ignore-scripts');
      const own = runsScripts ? lifecycle.flatMap((it) => scripts[it] ?? []) : [];
      return [...(started ? [{ ...started, folder }] : []), ...own.flatMap((it) => scriptCommands(it, folder, step))];
    }),
  );
  return all.filter(({ name }) => name !== 'corepack').flatMap((it) => resolved(it, view));
}

interface Built {
  readonly written: readonly string[];
  readonly view: View;
  readonly folder: string;
}

/** Options of node that the next word belongs to. */
const withValue = /^(?:-r|--require|--import|--loader|--experimental-loader|-C|--conditions|--env-file)$/;

/** Whether what is started lies in what is built, or is a framework that finds it. */
function isOfBuilt({ name, args, folder: own, path }: Started, built: Built): boolean {
  const { written, view, folder } = built;
  const isBuilt = (it: string | undefined): boolean => {
    if (it === undefined) return false;
    const place = it.startsWith('/') ? it : `${own ?? view.home ?? folder}/${it.replace(/^\.\//, '')}`;
    return written.some((of) => isBelow(place, of));
  };
  const entries = args.filter((it, at) => !it.startsWith('-') && !withValue.test(args[at - 1] ?? ''));
  const loaded = args.filter((it, at) => withValue.test(args[at - 1] ?? '') && /^\.{0,2}\//.test(it));
  if (name === 'node' || name === 'nodejs' || /^(?:remix-serve|react-router-serve)$/.test(name))
    return (args.includes('-e') || isBuilt(entries[0])) && loaded.every(isBuilt);
  if (name === 'pm2' || name === 'pm2-runtime') return isBuilt(entries.find((it) => it !== 'start'));
  if (name === 'next') return args[0] === 'start';
  // scripts and programs of the system are looked at on their own
  return path !== undefined || !/^(?:knex|sequelize|sequelize-cli|typeorm|strapi|keystone|mocha|jest)$/.test(name);
}
