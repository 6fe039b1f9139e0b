import { buildCommands } from '../../knowledge/commands/build-commands.ts';
import type { Effect } from '../../model/files/effect.ts';
import { isTransfer } from '../../model/files/takes.ts';
import type { Step } from '../../model/model.ts';
import { absoluteIn } from '../../model/stages/folder.ts';
import type { Command } from '../../shell/command.ts';
import type { PackageOperation } from '../../shell/packages.ts';
import { baseName, folderOf, hasWildcard, isBelow } from '../../text/path.ts';
import type { Recipe } from './recipe.ts';
import { installedBy } from './recipes/make-install.ts';
import { isIn, topmost, type View } from './view.ts';
import { Obstacle, type Owned, type Work } from './work.ts';

const system: ReadonlySet<string> = new Set(['apt', 'apk', 'rpm', 'dpkg', 'zypper', 'pacman']);
const accounts: ReadonlySet<string> = new Set(
  'useradd adduser groupadd addgroup usermod groupmod passwd chpasswd'.split(' '),
);
/** Whether a program makes or changes accounts. */
export const isAccount = (name: string | undefined): boolean => name !== undefined && accounts.has(name);
/** They change nothing that is kept; with a redirection they write files, which the effects tell. */
const idle = new Set(
  'set cd pushd popd echo printf true : test [ [[ ls pwd exit sleep date export unset uname whoami id which command type hash cat env sync getconf nproc wait trap read shift local return . source dpkg-architecture dpkg-buildflags gpg gpgconf ldd file'.split(
    ' ',
  ),
);
/** They renew what the package manager of the final stage renews by itself. */
const refreshed = new Set(['ldconfig', 'update-ca-certificates', 'apt-mark']);
/** They work on the files of the folder in which they run. */
const localTools: ReadonlySet<string> = new Set(
  'git patch find sed awk perl mage task just protoc autoconf autoreconf automake libtoolize aclocal autoheader'.split(
    ' ',
  ),
);
/** They choose among what packages have brought. */
const switches = new Set([
  'a2enmod',
  'a2dismod',
  'a2ensite',
  'a2dissite',
  'a2enconf',
  'a2disconf',
  'phpenmod',
  'phpdismod',
]);
/** They change what is built, where it lies. */
const finishers = new Set(['strip', 'objcopy', 'upx', 'patchelf', 'chrpath', 'ranlib']);
const repositoryTools = new Set(['apt-key', 'add-apt-repository']);
const repositoryFolders = ['/etc/apt', '/usr/share/keyrings', '/etc/apk', '/etc/yum.repos.d'];

/** Below these nothing is left that a program of an image reads. */
const passing = ['/tmp', '/var/tmp', '/dev', '/proc'];
/** Below these a build leaves what it fetched and wrote down; folders and links that a RUN makes there are for a program. */
const caches = [
  ...['/var/cache', '/var/lib/apt', '/var/log', '/usr/src', '/usr/local/share/.cache'],
  ...['.cache', '.npm', '.cargo', '.m2', '.gradle', 'go', '.composer', '.gem', '.bundle', '.mix', '.hex'].map(
    (it) => `/root/${it}`,
  ),
];

/** The folders in which a stage builds, the topmost of them. */
export function projectOf(view: View, recipe: Recipe): string[] {
  const found: string[] = [];
  for (const step of view.steps) {
    if (step.instruction.kind !== 'Run') continue;
    for (const command of step.script?.commands ?? []) {
      if (!isBuild(command, step, recipe)) continue;
      const at = view.folderAt(step, command);
      const folder = recipe.folderOf?.(command, at) ?? at;
      if (folder === '') continue;
      if (folder === undefined)
        throw new Obstacle(command.span.start, `the folder in which ${command.word.text} runs is not known`);
      found.push(...(typeof folder === 'string' ? [folder] : folder));
    }
  }
  const built = [...found];
  const last = view.steps.findLastIndex(
    (step) => step.instruction.kind === 'Run' && step.script?.commands.some((it) => isBuild(it, step, recipe)) === true,
  );
  // what is copied later is not there when the build ends
  for (const step of view.steps.slice(0, last)) {
    if (!isTransfer(step.instruction)) continue;
    for (const { target, origin, source } of step.takes)
      if (target !== undefined && origin.kind === 'context' && (isWhole(source) || isAbove(target, built)))
        found.push(target);
  }
  return topmost(found);
}

const isWhole = (source: string): boolean => /^\.?\/?$/.test(source);
/** Whether files land in a folder in which others build: `COPY main.c /app/` with the build in `/app/build`. */
const isAbove = (target: string, built: readonly string[]): boolean =>
  target !== '/' && built.some((it) => it !== target && isBelow(it, target));

export const isBuild = (command: Command, step: Step, recipe: Recipe): boolean =>
  recipe.builds(command, step.operationsOf(command)) ||
  (command.name !== undefined && buildCommands.has(command.name) && !isInstall(command));

/** `make install` leaves what it builds outside of the project. */
export const isInstall = ({ name = '', args }: Command): boolean =>
  /^(?:make|gmake|ninja|cmake|meson)$/.test(name) && args.some(({ text }) => /^(?:--)?install(?:\/\w+)?$/.test(text));

export function workOf(step: Step, view: View, recipe: Recipe, project: readonly string[]): Work {
  const { script, instruction } = step;
  if (!script?.parsed) throw new Obstacle(instruction.span.start, 'its script cannot be read');
  const work = {
    step,
    builds: [] as Command[],
    packages: [] as PackageOperation[],
    setup: [] as Command[],
    outputs: [] as string[],
    owned: [] as Owned[],
    repositories: [] as Command[],
  };
  for (const command of script.commands) {
    if (command.within.includes('substitution')) continue;
    sort(command, { step, view, recipe, project, work });
  }
  return { ...work, outputs: work.outputs.filter((it) => !isGone(it, step)) };
}

/** Whether the last that a script does with a path is to remove it. */
const isGone = (path: string, { effects }: Step): boolean =>
  effects.all.findLast((it) => it.kind !== 'read' && (isBelow(path, it.path) || isBelow(it.path, path)))?.kind ===
    'remove' && effects.all.some(({ kind, path: removed }) => kind === 'remove' && isBelow(path, removed));

/** Settings of what comes from the build stage are made there: `chmod +x` of a program. */
export const withBrought = (works: readonly Work[], brought: readonly string[]): Work[] =>
  works.map((work) => {
    const isOfBuild = (command: Command): boolean =>
      work.step.effects.all.some(
        (it) => it.command === command && it.kind !== 'read' && brought.some((path) => isBelow(it.path, path)),
      );
    const moved = work.setup.filter(isOfBuild);
    if (moved.length === 0) return work;
    return { ...work, builds: [...work.builds, ...moved], setup: work.setup.filter((it) => !moved.includes(it)) };
  });

interface Sorting {
  readonly step: Step;
  readonly view: View;
  readonly recipe: Recipe;
  readonly project: readonly string[];
  readonly work: { readonly [K in 'builds' | 'setup' | 'repositories']: Command[] } & {
    readonly packages: PackageOperation[];
    readonly outputs: string[];
    readonly owned: Owned[];
  };
}

function sort(command: Command, { step, view, recipe, project, work }: Sorting): void {
  const { name, span } = command;
  const operations = step.operationsOf(command);
  if (operations.some(({ family }) => system.has(family))) {
    work.packages.push(...operations);
    return;
  }
  if (isBuild(command, step, recipe) || finishers.has(name ?? '') || recipe.drops?.(command, operations, view)) {
    work.builds.push(command);
    if (recipe.keeps?.(command, operations) && isBuild(command, step, recipe)) work.setup.push(command);
    return;
  }
  if (isInstall(command) || recipe.installs?.(command, operations)) {
    work.builds.push(command);
    const [folder, words] = [view.folderAt(step, command), wordsOf(view)];
    const paths = isInstall(command)
      ? installedBy(
          command,
          folder,
          [command.args, ...words].flat().map(({ text }) => text),
          view,
        )
      : (recipe.installed?.(command, folder, words) ?? ['/usr/local']);
    work.outputs.push(...paths);
    return;
  }
  if (recipe.keeps?.(command, operations) || accounts.has(name ?? '') || switches.has(name ?? '')) {
    work.setup.push(command);
    return;
  }
  const effects = step.effects.all.filter((it) => it.command === command);
  const writes = effects.filter(({ kind, means }) => kind !== 'read' && means !== 'cache');
  const isKey = name === 'gpg' && command.args.some(({ text }) => repositoryFolders.some((it) => isBelow(text, it)));
  if (
    repositoryTools.has(name ?? '') ||
    isKey ||
    (writes.length > 0 && writes.every(({ path }) => repositoryFolders.some((it) => isBelow(path, it))))
  ) {
    work.repositories.push(command);
    return;
  }
  if (isToolchain(command, step)) {
    work.builds.push(command);
    return;
  }
  const isUnknown = step.effects.unknown.some(({ start, end }) => start >= span.start && end <= span.end);
  const isIdle =
    command.word.text === '' ||
    (name !== undefined && (idle.has(name) || refreshed.has(name) || isVersionQuery(command)));
  const isInside = (path: string): boolean => isIn(path, project);
  const own = shells.has(name ?? '') ? command.args.find(({ text }) => !text.startsWith('-'))?.text : command.word.text;
  const folder = view.folderAt(step, command);
  const script = own !== undefined && folder !== undefined ? absoluteIn(folder, own) : undefined;
  const inProject = script !== undefined && (own!.includes('/') || shells.has(name ?? '')) && isInside(script);
  const isLocal = localTools.has(name ?? '') && folder !== undefined && isInside(folder);
  if ((inProject || isLocal) && isUnknown) {
    work.builds.push(command);
    return;
  }
  const isSent = (name === 'curl' || name === 'wget') && isUnpacked(command, step);
  if (isUnknown && !isIdle && !isSent && name !== 'rm')
    throw new Obstacle(span.start, `dflint does not know what ${command.word.text} leaves`);
  ofEffects(command, effects, { step, view, recipe, project, work });
}

/** `curl … | tar -x`: what is fetched goes to a program that tells where it lands. */
const isUnpacked = (command: Command, step: Step): boolean =>
  step.script?.piped(command).at(-1)?.name === 'tar' && step.script.piped(command)[0] === command;

/** What fetches a toolchain: `curl … sh.rustup.rs | sh`, `tar -C /usr/local -xzf go1.24.tar.gz`. */
function isToolchain(command: Command, step: Step): boolean {
  const piped = step.script?.piped(command) ?? [command];
  const all = piped.flatMap(({ args }) => args.map(({ text }) => text));
  if (piped.length > 1 && all.some((it) => toolScripts.test(it))) return true;
  return command.name === 'tar' && all.some((it) => toolArchives.test(it));
}

const toolScripts =
  /^(?:https?:\/\/)?(?:sh|static)\.rustup\.rs|rustup-init|get\.sdkman\.io|getcomposer\.org\/(?:installer|composer)/;
const toolArchives =
  /(?:^|\/)(?:go[\d$]|go\.(?:tar|tgz)|golang|apache-maven|maven|gradle|cmake-|rust-|zig-|openjdk-|jdk-?\d|protoc-)[^/]*$/;

const wordsOf = ({ steps }: View) => steps.flatMap(({ script }) => script?.commands.map(({ args }) => args) ?? []);

const shells = new Set(['sh', 'bash', 'ash', 'dash']);
const isVersionQuery = ({ args }: Command): boolean =>
  args.length > 0 && args.length < 3 && args.some(({ text }) => /^(?:--?version|-v|-V|version|--help)$/.test(text));

/** Files of the project and passing ones stay where they are built; others are brought, or made again. */
function ofEffects(command: Command, effects: readonly Effect[], { project, work }: Sorting): void {
  const isInside = (path: string): boolean => project.some((it) => it !== '/' && isBelow(path, it));
  const isPassing = ({ path, means }: Effect): boolean =>
    passing.some((it) => isBelow(path, it)) ||
    (!remade.has(means) && (path.startsWith('~') || caches.some((it) => isBelow(path, it))));
  const lasting = effects.filter((it) => it.kind !== 'read' && it.means !== 'cache' && !isPassing(it));
  const outside = lasting.filter(({ path }) => !isInside(path));
  for (const { means, path, deep } of lasting)
    if (means === 'owner' && (deep || isInside(path))) work.owned.push({ owner: ownerOf(command), path });
  if (outside.length === 0) {
    if (lasting.some(({ means }) => means !== 'owner')) work.builds.push(command);
    return;
  }
  if (outside.every(({ means }) => means === 'remove' || means === 'cache')) {
    // what packages bring there would be read
    if (command.within.length === 0 && outside.every(({ path }) => settings.test(path))) work.setup.push(command);
    return;
  }
  if (command.within.length > 0)
    throw new Obstacle(command.span.start, `${command.word.text} is done only in some cases`);
  const isMade = outside.every(({ means, kind }) => remade.has(means) || kind === 'remove');
  const fromProject = effects.some(
    (it) => it.kind === 'read' && it.means !== 'enter' && !baseFolders.some((folder) => isBelow(it.path, folder)),
  );
  if (isMade && !fromProject) {
    if (effects.some(({ means, path }) => remade.has(means) && isOutput(path, work.outputs))) return;
    work.setup.push(command);
    return;
  }
  for (const { path, kind } of outside) {
    if (kind === 'remove') continue;
    const place = hasWildcard(baseName(path)) ? folderOf(path) : path;
    if (hasWildcard(place) || place === '/' || systemFolders.has(place) || (place !== path && sharedFolders.has(place)))
      throw new Obstacle(command.span.start, `what ${command.word.text} leaves in ${path} is not known by name`);
    if (!toolFolders.some((it) => isBelow(place, it))) work.outputs.push(place);
  }
}

const isOutput = (path: string, outputs: readonly string[]): boolean => outputs.some((it) => isBelow(path, it));
/** What a command makes of nothing, so that it can be made in another stage as well. */
const remade = new Set<Effect['means']>(['folder', 'link', 'owner', 'mode', 'redirect', 'edit', 'file', 'enter']);
/** Where servers look for their settings and pages. */
const settings = /^\/(?:etc\/(?!apt\/|ssl\/)|var\/www\/|usr\/share\/nginx\/html)/;
/** What a small image has there as well. */
const baseFolders = ['/etc', '/usr/share', '/usr/lib', '/usr/bin', '/bin', '/lib'];
const sharedFolders = new Set([
  '/usr/local/bin',
  '/usr/local',
  '/usr/local/share',
  '/root',
  '/home',
  '/var',
  '/var/lib',
]);
const systemFolders = new Set(['/usr', '/usr/bin', '/bin', '/lib', '/usr/lib', '/etc', '/opt', '/usr/local/lib']);
/** Where toolchains are unpacked that only build. */
const toolFolders = ['/usr/local/go', '/usr/local/cargo', '/usr/local/rustup', '/opt/maven', '/opt/gradle'];

const ownerOf = ({ args }: Command): string => args.find(({ text }) => !text.startsWith('-'))?.text ?? '';
