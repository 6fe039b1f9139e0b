import { baseName, folderOf, type Install, joined, listed, type Model, type Step } from '../../../src/engine/rule.ts';

const ofJavascript: ReadonlySet<string> = new Set(['npm', 'yarn', 'pnpm', 'bun']);
const runners = /^(?:turbo|nx|lerna|rush)$/;
const options: Readonly<Record<string, RegExp>> = {
  pnpm: /^(?:--filter(?:=.*)?|-F|-r|--recursive|recursive|--workspace-root)$/,
  npm: /^(?:-w|--workspaces?(?:=.*)?)$/,
  yarn: /^workspaces?$/,
  bun: /^--filter(?:=.*)?$/,
};

/**
 * The files to copy before an install, in words: without a context only the command says what must be there, so a lock file
 * that it can do without has an `if`.
 */
export function usualNames(install: Install, files: readonly string[], step: Step, model: Model): string {
  const { ecosystem, operation } = install;
  const isLock = (path: string): boolean => ecosystem.locks.includes(baseName(path));
  const manifests = files.filter((path) => !isLock(path));
  if (manifests.length === 0) return listed(files);
  const named = lockNamed(install, model);
  const locks = files
    .filter(isLock)
    .map((path) => (hasOldNpm(install, step) ? shrinkwrap(path) : named ? joined(folderOf(path), named) : path));
  const spread = isWorkspace(install, model);
  const members = spread
    ? [...(ecosystem.id === 'pnpm' ? ['pnpm-workspace.yaml'] : []), 'the package.json of each workspace']
    : ecosystem.id === 'dotnet'
      ? [`the project files that ${files.length === 1 && !files[0]!.includes('*') ? 'it refers' : 'these refer'} to`]
      : [];
  if (ecosystem.id === 'dotnet' && operation?.manager !== 'nuget')
    return `${[...manifests, ...locks, ...members].join(', ')} and, if there are any, ${listed(dotnetSettings)}`;
  if (locks.length === 0 || operation?.flags.has('frozen')) return listed([...manifests, ...locks, ...members]);
  return `${[...manifests, ...members].join(', ')} and, if there is one, ${listed(locks)}`;
}

/** What dotnet reads besides the projects, in their folders or above. */
const dotnetSettings = ['Directory.Build.props', 'Directory.Packages.props', 'global.json', 'nuget.config'];

/** The lock file of the kind that the file itself copies somewhere. */
const lockNamed = ({ ecosystem }: Install, { stages }: Model): string | undefined =>
  stages
    .flatMap(({ steps }) => steps.flatMap(({ takes }) => takes.map(({ source }) => baseName(source))))
    .find((name) => ecosystem.locks.includes(name));

const shrinkwrap = (path: string): string => path.replace(/package-lock\.json$/, 'npm-shrinkwrap.json');

/** npm before 5, which came with Node.js 8, knows no package-lock.json. */
function hasOldNpm({ ecosystem }: Install, { stage }: Step): boolean {
  if (ecosystem.id !== 'npm' || !stage?.rootImage) return false;
  const { name, tag = '' } = stage.rootImage;
  if (name.endsWith('iojs')) return true;
  return /(?:^|\/|alpine-)node$/.test(name) && (/^[0-7](?!\d)/.test(tag) || /^(?:argon|boron)/.test(tag));
}

/** Whether the file shows that the project has workspaces, whose manifests an install reads too. */
export function isWorkspace({ ecosystem }: Install, { stages }: Model): boolean {
  return (
    ofJavascript.has(ecosystem.id) &&
    stages.some(({ steps }) => steps.some((step) => callsWorkspace(step) || namesWorkspace(step)))
  );
}

const callsWorkspace = ({ script }: Step): boolean =>
  script?.commands.some(({ name = '', args }) => {
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    const isRunner = (text: string): boolean => runners.test(text);
    if (isRunner(name) || (option && args.some(({ text }) => option.test(text)))) return true;
    return /^(?:npx|pnpx|bunx|pnpm|yarn|npm|bun)$/.test(name) && args.slice(0, 2).some(({ text }) => isRunner(text));
  }) ?? false;

/** `apps/web` and `/src/packages/ui` lie in a monorepo; `/apps` at the root is any folder. */
function namesWorkspace({ takes, instruction }: Step): boolean {
  const paths = takes.map(({ source }) => source);
  if (instruction.kind === 'Workdir' && instruction.path) paths.push(instruction.path.text);
  return paths.some(
    (path) =>
      /(?:^|\/)(?:pnpm-workspace\.yaml|turbo\.json|nx\.json|lerna\.json|rush\.json)$/.test(path) ||
      (/(?:^|[^/]\/|^\.\/)(?:packages|apps)\/[^/]/.test(path) && !path.includes('node_modules')),
  );
}
