import { type Context, type ContextFile, cleanPath, type Model } from '../../src/engine/rule.ts';
import * as known from '../../src/knowledge/project/context-junk.ts';
import { type Ecosystem, ecosystems } from '../../src/knowledge/project/ecosystems/index.ts';
import * as secrets from '../../src/knowledge/project/secrets.ts';
import { count, counted, listed, size } from './amounts.ts';
import type { Take } from './context-takes.ts';
import { fits } from './glob.ts';

/** `settings` are those of one machine, no secrets among them. */
export type JunkKind = 'secret' | 'settings' | 'history' | 'output' | 'clutter' | 'build file';

/** Files of the context that no image has a use for, those of one name together. */
export interface Junk {
  readonly kind: JunkKind;
  /** `node_modules`, `.git`, the path of a secret. */
  readonly name: string;
  /** What lets a secret in: `a private key`, `DB_PASSWORD`. */
  readonly what: string | undefined;
  /** The folders or files themselves. */
  readonly roots: readonly string[];
  readonly files: number;
  readonly bytes: number;
}

/** What of a source is junk; what the source names itself is meant. Secrets first, then by what they weigh. */
export function junkIn(context: Context, { step, source, options }: Take, model: Model): readonly Junk[] {
  const judge = judgeOf(context, model, step.stage);
  const depth = namedDepth(source);
  // what a line of the ignore file takes in again is meant, too
  const meant = context.ignoreFile?.parsed.patterns.filter(({ negated }) => negated) ?? [];
  const found = new Map<
    string,
    { kind: JunkKind; what: string | undefined; roots: Set<string>; files: number; bytes: number }
  >();
  for (const file of context.copied([source], options).files) {
    const junk = judge(file, depth);
    if (!junk) continue;
    if (meant.some((it) => it.matches(junk.root))) continue;
    const key = junk.what ? junk.root : nameOf(junk.root);
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
  const path = cleanPath(`/${source}`)
    .slice(1)
    .replace(/(?:^|\/)\*{1,2}$/, '');
  return path === '' ? 0 : path.split('/').length;
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

type Judgement = { readonly kind: JunkKind; readonly root: string; readonly what?: string };
type Judge = (file: ContextFile, depth: number) => Judgement | undefined;

const judges = new WeakMap<Model, Map<unknown, Judge>>();

/** How the files of a context are judged for one stage; folders are judged once. */
function judgeOf(context: Context, model: Model, stage: Take['step']['stage']): Judge {
  const kept = judges.get(model) ?? new Map<unknown, Judge>();
  judges.set(model, kept);
  const judge = kept.get(stage) ?? makeJudge(context, model, stage);
  kept.set(stage, judge);
  return judge;
}

function makeJudge(context: Context, model: Model, stage: Take['step']['stage']): Judge {
  const layout = layoutOf(context, model);
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
  const name = nameOf(path);
  if (known.historyFolders.has(name)) return history ? 'history' : undefined;
  if (known.madeFolders.has(name) || environments.has(path) || isOutput(path)) return 'output';
  return known.clutterFolders.has(name) ? 'clutter' : undefined;
}

/** Where the projects of a context have what only their builds make. */
interface Layout {
  readonly environments: ReadonlySet<string>;
  readonly isOutput: (path: string) => boolean;
}

const layouts = new WeakMap<Model, Layout>();

function layoutOf(context: Context, model: Model): Layout {
  const kept = layouts.get(model) ?? makeLayout(context, model);
  layouts.set(model, kept);
  return kept;
}

function makeLayout(context: Context, model: Model): Layout {
  const built = ecosystems.filter((it) => isBuilt(it, model));
  const projects = new Map<string, Set<Ecosystem>>();
  const environments = new Set<string>();
  for (const { path } of context.files()) {
    const name = nameOf(path);
    if (name === known.environmentMark) environments.add(folderOf(path));
    for (const it of built)
      if (it.manifests.some((manifest) => !isList(manifest) && fits(nameOf(manifest), name)))
        projects.set(folderOf(path), (projects.get(folderOf(path)) ?? new Set()).add(it));
  }
  return { environments, isOutput: (path) => isOutput(path, projects) };
}

/** A solution of .NET only lists the projects. */
const isList = (manifest: string): boolean => /\.slnx?$/.test(manifest);

/** Whether the file installs or builds what the ecosystem makes; else what is there already is what is meant to be copied. */
const isBuilt = ({ managers }: Ecosystem, { stages }: Model): boolean =>
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
function readsHistory(context: Context, stage: Take['step']['stage']): boolean {
  const asks = stage?.steps.some(
    ({ instruction, script }) =>
      instruction.kind === 'Run' && script?.commands.some(({ name }) => name === 'git' || name === 'goreleaser'),
  );
  if (asks) return true;
  return context.files().some(({ path }) => {
    if (path.split('/').length > 2 || !known.readsHistory.files.has(nameOf(path))) return false;
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

/** `node_modules (1,204 files, 120 MB)`. */
export const told = ({ name, what, files, bytes, roots }: Junk): string => {
  if (what) return `${name} (${what})`;
  const places = roots.length > 1 ? ` in ${count(roots.length)} places` : '';
  return files === 1 ? `${roots[0]} (${size(bytes)})` : `${name}${places} (${counted(files, 'file')}, ${size(bytes)})`;
};

const heavy = 1_000_000;

/** Whether a reviewer would insist on it: not for the settings of an editor, nor for the Dockerfile itself. */
export const matters = ({ kind, bytes }: Junk): boolean =>
  (kind !== 'clutter' && kind !== 'build file') || bytes >= heavy;

/** What is told of a source: its secrets, then the heaviest. */
export function summary(junk: readonly Junk[]): string {
  const shown = junk.slice(0, 3);
  const rest = junk.slice(3).reduce((sum, { files }) => sum + files, 0);
  return listed([...shown.map(told), ...(rest > 0 ? [counted(rest, 'more file')] : [])]);
}

/** The lines of an ignore file that keep it out; only the names that mean nothing else are kept out everywhere. */
function patternsFor({ name, what, roots, kind }: Junk): readonly string[] {
  if (what || (roots.length === 1 && !roots[0]!.includes('/'))) return roots;
  const everywhere = known.plainOutputs.has(name) || /^[._]/.test(name) || kind === 'history';
  return everywhere || roots.length > 3 ? [`**/${name}`] : roots;
}

/** As words: `the line .git`, `the lines .git, .env`. */
export function lines(junk: readonly Junk[]): string {
  const patterns = junk.flatMap(patternsFor);
  const shown = patterns.slice(0, 12).join(', ');
  return `the ${patterns.length === 1 ? 'line' : 'lines'} ${shown}${patterns.length > 12 ? ' and so on' : ''}`;
}

/** Whether a secret is in the image that is built. */
export const isInImage = ({ step, mounted }: Take, junk: readonly Junk[]): boolean =>
  junk[0]?.kind === 'secret' && !mounted && step.stage?.shipped === true;

export const readable =
  'The image then holds a secret, which all who have it can read, even where a later instruction removes the file.';
export const forgotten = (files: number): string =>
  `A change of any of the ${count(files)} files that are let in makes the cache forget this instruction and all below it.`;
