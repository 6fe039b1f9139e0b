import {
  type Context,
  dockerfile,
  type Finding,
  isBelow,
  type Model,
  rule,
  type Span,
  type Step,
} from '../../src/engine/rule.ts';
import { counted, listed } from '../lib/amounts.ts';
import { contextOf } from '../lib/context-takes.ts';
import { flagNamed } from '../lib/flags.ts';
import { fits } from '../lib/glob.ts';
import { type CopySource, copySources, filesOf, lineageSteps } from '../lib/image-files.ts';
import { type Ahead, filesAhead, type Install, installsIn, mayComeFromElsewhere } from '../lib/installs.ts';
import { baseOf, isWholeContext } from '../lib/paths.ts';
import { sourceVolatility } from '../lib/volatile-copies.ts';

export default rule({
  id: 'copy-before-install',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'The whole project is copied before its dependencies are installed.',
  why: `
    An install that runs again gets every dependency anew, though none of them changed. Copied first, the manifest and the lock file alone decide. An install that needs the project's own files is not reported, nor one that mounts them. With the build context at hand the files are counted, and folders that hold the manifest are judged as well as the whole context. A build that downloads dependencies on the way counts as an install where the context shows that there are some; in preset strict it always does.
  `,
  instead: 'COPY of the manifest and the lock file, the install, then COPY of the rest.',
  url: 'https://docs.docker.com/build/cache/optimize/#order-your-layers',
  examples: {
    npm: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY . .
           ~
      RUN npm ci
    `,
    'pip, with a folder of its own': dockerfile`
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
    File: (model) => {
      const context = contextOf(model);
      const told = new Set<number>();
      return model.stages
        .flatMap(({ steps }) =>
          steps.flatMap((step) => installsIn(step).flatMap((install) => judge(install, model, context) ?? [])),
        )
        .filter(({ at }) => {
          const { start } = at as Span;
          const first = !told.has(start);
          told.add(start);
          return first;
        });
    },
  },
});

function judge(install: Install, model: Model, context: Context | undefined): Finding | undefined {
  const { step, manifests, ecosystem, builds } = install;
  if (manifests.length === 0 || isMounted(step, builds) || isNoSplit(install)) return undefined;
  const before = lineageSteps(step);
  const sources = before.flatMap(copySources);
  const seen = context && inContext(install, sources, context);
  const broad = seen ?? withoutContext(install, sources);
  if (!broad) return undefined;
  const earlier = before.slice(0, before.indexOf(broad.copy.step));
  const others = earlier.flatMap(installsIn);
  if (others.some((it) => it.ecosystem === ecosystem)) return undefined;
  if (
    builds &&
    before
      .slice(before.indexOf(broad.copy.step))
      .some((it) => installsIn(it).some((one) => one.ecosystem === ecosystem && !one.builds))
  )
    return undefined;
  if (builds && takesInstalled(before, ecosystem, model)) return undefined;
  const between = before.slice(before.indexOf(broad.copy.step) + 1);
  if (mayComeFromElsewhere(manifests[0]!, between, install)) return undefined;
  return finding(install, broad);
}

/** With a bind mount the files do not come from the copy; with a cache mount a build finds what it got the last time. */
const isMounted = ({ instruction }: Step, builds: boolean): boolean =>
  instruction.flags.some(({ mount }) => mount?.type === 'bind' || (builds && mount?.type === 'cache'));

const isNoSplit = ({ ecosystem, builds }: Install): boolean => builds && ecosystem.ahead === 'none';

/** Whether dependencies come from a stage that installs them. */
const takesInstalled = (steps: readonly Step[], ecosystem: Install['ecosystem'], model: Model): boolean =>
  steps.some((step) => {
    const from = flagNamed(step.instruction, 'from')?.value?.text;
    const stage = from !== undefined && step.stage ? model.stageNamed(from, step.stage) : undefined;
    return stage?.lineage.some((it) =>
      it.steps.some((one) => installsIn(one).some((other) => other.ecosystem === ecosystem)),
    );
  });

/** A copy that holds both the manifest and other files. */
interface Broad {
  readonly copy: CopySource;
  /** How many other files it takes, and one of them; undefined without a context. */
  readonly others: readonly string[] | undefined;
  readonly ahead: Ahead | undefined;
  readonly preset?: 'strict';
}

/** Undefined where the context does not have the manifest, so that it says nothing; false where nothing is wrong. */
function inContext(install: Install, sources: readonly CopySource[], context: Context): Broad | false | undefined {
  const brought = sources.map((copy) => ({ copy, files: filesOf(copy, context) }));
  const found = brought
    .flatMap(({ files }) => [...files])
    .find(([path]) => install.manifests.some((it) => fitsName(it, path)));
  if (!found) return undefined;
  const [place, { path: manifest }] = found;
  const folder = folderOfPath(manifest);
  const all = [...new Set(brought.flatMap(({ files }) => [...files.values()].map(({ path }) => path)))];
  const ahead = filesAhead(install, context, folder, all);
  if (ahead.stop) return false;
  const needed = new Set([...ahead.files, ...ahead.members]);
  const root = folderOfPath(place) || '/';
  for (const { copy, files } of brought) {
    const others = [...files].flatMap(([at, { path }]) =>
      isBelow(at, root) && !needed.has(path) && !isAside(install, path, folder) ? [path] : [],
    );
    if (others.length === 0 || others.every((it) => isNamed(copy, it))) continue;
    const isSure = !install.builds || hasDependencies(install, context, ahead);
    return { copy, others, ahead, ...(isSure ? {} : { preset: 'strict' as const }) };
  }
  return false;
}

const folderOfPath = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** A folder of nothing but requirements files is a list of dependencies. */
const isAside = ({ ecosystem }: Install, path: string, folder: string): boolean =>
  (ecosystem.id === 'pip' || ecosystem.id === 'uv') &&
  folder !== '' &&
  path.startsWith(`${folder}/`) &&
  /\.(?:txt|in)$/.test(path);

const fitsName = (pattern: string, path: string): boolean =>
  folderOfPath(pattern) === folderOfPath(path) && fits(baseOf(pattern), baseOf(path));
/** Whether the source names the file, with wildcards or without, and no folder that holds it. */
function isNamed({ source, options }: CopySource, path: string): boolean {
  if (isWholeContext(source)) return false;
  const plain = source.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '');
  return options.parents
    ? !plain.endsWith('**') && /[*.]/.test(baseOf(plain))
    : plain.split('/').length === path.split('/').length;
}

function hasDependencies({ ecosystem }: Install, context: Context, { files, members }: Ahead): boolean {
  if (ecosystem.id === 'maven') return true;
  if (ecosystem.id === 'dotnet')
    return [...files, ...members].some((it) => context.read(it)?.includes('<PackageReference'));
  return files.some((it) => ecosystem.locks.includes(baseOf(it)));
}

function withoutContext(install: Install, sources: readonly CopySource[]): Broad | undefined {
  const { manifests, builds } = install;
  const holds = ({ destination }: CopySource): boolean =>
    // in a folder that only the base image knows, it is what is copied
    manifests.some((it) => isBelow(it, destination) || (it.includes('\0') && !destination.includes('\0')));
  const copy =
    sources.find((it) => isWholeContext(it.source) && it.options.exclude.length === 0 && holds(it)) ??
    (builds ? undefined : evidentFolder(install, sources));
  return copy && { copy, others: undefined, ahead: undefined, ...(builds ? { preset: 'strict' as const } : {}) };
}

/** A folder that must hold both the manifest and the program: no other copy brings either, and the image runs it. */
function evidentFolder({ manifests, step }: Install, sources: readonly CopySource[]): CopySource | undefined {
  const steps = step.stage?.steps ?? [];
  const later = steps.slice(step.index + 1);
  const isRun = later.some(({ instruction }) => instruction.kind === 'Cmd' || instruction.kind === 'Entrypoint');
  if (!isRun || later.some(({ instruction: { kind } }) => kind === 'Copy' || kind === 'Add' || kind === 'Volume'))
    return undefined;
  if (sources.some(({ source }) => sourceVolatility(source) === 'manifest')) return undefined;
  const found = sources.filter((it) => isFolder(it) && manifests.some((path) => isBelow(path, it.destination)));
  return found.length === 1 ? found[0] : undefined;
}

/** Whether a source is a folder by its name, and one of code. */
const isFolder = ({ source, options }: CopySource): boolean =>
  !options.parents &&
  !/[*?[]/.test(source) &&
  !/\.\w+$/.test(source) &&
  !isWholeContext(source) &&
  !/dep|requir|manifest|conf|package|lock|docker|root|etc/i.test(baseOf(source.replace(/\/+$/, '')));

function finding(install: Install, { copy, others, ahead, preset }: Broad): Finding {
  const { call, builds, command } = install;
  const what = isWholeContext(copy.source) ? 'The whole context' : copy.source.replace(/(?<=.)\/$/, '');
  const again = builds ? 'makes it get all dependencies again' : 'runs it again';
  const amount = others?.length ?? 0;
  const any =
    amount === 1
      ? `of ${others![0]}`
      : others
        ? `in any of ${counted(amount, 'file')}`
        : isWholeContext(copy.source)
          ? 'of any file'
          : 'of any file in it';
  return {
    at: copy.at,
    related: command,
    message: `${what} is copied before ${call}: a change ${any} ${again}.`,
    instead: insteadOf(install, ahead),
    ...(preset ? { preset } : {}),
  };
}

function insteadOf(install: Install, ahead: Ahead | undefined): string {
  const { ecosystem, call, operation, builds } = install;
  const own = ahead ? ahead.files : usualFiles(install);
  const shown = own.slice(0, 6);
  const rest = own.length - shown.length;
  const members = ahead && ahead.members.length > 0 ? memberTexts(install, ahead.members) : [];
  const files = listed([...shown, ...(rest > 0 ? [counted(rest, 'more file')] : []), ...members]);
  const whole =
    ecosystem.ahead &&
    ecosystem.ahead !== 'none' &&
    ecosystem.ahead !== call &&
    !operation?.flags.has('noProject') &&
    operation?.action !== 'download';
  const ahead_ = whole ? ecosystem.ahead : call;
  const then = builds || whole ? `COPY of the rest, then ${call}` : 'COPY of the rest';
  const keep = members.length > 0 ? ' (COPY --parents keeps their folders)' : '';
  return `COPY ${files || 'the manifest'} first${keep}, then ${ahead_}, then ${then}.`;
}

const memberTexts = ({ ecosystem }: Install, members: readonly string[]): readonly string[] => {
  if (members.length <= 2) return members;
  const name = ecosystem.manifests[0]!;
  return [`the ${name} of ${members.length} folders below`];
};

/** Where there is no context to look into: the manifest and the lock file that usually lies beside it. */
function usualFiles({ operation, ecosystem: { manifests, locks } }: Install): readonly string[] {
  const read = operation?.manifests ?? manifests;
  const named = operation?.flags.get('requirementsFile')?.flatMap(({ value }) => value?.text ?? []) ?? [];
  if (named.length > 0) return named.map(baseOf).slice(0, 2);
  const manifest = manifests.find((it) => read.some((path) => fits(it, baseOf(path)))) ?? manifests[0]!;
  const lock = locks.find((it) => it !== manifest && read.some((path) => baseOf(path) === it));
  return manifest.includes('*') || !lock ? [manifest] : [manifest, lock];
}
