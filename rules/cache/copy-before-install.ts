import {
  type Ahead,
  aheadOf,
  baseName,
  below,
  type Context,
  dockerfile,
  type Finding,
  folderOf,
  hasMount,
  hasWildcard,
  type Install,
  isBelow,
  isKnownPlace,
  isSpread,
  isWholeContext,
  kindOfSource,
  type Model,
  mayComeFromElsewhere,
  rule,
  type Span,
  type Step,
  type Take,
  usualFiles,
  withoutSlash,
} from '../../src/engine/rule.ts';
import { counted, listed } from '../lib/words.ts';
import { type Brought, broughtBefore, isManifest, onePerCopy } from './lib/dependency-copies.ts';
import { isWorkspace, usualNames } from './lib/usual-names.ts';

export default rule({
  id: 'copy-before-install',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'The whole project is copied before its dependencies are installed.',
  why: `
    Every dependency is then installed again, although none of them changed. If only the manifest and the lock file are
    copied before it, only a change to these files runs it again. An install that needs the project's own files is not
    reported, nor is one that mounts them. With the build context, the files are counted, and folders that hold the manifest
    are judged as well as the whole context. A build that downloads dependencies counts as an install if the context shows
    that there are some; in preset strict it always counts.
  `,
  instead: 'Copy the manifest and the lock file, run the install, then copy the rest.',
  url: 'https://docs.docker.com/build/cache/optimize/#order-your-layers',
  examples: {
    npm: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY . .
           ~
      RUN npm ci
    `,
    'pip, with a separate folder': dockerfile`
      FROM python:3.13
      ADD ./ /app
          ~~
      RUN pip install --no-cache-dir -r /app/requirements.txt
    `,
    'the manifest first': dockerfile`
      FROM node:22
      WORKDIR /app
      COPY package.json package-lock.json ./
      RUN npm ci
      COPY . .
      RUN npm run build
    `,
    'an install that needs no manifest': dockerfile`
      FROM node:22
      COPY . /app
      RUN npm install -g pnpm@9.15.0
    `,
    'from another stage, or one folder': dockerfile`
      FROM node:22 AS source
      FROM node:22
      WORKDIR /app
      COPY --from=source /app .
      COPY packages/api ./
      RUN npm ci
    `,
  },
  visit: {
    File: (model) => onePerCopy(model, (step) => step.installs.flatMap((install) => judge(install, step, model) ?? [])),
  },
});

function judge(install: Install, step: Step, model: Model): (Finding & { at: Span }) | undefined {
  const { context } = model;
  const { manifests, ecosystem, builds } = install;
  if (manifests.length === 0 || isMounted(step, builds) || (builds && ecosystem.ahead === 'none')) return undefined;
  if (isRemovedAgain(install, step, model)) return undefined;
  const sources = broughtBefore(step);
  const broad = (context && inContext(install, step, sources, context)) ?? withoutContext(install, step, sources);
  if (!broad) return undefined;
  const before = step.earlier;
  const at = before.indexOf(broad.step);
  const hasInstall = (steps: readonly Step[], ofBuilds: boolean): boolean =>
    steps.some(({ installs }) => installs.some((it) => it.ecosystem === ecosystem && (ofBuilds || !it.builds)));
  if (hasInstall(before.slice(0, at), true)) return undefined;
  if (builds && (hasInstall(before.slice(at), false) || takesInstalled(before, ecosystem))) return undefined;
  if (mayComeFromElsewhere(manifests[0]!, before.slice(at + 1), step, install)) return undefined;
  return finding(install, broad, step, model);
}

/** Whether the RUN removes what it installs into the project, which an install of its own would leave in a layer that ships. */
function isRemovedAgain({ ecosystem, folder, command }: Install, step: Step, { target }: Model): boolean {
  if (folder === undefined || ecosystem.id === 'pip' || !step.stage || !target?.lineage.includes(step.stage))
    return false;
  const outputs = ecosystem.outputs.filter((it) => !hasWildcard(it)).map((it) => `${withoutSlash(folder)}/${it}`);
  return step.effects.all.some(
    ({ kind, path, at }) =>
      kind === 'remove' &&
      at.start > command.span.start &&
      outputs.some((it) => isBelow(it, path.replace(/\/\*$/, ''))),
  );
}

/** With a bind mount the files do not come from the copy; with a cache mount a build finds what it got the last time. */
const isMounted = (step: Step, builds: boolean): boolean =>
  hasMount(step, 'bind') || (builds && hasMount(step, 'cache'));

/** Whether dependencies come from a stage that installs them. */
const takesInstalled = (steps: readonly Step[], ecosystem: Install['ecosystem']): boolean =>
  steps.some(({ takes }) =>
    takes.some(
      ({ via, origin }) =>
        via === 'copy' &&
        origin.kind === 'stage' &&
        origin.stage.allSteps.some(({ installs }) => installs.some((it) => it.ecosystem === ecosystem)),
    ),
  );

/** A copy that holds both the manifest and other files. */
interface Broad extends Brought {
  /** The other files that it takes; undefined without a context. */
  readonly others: readonly string[] | undefined;
  /** What to copy first, and whether it lies in other folders than that of the install. */
  readonly files: readonly string[];
  readonly isSpread: boolean;
  /** What is to be done before that. */
  readonly first?: string;
  readonly preset?: 'strict';
}

/** Undefined where the context does not have the manifest, so that it says nothing; false where nothing is wrong. */
function inContext(
  install: Install,
  step: Step,
  sources: readonly Brought[],
  context: Context,
): Broad | false | undefined {
  const found = sources
    .flatMap(({ take }) => [...take.landed])
    .find(([place]) => install.manifests.some((it) => isManifest(it, place)));
  if (!found) return undefined;
  const [place, { path: manifest }] = found;
  const paths = [...new Set(sources.flatMap(({ take }) => [...take.landed.values()].map(({ path }) => path)))];
  const folder = projectFolder(install, place, manifest);
  const ahead = aheadOf(install, step, { context, folder, paths });
  const { obstacle, files } = ahead;
  if (obstacle?.kind === 'project') return false;
  const root = folderOf(place);
  for (const { take, step: by } of sources) {
    const isOwn = take.landed.has(place);
    const others = [...take.landed].flatMap(([at, { path }]) =>
      (isOwn || isBelow(at, root)) && !files.includes(path) && !isAside(install, path, folder) ? [path] : [],
    );
    if (others.length === 0 || others.every((it) => isNamed(take, it))) continue;
    const isSure = !install.builds || hasDependencies(install, context, ahead);
    return {
      ...{ take, step: by, others, files },
      isSpread: files.some((it) => folderOf(it) !== folder),
      ...(obstacle?.kind === 'output' ? { first: `List ${obstacle.name} in .dockerignore, then ` } : {}),
      ...(isSure ? {} : { preset: 'strict' as const }),
    };
  }
  return false;
}

/** The folder of the context that stands for that of the install, where the manifest came with its folders. */
function projectFolder({ folder }: Install, place: string, manifest: string): string {
  if (folder === undefined || !isBelow(place, folder)) return folderOf(manifest);
  const inner = below(place, folder);
  return manifest === inner
    ? ''
    : manifest.endsWith(`/${inner}`)
      ? manifest.slice(0, -inner.length - 1)
      : folderOf(manifest);
}

/** A folder of nothing but requirements files is a list of dependencies. */
const isAside = ({ ecosystem }: Install, path: string, folder: string): boolean =>
  (ecosystem.id === 'pip' || ecosystem.id === 'uv') &&
  folder !== '' &&
  isBelow(path, folder) &&
  /\.(?:txt|in)$/.test(path);

/** Whether the source names the file, with wildcards or without, and no folder that holds it. */
function isNamed({ source, parents }: Take, path: string): boolean {
  if (isWholeContext(source)) return false;
  const plain = withoutSlash(source.replace(/^(?:\.?\/)+/, ''));
  return parents
    ? !plain.endsWith('**') && /[*.]/.test(baseName(plain))
    : plain.split('/').length === path.split('/').length;
}

function hasDependencies({ ecosystem }: Install, context: Context, { files }: Ahead): boolean {
  if (ecosystem.id === 'maven') return true;
  if (ecosystem.id === 'dotnet') return files.some((it) => context.read(it)?.includes('<PackageReference'));
  return files.some((it) => ecosystem.locks.includes(baseName(it)));
}

function withoutContext(install: Install, step: Step, sources: readonly Brought[]): Broad | undefined {
  const { manifests, builds } = install;
  const holds = ({ target }: Brought['take']): boolean =>
    // in a folder that only the base image knows, it is what is copied
    manifests.some((it) => isBelow(it, target) || (!isKnownPlace(it) && isKnownPlace(target)));
  const broad =
    sources.find(({ take }) => isWholeContext(take.source) && take.exclude.length === 0 && holds(take)) ??
    (builds ? undefined : evidentFolder(install, step, sources));
  const files = broad && usualFiles(install, step, broad.take);
  return (
    files && {
      ...broad,
      others: undefined,
      files,
      isSpread: isSpread(files),
      ...(builds ? { preset: 'strict' as const } : {}),
    }
  );
}

/** A folder that must hold both the manifest and the program: no other copy brings either, and the image runs it. */
function evidentFolder(
  { manifests }: Install,
  { stage, index }: Step,
  sources: readonly Brought[],
): Brought | undefined {
  const later = stage?.steps.slice(index + 1) ?? [];
  const isRun = later.some(({ instruction }) => instruction.kind === 'Cmd' || instruction.kind === 'Entrypoint');
  if (!isRun || later.some(({ instruction: { kind } }) => kind === 'Copy' || kind === 'Add' || kind === 'Volume'))
    return undefined;
  if (sources.some(({ take }) => kindOfSource(take.source) === 'manifest')) return undefined;
  const found = sources.filter(({ take }) => isFolder(take) && manifests.some((path) => isBelow(path, take.target)));
  return found.length === 1 ? found[0] : undefined;
}

/** Whether a source is a folder by its name, and one of code. */
const isFolder = ({ source, parents }: Take): boolean =>
  !parents &&
  !hasWildcard(source) &&
  !/\.\w+$/.test(source) &&
  !isWholeContext(source) &&
  !/meta|dep|requir|manifest|conf|package|lock|docker|root|etc/i.test(baseName(source));

function finding(install: Install, broad: Broad, step: Step, model: Model): Finding & { at: Span } {
  const { call, builds, command } = install;
  const { take, others, preset } = broad;
  const isWhole = isWholeContext(take.source);
  const what = isWhole ? 'The whole context' : withoutSlash(take.source);
  const again = builds ? 'makes it download all dependencies again' : 'runs it again';
  const amount = others?.length ?? 0;
  const any =
    amount === 1
      ? `to ${others![0]}`
      : others
        ? `to any of ${counted(amount, 'file')}`
        : isWhole
          ? 'to any file'
          : 'to any file in it';
  return {
    at: take.at,
    related: command,
    message: `${what} is copied before ${call}, so a change ${any} ${again}.`,
    instead: insteadOf(install, broad, step, model),
    ...(preset ? { preset } : {}),
  };
}

function insteadOf(install: Install, broad: Broad, step: Step, model: Model): string {
  const { files, first = '', others } = broad;
  const { ecosystem, call, operation, builds } = install;
  const shown = files.slice(0, 6);
  const rest = files.length - shown.length;
  const all = others
    ? listed([...shown, ...(rest > 0 ? [counted(rest, 'more file')] : [])])
    : usualNames(install, files, step, model);
  const whole =
    ecosystem.ahead &&
    ecosystem.ahead !== 'none' &&
    ecosystem.ahead !== call &&
    !operation?.flags.has('noProject') &&
    // a list of requirements is installed as it is, without the project
    !operation?.flags.has('requirementsFile') &&
    operation?.action !== 'download';
  const ahead = whole ? ecosystem.ahead : call;
  const then = builds || whole ? `copy the rest, then run ${call}` : 'copy the rest';
  // only the context tells which files there are
  const notes = [
    ...(others ? [] : [`and what else ${ahead} reads`]),
    ...(broad.isSpread || (!others && isWorkspace(install, model)) ? ['COPY --parents keeps their folders'] : []),
  ];
  const keep = notes.length > 0 ? ` (${notes.join('; ')})` : '';
  const copy = first ? 'copy' : 'Copy';
  return `${first}${copy} ${all || 'the manifest'} first${keep}, run ${ahead}, then ${then}.`;
}
