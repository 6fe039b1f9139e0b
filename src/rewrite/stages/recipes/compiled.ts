import type { ContextFile } from '../../../model/context/context.ts';
import type { Started } from '../../../model/process/program.ts';
import { absoluteIn } from '../../../model/stages/folder.ts';
import type { Command, ShellWord } from '../../../shell/command.ts';
import { literal } from '../../../text/glob.ts';
import { isBelow } from '../../../text/path.ts';
import type { Texts } from '../assets.ts';
import type { Taken } from '../recipe.ts';
import { isIn, type View } from '../view.ts';
import { Obstacle, type Work } from '../work.ts';

/** What languages that compile to one program have in common. */

/** The value of an option, `-o app` or `-o=app`. */
export function optionOf({ args }: Command, names: readonly string[]): ShellWord | undefined {
  for (const [index, word] of args.entries()) {
    if (names.includes(word.text)) return args[index + 1];
    const glued = names.find((it) => word.text.startsWith(`${it}=`));
    if (glued !== undefined) return { ...word, text: word.text.slice(glued.length + 1) };
  }
  return undefined;
}

/** Where a command puts what its option names, with a slash at the end if it is a folder; undefined where only the build knows. */
export function outputOf(command: Command, names: readonly string[], folder: string | undefined): string | undefined {
  const word = optionOf(command, names);
  const path = word && absoluteIn(folder, word.text);
  return path !== undefined && word!.text.endsWith('/') ? `${path}/` : path;
}

/** What a command is told to write. */
export interface Output {
  readonly path: string;
  readonly command: Command;
}

/** A pattern for programs: the given ones, and those of these names. */
export const programsNamed = (patterns: readonly string[], names: readonly string[]): RegExp =>
  new RegExp(`^(?:${[...patterns, ...new Set(names.filter((it) => /^[\w.-]+$/.test(it)).map(literal))].join('|')})$`);

/** Where a stage leaves its programs. */
export interface Outputs {
  /** Named by its commands; a folder ends with a slash. */
  readonly outputs: readonly Output[];
  /** Folders for what is installed, whose programs are started by name. */
  readonly folders: readonly string[];
  readonly project: readonly string[];
}

/** The programs that a stage builds and that its containers start, with all that its commands name as their output. */
export function programsOf(view: View, works: readonly Work[], { outputs: all, folders, project }: Outputs): Taken[] {
  const outputs = all.filter((it) => !isRemoved(it, works)).map(({ path }) => asFolder(path, view));
  const taken = new Map<string, Taken>();
  const put = (from: string, to = from): void => {
    const isFolder = from.endsWith('/') && !folders.includes(from);
    taken.set(from, { from, to, isFolder, what: 'the program' });
  };
  for (const path of outputs) if (!isPassing(path) && !isShared(path)) put(path);
  let isBrought = false;
  for (const started of allStarted(view)) {
    const { path, name } = started;
    const places = path === undefined ? placesOnPath(name, view) : [path];
    if (works.some((work) => work.outputs.some((it) => places.some((place) => isBelow(place, it))))) {
      isBrought = true;
      continue;
    }
    const named = outputs.find((it) =>
      places.some((place) => place === it || (it.endsWith('/') && place.startsWith(it))),
    );
    if (named !== undefined) put(named.endsWith('/') ? `${named}${name}` : named);
    else if (path !== undefined && folders.some((it) => isBelow(path, it))) put(path);
    else {
      const own = places.find((place) => isIn(place, project));
      const isAsset = own === undefined || isScript(own) || fileAt(own, view) !== undefined;
      if (!isAsset && (path !== undefined || isStartedFirst(started, view))) put(own);
      else if (path === undefined && folders.length > 0 && isStartedFirst(started, view) && !shells.has(name))
        put(`${folders[0]}/${name}`, `/usr/local/bin/${name}`);
    }
  }
  if (taken.size === 0 && !isBrought)
    throw new Obstacle(startOffset(view), 'the program that it starts is not seen to be built here');
  return [...taken.values()].filter(({ from, to }) => to !== `${from}/`);
}

/** Whether a later command moves or removes what one has written. */
const isRemoved = ({ path, command }: Output, works: readonly Work[]): boolean =>
  works.some(({ step }) =>
    step.effects.all.some(
      (it) =>
        it.kind === 'remove' &&
        (it.command?.span.start ?? 0) > command.span.start &&
        isBelow(path.replace(/\/$/, ''), it.path),
    ),
  );

/** An output is a folder where it is one of programs, or where something in it is started. */
const asFolder = (path: string, view: View): string =>
  !path.endsWith('/') &&
  (usual.includes(path) || allStarted(view).some((it) => it.path !== path && it.path?.startsWith(`${path}/`) === true))
    ? `${path}/`
    : path;

/** Where what starts is written. */
export const startOffset = ({ stage: { end, from } }: View): number => (end.entrypoint ?? end.cmd ?? from).span.start;

/** All that containers start, by the file and by the scripts of the project. */
export const allStarted = ({ start, scripted }: View): readonly Started[] => [
  ...start.programs,
  ...scripted,
  ...start.checks,
];

/** A name that stands in ENTRYPOINT or CMD, or in a script of them, and is no program of every system. */
const isStartedFirst = ({ name }: Started, { start }: View): boolean =>
  start.programs.some((it) => it.name === name) && !isScript(name);

/** Throws an `Obstacle` where a container starts a tool that builds. */
export function refuseTools(view: View, tools: RegExp, verb: string): void {
  const found = allStarted(view).find(({ name }) => tools.test(name));
  if (!found) return;
  const script = 'script' in found ? `${String(found.script)}: ` : '';
  throw new Obstacle(
    found.step.instruction.span.start,
    `${script}${[found.name, found.args.find((it) => !it.startsWith('-'))].filter(Boolean).join(' ')} ${verb} when the container starts`,
  );
}

/** Throws an `Obstacle` where the program itself starts a tool that is left behind. */
export function refuseCalls(view: View, { calls }: Texts, tools: readonly string[]): void {
  const found = tools.find(calls);
  if (found !== undefined)
    throw new Obstacle(startOffset(view), `the program starts ${found}, which only the build stage has`);
}

/** The file of the context at a place of the image. */
export function fileAt(path: string, { stage }: View): ContextFile | undefined {
  for (const { takes } of stage.allSteps.toReversed())
    for (const { landed } of takes) if (landed.has(path)) return landed.get(path);
  return undefined;
}

/** The folders of PATH, those of the base image among them. */
export function pathFolders({ stage }: View): string[] {
  const value = stage.end.variable('PATH')?.value;
  const own = value && value.state !== 'unset' ? value.text.split(':').filter((it) => it.startsWith('/')) : [];
  return [...own, ...usual];
}
const usual = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
const placesOnPath = (name: string, view: View): string[] => pathFolders(view).map((it) => `${it}/${name}`);

const isScript = (path: string): boolean => /\.(?:sh|bash|py|rb|pl|js)$/.test(path);
const isPassing = (path: string): boolean => /^\/(?:tmp|dev|var\/tmp)(?:\/|$)/.test(path);
/** A folder that others use too, so that it cannot be taken as it is. */
const isShared = (path: string): boolean => usual.some((it) => path === `${it}/`);

const shells = new Set(['sh', 'bash', 'ash', 'dash', 'exec', 'cd', 'echo', 'sleep']);

/** The certificates that a program finds in the old image, and that the small one has not. */
export function certificatesFor(
  { steps, stage: { rootImage } }: View,
  base: string,
  { isWhole, mentions }: Texts,
): { readonly takes: readonly Taken[]; readonly packages: readonly string[] } {
  const isSmall = base.startsWith('debian:') || base.startsWith('ubuntu:');
  const names = steps.flatMap(({ operations }) =>
    operations.flatMap(({ packages }) => packages.flatMap(({ name }) => name ?? [])),
  );
  if (!isSmall || names.includes('ca-certificates')) return { takes: [], packages: [] };
  const mayUse = !isWhole || secure.some(mentions);
  if (rootImage?.name === 'gcc' && !mayUse) return { takes: [], packages: [] };
  if (rootImage?.official === true && withCertificates.test(rootImage.name))
    return {
      takes: [{ from: bundle, to: bundle, isFolder: false, what: 'the certificates that TLS needs' }],
      packages: [],
    };
  // they come with what fetches
  const mayHave = names.some((it) => /^(?:git|curl|wget|golang|cargo|libcurl)/.test(it));
  return { takes: [], packages: mayHave && mayUse ? ['ca-certificates'] : [] };
}
const secure = [
  'https',
  'tls',
  'TLS',
  'ssl',
  'SSL',
  'reqwest',
  'ureq',
  'hyper',
  'http.Get',
  'http.Client',
  'http.Post',
  'http.DefaultClient',
  'curl_easy_init',
];
const bundle = '/etc/ssl/certs/ca-certificates.crt';

/** Images whose programs find the certificates of the system. */
const withCertificates = /^(?:golang|rust|gcc|elixir|erlang|buildpack-deps)$/;

/** Libraries that compilers of the system bring with them, and that what they compile may be linked to. */
export function librariesOfCompilers({ system }: View, works: readonly Work[]): string[] {
  const names = new Set(
    works.flatMap(({ packages }) => packages.flatMap((it) => it.packages.flatMap(({ name }) => name ?? []))),
  );
  const has = (all: readonly string[]): boolean => all.some((it) => names.has(it));
  if (system?.distribution !== 'alpine') return has(['gfortran']) ? ['libgfortran5'] : [];
  return [
    ...(has(['g++', 'build-base', 'alpine-sdk', 'cargo', 'rust']) ? ['libstdc++'] : has(['gcc']) ? ['libgcc'] : []),
    ...(has(['gfortran']) ? ['libgfortran'] : []),
  ];
}

/** Whether a file of the context says something; undefined without a context. */
export function says({ context }: View, files: RegExp, pattern: RegExp): boolean | undefined {
  if (!context) return undefined;
  return context.files().some(({ path }) => files.test(path) && pattern.test(context.read(path) ?? ''));
}
