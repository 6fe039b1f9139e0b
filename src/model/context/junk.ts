import * as known from '../../knowledge/project/context-junk.ts';
import { type Ecosystem, ecosystems } from '../../knowledge/project/ecosystems/index.ts';
import * as secrets from '../../knowledge/project/secrets.ts';
import { fits } from '../../text/glob.ts';
import { baseName, folderOf, fromRoot } from '../../text/path.ts';
import { lazy } from '../lazy.ts';
import type { Junk, JunkKind, Stage, Take } from '../model.ts';
import type { Context, ContextFile } from './context.ts';

/** What of a source is junk; what the source names itself is meant. Secrets first, then by what they weigh. */
export type FindJunk = (take: Take, stage: Stage) => readonly Junk[];

/** Looks for junk in what the stages of a file take of a context; what is found once is kept. */
export function junkFinder(stages: readonly Stage[], context: Context): FindJunk {
  const layout = lazy(() => makeLayout(context, stages));
  const judges = new Map<Stage, Judge>();
  const judgeOf = (stage: Stage): Judge => {
    const judge = judges.get(stage) ?? makeJudge(context, layout(), stage);
    judges.set(stage, judge);
    return judge;
  };
  return (take, stage) => junkIn(take, context, judgeOf(stage));
}

interface Group {
  readonly kind: JunkKind;
  readonly what: string | undefined;
  readonly roots: Set<string>;
  files: number;
  bytes: number;
}

function junkIn({ source, copied }: Take, context: Context, judge: Judge): readonly Junk[] {
  const depth = namedDepth(source);
  // what a line of the ignore file takes in again is meant, too
  const meant = context.ignoreFile?.parsed.patterns.filter(({ negated }) => negated) ?? [];
  const found = new Map<string, Group>();
  for (const file of copied?.files ?? []) {
    const junk = judge(file, depth);
    if (!junk || meant.some((it) => it.matches(junk.root))) continue;
    const key = junk.what ? junk.root : baseName(junk.root);
    const group = found.get(key) ?? { kind: junk.kind, what: junk.what, roots: new Set(), files: 0, bytes: 0 };
    group.roots.add(junk.root);
    group.files++;
    group.bytes += file.size;
    found.set(key, group);
  }
  return [...found]
    .map(([name, { roots, ...rest }]) => ({ name, roots: [...roots], ...rest }))
    .sort((a, b) => rank.indexOf(a.kind) - rank.indexOf(b.kind) || b.bytes - a.bytes);
}

const rank: readonly JunkKind[] = ['secret', 'settings', 'history', 'output', 'clutter', 'build file'];

/** How many parts of a path the source names; what matches them is meant. `src/*` names no more than `src`. */
function namedDepth(source: string): number {
  const path = fromRoot(source).replace(/(?:^|\/)\*{1,2}$/, '');
  return path === '' ? 0 : path.split('/').length;
}

type Judgement = { readonly kind: JunkKind; readonly root: string; readonly what?: string };
type Judge = (file: ContextFile, depth: number) => Judgement | undefined;

/** How the files of a context are judged for one stage; folders are judged once. */
function makeJudge(context: Context, layout: Layout, stage: Stage): Judge {
  const history = !readsHistory(context, stage);
  const folders = new Map<string, JunkKind | undefined>();
  const kindOf = (path: string): JunkKind | undefined => {
    if (!folders.has(path)) folders.set(path, folderKind(path, layout, history));
    return folders.get(path);
  };
  const secretsSeen = new Map<string, ReturnType<typeof secretIn>>();
  return ({ path }, depth) => {
    const parts = path.split('/');
    for (let at = 1; at < parts.length; at++) {
      const root = parts.slice(0, at).join('/');
      const kind = kindOf(root);
      if (kind) return at > depth ? { kind, root } : undefined;
    }
    if (parts.length <= depth) return undefined;
    if (!secretsSeen.has(path)) secretsSeen.set(path, secretIn(path, context));
    const secret = secretsSeen.get(path);
    if (secret) return { ...secret, root: path };
    const name = parts.at(-1)!;
    if (layout.isOutput(path)) return { kind: 'output', root: path };
    if (known.clutterFiles.some((it) => it.test(name))) return { kind: 'clutter', root: path };
    return parts.length === 1 && known.buildFiles.some((it) => it.test(name))
      ? { kind: 'build file', root: path }
      : undefined;
  };
}

function folderKind(path: string, { environments, isOutput }: Layout, history: boolean): JunkKind | undefined {
  const name = baseName(path);
  if (known.historyFolders.has(name)) return history ? 'history' : undefined;
  if (known.madeFolders.has(name) || environments.has(path) || isOutput(path)) return 'output';
  return known.clutterFolders.has(name) ? 'clutter' : undefined;
}

/** Where the projects of a context have what only their builds make. */
interface Layout {
  readonly environments: ReadonlySet<string>;
  readonly isOutput: (path: string) => boolean;
}

function makeLayout(context: Context, stages: readonly Stage[]): Layout {
  const built = ecosystems.filter((it) => isBuilt(it, stages));
  const projects = new Map<string, Set<Ecosystem>>();
  const environments = new Set<string>();
  for (const { path } of context.files()) {
    const name = baseName(path);
    if (name === known.environmentMark) environments.add(folderOf(path));
    for (const it of built)
      if (it.manifests.some((manifest) => !isList(manifest) && fits(baseName(manifest), name)))
        projects.set(folderOf(path), (projects.get(folderOf(path)) ?? new Set()).add(it));
  }
  return { environments, isOutput: (path) => isOutput(path, projects) };
}

/** A solution of .NET only lists the projects. */
const isList = (manifest: string): boolean => /\.slnx?$/.test(manifest);

/** Whether the file installs or builds what the ecosystem makes; else what is there already is what is meant to be copied. */
const isBuilt = ({ managers }: Ecosystem, stages: readonly Stage[]): boolean =>
  stages.some(({ steps }) =>
    steps.some(({ operations }) =>
      operations.some(({ manager, family }) => managers.includes(manager) || managers.includes(family)),
    ),
  );

/** Whether a project makes it: beside its manifest, or anywhere below where the name means nothing else. */
function isOutput(path: string, projects: ReadonlyMap<string, ReadonlySet<Ecosystem>>): boolean {
  const parts = path.split('/');
  return parts.some((_, at) => {
    const below = parts.slice(at);
    const outputs = [...(projects.get(parts.slice(0, at).join('/')) ?? [])].flatMap((it) => it.outputs);
    return outputs.some((output) => isNamed(output.replace(/\/$/, ''), below));
  });
}

function isNamed(output: string, below: readonly string[]): boolean {
  const anywhere = output.replace(/^\*\*\//, '');
  const name = below.at(-1)!;
  const loose =
    anywhere !== output || known.plainOutputs.has(output) || (/^[._]/.test(output) && !output.includes('/'));
  if (loose) return fits(anywhere, name);
  const parts = output.split('/');
  return parts.length === below.length && parts.every((part, index) => fits(part, below[index]!));
}

/** Whether a build in the stage asks Git, itself or through a plugin. */
function readsHistory(context: Context, stage: Stage): boolean {
  const asks = stage.steps.some(
    ({ instruction, script }) =>
      instruction.kind === 'Run' && script?.commands.some(({ name }) => name === 'git' || name === 'goreleaser'),
  );
  if (asks) return true;
  return context.files().some(({ path }) => {
    if (path.split('/').length > 2 || !known.readsHistory.files.has(baseName(path))) return false;
    return known.readsHistory.text.test(context.read(path) ?? '');
  });
}

/** What a file lets its reader into; undefined where its text is needed to tell and does not. */
function secretIn(path: string, context: Context): { kind: 'secret' | 'settings'; what: string } | undefined {
  if (
    folderOf(path)
      .split('/')
      .some((part) => known.sampleFolders.has(part))
  )
    return undefined;
  for (const { path: pattern, what, text: proof, holds } of known.secretFiles) {
    if (!pattern.test(`/${path}`)) continue;
    if (!proof && !holds) return { kind: 'secret', what };
    const text = context.read(path);
    if (text === undefined) continue;
    if (proof?.test(text)) return { kind: 'secret', what };
    const names = holds ? secretVariables(text) : [];
    if (names.length > 0) return { kind: 'secret', what: firstOf(names) };
    if (holds && !isKeptByGit(context)) return { kind: 'settings', what };
  }
  return undefined;
}

const firstOf = (names: readonly string[]): string =>
  names.length > 2 ? `${names[0]} and ${names.length - 1} more` : names.join(' and ');

/** Whether the repository has environment files of its own: then they are for all, and hold no secrets but by mistake. */
function isKeptByGit(context: Context): boolean {
  const ignored = context.read('.gitignore');
  return ignored !== undefined && !ignored.split('\n').some((line) => /^[^#!]*(?:^|[/*])\.env/.test(line));
}

/** The variables of an environment file that have the name of a secret and a value of their own. */
const secretVariables = (text: string): string[] =>
  text.split('\n').flatMap((line) => {
    const [, name = '', raw = ''] = /^\s*(?:export\s+)?(\w+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    const value = raw.replace(/^(['"])(.*)\1$/, '$2');
    const shaped = secrets.secretShapes.some(({ shape }) => shape.test(value));
    const harmless = value === '' || value.startsWith('$') || secrets.placeholder.test(value) || isSetting(value);
    return shaped || (isSecretName(name) && !harmless) ? [name] : [];
  });

const isSetting = (value: string): boolean => /^(?:true|false|yes|no|on|off|[01]|change_?me)$/i.test(value);

function isSecretName(name: string): boolean {
  if (secrets.secretNames.has(name)) return true;
  if (secrets.plainNames.has(name)) return false;
  const words = name
    .toLowerCase()
    .split('_')
    .filter((word) => word !== '');
  const last = words.at(-1) ?? '';
  if (words.some((word) => secrets.plainParts.has(word) || secrets.aroundSecrets.has(word))) return false;
  if (secrets.secretWords.has(last) || secrets.secretTails.some((tail) => last.endsWith(tail))) return true;
  if (words.length > 1 && secrets.secretEndings.has(last)) return true;
  return last === 'key' && secrets.secretKeys.has(words.at(-2) ?? '');
}
