import { absoluteIn } from '../../../model/stages/folder.ts';
import type { Command } from '../../../shell/command.ts';
import type { PackageOperation } from '../../../shell/packages.ts';
import { isBelow } from '../../../text/path.ts';
import { plainBase, slimOf } from '../base.ts';
import type { Parts, Recipe, Taken } from '../recipe.ts';
import type { View } from '../view.ts';
import { Obstacle, type Work } from '../work.ts';

const managers = /^(?:npm|yarn|pnpm|bun|npx|pnpx|yarnpkg|corepack|lerna|nx|turbo)$/;
const builders =
  /^(?:tsc|webpack|vite|rollup|esbuild|next|nuxt|ng|vue-cli-service|react-scripts|gulp|grunt|bower|node-gyp|parcel|nest|prisma|tsup|swc|babel|node)$/;

/** Node.js: the build has the dev dependencies, the image those that the program needs. */
export const node: Recipe = {
  id: 'node',
  matches: ({ rootImage }) => rootImage?.official === true && rootImage.name === 'node',
  builds: (command, operations) =>
    (managers.test(command.name ?? '') && !isGlobal(operations, command)) || builders.test(command.name ?? ''),
  drops: (command, operations) =>
    isGlobal(operations, command) && packagesOf(operations).every((it) => onlyBuilds.test(it)),
  keeps: (command, operations) => isGlobal(operations, command),
  sources:
    /(?:^|\/)(?:package-lock\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|tsconfig[^/]*\.json|[^/]*\.config\.[cm]?[jt]s|\.eslintrc[^/]*|\.prettierrc[^/]*|\.babelrc)$|(?:^|\/)(?:src|tests?|__tests__|e2e|cypress)\//,
  variables:
    /^(?:NPM_CONFIG_[A-Z_]+|npm_config_\w+|YARN_[A-Z_]+|PNPM_[A-Z_]+|CYPRESS_INSTALL_BINARY|HUSKY|PUPPETEER_SKIP_[A-Z_]*)$/,
  plan(view, works, project) {
    const installs = works.flatMap((it) => it.step.installs);
    const isNode = view.stage.rootImage?.official && view.stage.rootImage.name === 'node';
    if (!isNode || works.every(({ builds }) => builds.length === 0)) return undefined;
    const { programs } = view.start;
    if (programs.some(({ name, args }) => isBuilding(name, args)))
      throw new Obstacle(
        programs[0]!.step.instruction.span.start,
        `${programs[0]!.name} ${programs[0]!.args.join(' ')} builds or watches when the container starts`,
      );
    if (programs.length > 0 && programs.every(({ name }) => servers.test(name)))
      return behindServer(view, works, project);
    const served = servedBy(view, project);
    if (served) return served;
    if (installs.length === 0) return undefined;
    const prune = pruneOf(view, works, project);
    const { base, packages } = baseOf(view);
    const hasTools = works.some(({ packages: it }) =>
      it.some((operation) =>
        operation.packages.some(
          ({ name }) =>
            name !== undefined && /^(?:build-essential|g\+\+|gcc|make|python3?|build-base|git)$|-dev$/.test(name),
        ),
      ),
    );
    if (prune.lines.length === 0 && base === view.stage.rootImage!.text && !hasTools) return undefined;
    const built = builtBy(view, works, project);
    return {
      base,
      packages,
      takes: built ?? [],
      project: built ? 'read' : 'whole',
      isShown: built !== undefined,
      lastly: prune.lines,
      runs: /^(?:node|nodejs|npm|npx|yarn)$/,
      assumes: prune.assumes,
      leaves: [
        ...(prune.lines.length > 0 ? ['the dev dependencies'] : []),
        ...(base === view.stage.rootImage!.text ? [] : ['compilers, headers, Python and git of the base image']),
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
  /^(?:npm|yarn|pnpm|typescript|@angular\/cli|@vue\/cli|@nestjs\/cli|gulp(?:-cli)?|grunt(?:-cli)?|bower|lerna|turbo|nx|node-gyp|webpack(?:-cli)?|rimraf|corepack|npm-check-updates|eslint|prettier|create-react-app|vite)$/;
const servers = /^(?:nginx|caddy|httpd|apache2(?:ctl)?|apachectl|lighttpd)$/;
const isBuilding = (name: string, args: readonly string[]): boolean =>
  /^(?:nodemon|ts-node|ts-node-dev|tsx|vite|webpack-dev-server|concurrently)$/.test(name) ||
  (managers.test(name) && /^(?:run )?(?:dev|develop|watch|serve|build|test|start:dev)\b/.test(args.join(' ')));

/** A server of static files that no program of Node.js is: what is built is copied to it. */
function behindServer(view: View, works: readonly Work[], project: readonly string[]): Parts {
  const base = plainBase(view.system);
  if (base === undefined)
    throw new Obstacle(view.stage.from.span.start, 'the distribution of the base image is not known');
  const outputs = works.flatMap((it) => it.outputs);
  const named = namedFolders(view, project);
  if (outputs.length === 0 && named.length === 0)
    throw new Obstacle(view.stage.from.span.start, 'which files the server sends is not known');
  return {
    base,
    takes: named.map((it) => ({ from: it, to: it, isFolder: true, what: 'the built site' })),
    project: 'none',
    runs: servers,
    leaves: ['Node.js', 'the dependencies', 'the sources'],
  };
}

/** Folders of the project that settings of the server name. */
function namedFolders({ context, stage, model }: View, project: readonly string[]): string[] {
  const texts = [
    ...(context
      ?.files()
      .filter(({ path }) => /nginx|Caddyfile|httpd|\.conf$/.test(path))
      .map(({ path }) => context.read(path) ?? '') ?? []),
    ...stage.steps.flatMap(({ instruction: { span, kind } }) =>
      kind === 'Copy' ? [model.file.text.slice(span.start, span.end)] : [],
    ),
  ];
  const found = texts.flatMap((text) =>
    [...text.matchAll(/\broot\s+"?\*?\s*(\/[^\s;"]+)/g)].map(([, path]) => path!.replace(/\/+$/, '')),
  );
  return [...new Set(found.filter((path) => project.some((it) => path !== it && isBelow(path, it))))];
}

/** `serve -s build`, `http-server dist`: a program that is installed for all, and the folder that it sends. */
function servedBy(view: View, project: readonly string[]): Parts | undefined {
  const [program] = view.start.programs;
  if (!program || !/^(?:serve|http-server|sirv|superstatic)$/.test(program.name) || program.path !== undefined)
    return undefined;
  const isInstalled = view.stage.steps.some(({ operations }) =>
    operations.some((it) => it.flags.has('global') && it.packages.some(({ name }) => name === program.name)),
  );
  const folder = program.args
    .map((it) =>
      /^[\w./-]+$/.test(it) && !it.startsWith('-') && !/^\d+$/.test(it) ? absoluteIn(view.home, it) : undefined,
    )
    .find((it) => it !== undefined);
  if (!isInstalled || folder === undefined || !project.some((it) => folder !== it && isBelow(folder, it)))
    return undefined;
  const taken: Taken = { from: folder, to: folder, isFolder: true, what: 'the built site' };
  return {
    base: baseOf(view).base,
    takes: [taken],
    project: 'none',
    runs: /^(?:serve|http-server|sirv|superstatic|node)$/,
    leaves: ['the dependencies', 'the sources'],
  };
}

/**
 * The folders that a program needs where its build is shown to write one folder only: a compiler of TypeScript that package.json
 * calls, with its settings at hand. Undefined where a build may write anywhere.
 */
function builtBy(view: View, works: readonly Work[], project: readonly string[]): Taken[] | undefined {
  const { context } = view;
  const manifest = manifestOf(view);
  const [folder] = project;
  if (!context || !manifest || project.length !== 1 || folder === undefined) return undefined;
  if (
    manifest.workspaces ||
    Object.keys(manifest.scripts ?? {}).some((it) => /^(?:pre|post)(?:build|install)$|^prepare$/.test(it))
  )
    return undefined;
  const runs = works
    .flatMap(({ step, builds }) => builds.flatMap((it) => step.operationsOf(it)))
    .filter(({ action }) => action === 'run' || action === 'build');
  const scripts = runs.map(
    ({ command }) => manifest.scripts?.[command.args.findLast(({ text }) => !text.startsWith('-'))?.text ?? ''],
  );
  const others = works.flatMap(({ builds }) => builds).filter(({ name }) => !managers.test(name ?? ''));
  if (
    others.length > 0 ||
    scripts.length !== 1 ||
    !/^(?:npx )?(?:tsc(?: (?:-p|--project|--build|-b)(?: [\w./-]+)?)?|nest build)$/.test(scripts[0] ?? '')
  )
    return undefined;
  const out = /"outDir"\s*:\s*"([^"]+)"/.exec(
    context.read('tsconfig.build.json') ?? context.read('tsconfig.json') ?? '',
  )?.[1];
  const place = out === undefined ? undefined : absoluteIn(folder, out);
  if (place === undefined || place === folder || !isBelow(place, folder)) return undefined;
  if (!view.start.programs.every(({ args }) => args.some((it) => isBelow(absoluteIn(view.home, it) ?? '/', place))))
    return undefined;
  return [
    { from: `${folder}/package.json`, to: `${folder}/package.json`, isFolder: false, what: 'the manifest' },
    { from: `${folder}/node_modules`, to: `${folder}/node_modules`, isFolder: true, what: 'the dependencies' },
    { from: place, to: place, isFolder: true, what: 'what is built' },
  ];
}

interface Pruning {
  readonly lines: readonly string[];
  readonly assumes: readonly string[];
}

/** How the dev dependencies go when the build is done; nothing where none are there, or where the program may need them. */
function pruneOf(view: View, works: readonly Work[], project: readonly string[]): Pruning {
  const none: Pruning = { lines: [], assumes: [] };
  const installs = works.flatMap(({ step }) => step.installs.map((it) => ({ ...it, step })));
  const folders = new Set(installs.map(({ folder }) => folder));
  const names = new Set(installs.flatMap(({ operation }) => operation?.manager ?? []));
  const [manager] = names;
  if (folders.size !== 1 || names.size !== 1 || !project.includes([...folders][0] ?? '')) return none;
  const manifest = manifestOf(view);
  if (manifest && Object.keys(manifest.devDependencies ?? {}).length === 0) return none;
  const hasDev = installs.some(
    ({ operation, step }) =>
      !operation?.flags.has('production') && !isProduction(step.before.variable('NODE_ENV')?.value),
  );
  if (!hasDev || !needsNoTools(view)) return none;
  const prune = {
    npm: 'npm prune --omit=dev',
    pnpm: 'pnpm prune --prod',
    yarn: 'yarn install --production --ignore-scripts --prefer-offline',
  }[manager ?? ''];
  if (prune === undefined || (manager === 'yarn' && isBerry(view))) return none;
  const old = manager === 'npm' && Number(/^\d+/.exec(view.stage.rootImage?.tag ?? '')?.[0] ?? 99) < 16;
  return {
    lines: [`RUN ${old ? 'npm prune --production' : prune}`],
    assumes: ['the program needs no dev dependency when it runs'],
  };
}

const isProduction = (value: { readonly state: string; readonly text?: string } | undefined): boolean =>
  value?.text === 'production';
const isBerry = ({ context }: View): boolean => context === undefined || context.read('.yarnrc.yml') !== undefined;

/** Whether what starts is Node.js itself, or a script of package.json that starts it, and no dev dependency. */
function needsNoTools(view: View): boolean {
  const { programs } = view.start;
  const manifest = manifestOf(view);
  const isDev = (name: string): boolean =>
    manifest !== undefined && Object.hasOwn(manifest.devDependencies ?? {}, name);
  if (manifest && importsDev(view, Object.keys(manifest.devDependencies ?? {}))) return false;
  return programs.every(({ name, args }) => {
    if (name === 'node') return !args.some((it) => /ts-node|tsx|@babel\/register|@swc/.test(it));
    if (!/^(?:npm|yarn|pnpm)$/.test(name)) return false;
    const script = args.find((it) => it !== 'run' && !it.startsWith('-')) ?? 'start';
    const text = manifest?.scripts?.[script];
    const words = text?.split(/\s+/).filter((it) => !/^\w+=/.test(it) && it !== 'cross-env') ?? [];
    const [program] = words;
    return (
      program !== undefined &&
      !isDev(program) &&
      (program === 'node' || Object.hasOwn(manifest?.dependencies ?? {}, program)) &&
      !/ts-node|nodemon/.test(text!)
    );
  });
}

interface Manifest {
  readonly workspaces?: unknown;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

function manifestOf({ context }: View): Manifest | undefined {
  try {
    return JSON.parse(context?.read('package.json') ?? '') as Manifest;
  } catch {
    return undefined;
  }
}

/** Whether code that is no test and no setting imports a dev dependency: it may be meant for the program. */
function importsDev({ context }: View, names: readonly string[]): boolean {
  const files =
    context
      ?.files()
      .filter(
        ({ path }) =>
          /\.[cm]?[jt]sx?$/.test(path) &&
          !/(?:^|\/)(?:tests?|__tests__|spec|e2e|node_modules|scripts)\/|\.(?:test|spec|config|stories)\.|(?:^|\/)\.\w+rc|(?:gulp|grunt)file/i.test(
            path,
          ),
      ) ?? [];
  const tested = names.filter((it) => !it.startsWith('@types/'));
  if (tested.length === 0) return false;
  return files.slice(0, 2000).some(({ path }) => {
    const text = context!.read(path) ?? '';
    return [...text.matchAll(/(?:\bfrom|\brequire\(|\bimport\(?)\s*['"]([^'"\n]+)['"]/g)].some(([whole, name]) => {
      const root = /^(?:@[^/]+\/)?[^/]+/.exec(name!)?.[0] ?? '';
      return tested.includes(root) && !new RegExp(`import type [^\\n]*${whole.slice(-5)}`).test(text);
    });
  });
}

/** The slim image where the context shows that no program needs what it lacks; else the image itself. */
function baseOf(view: View): { base: string; packages: readonly string[] } {
  const { rootImage } = view.stage;
  const same = { base: rootImage!.text, packages: [] };
  const slim = slimOf(rootImage!, view.system?.codename);
  if (slim === undefined || slim === rootImage!.text || !view.context) return same;
  const manifest = view.context.read('package.json') ?? '';
  if (
    /"(?:puppeteer|playwright|canvas|pg-native|node-rdkafka|libxmljs\d*|gm|imagemagick|sodium-native|nodegit|mysql-native|ibm_db|oracledb)"/.test(
      manifest,
    )
  )
    return same;
  const packages = [
    ...(/"(?:@prisma\/client|prisma)"/.test(manifest) ? ['openssl'] : []),
    ...view.start.checks.flatMap(({ name }) => (/^(?:curl|wget|git)$/.test(name) ? [name] : [])),
  ];
  return { base: slim, packages: [...new Set(packages)] };
}
