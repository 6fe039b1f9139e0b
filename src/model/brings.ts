import { type Effect, effectsOf, isBelow } from './effects.ts';
import { textOf } from './expand.ts';
import type { Stage, Step } from './model.ts';
import { type Waste, wasteOf } from './waste.ts';

/** What a step brings into its layer, as far as the file and the build context tell. */
export interface Brings {
  /** Packages by name, as far as they are named. */
  readonly packages: readonly string[];
  /** Manifests whose dependencies are installed. */
  readonly manifests: readonly string[];
  /** Files of the build context; undefined without a context, and where nothing of it is copied. */
  readonly files: { readonly count: number; readonly bytes: number } | undefined;
  /** What is copied, as written, where the files are not at hand; from another stage or image with its name. */
  readonly copied: readonly string[];
  /** What is downloaded, cloned or unpacked, by path. */
  readonly downloads: readonly string[];
  readonly unpacked: readonly string[];
  /** What its own commands write, by path. */
  readonly written: readonly string[];
  readonly folders: readonly string[];
  /** What a package manager keeps for itself and leaves there. */
  readonly caches: readonly string[];
  /** Whether it compiles or runs a build of the project. */
  readonly builds: boolean;
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];

export function bringsOf(step: Step): Brings {
  const { instruction, operations } = step;
  const { all } = effectsOf(step);
  const by = (...means: readonly string[]): string[] =>
    unique(all.filter((it) => it.kind === 'write' && means.includes(it.means)).map(({ path }) => path));
  const installs = operations.filter(
    ({ action }) => action === 'install' || action === 'reinstall' || action === 'upgrade',
  );
  const isRun = instruction.kind === 'Run';
  const removed = new Set(all.filter(({ kind }) => kind === 'remove').map(({ path }) => path));
  const stays = (paths: readonly string[]): string[] => paths.filter((path) => !removed.has(path));
  return {
    packages: isRun ? unique(installs.flatMap(({ packages }) => packages.flatMap(({ name }) => name ?? []))) : [],
    manifests: isRun ? unique(installs.flatMap(({ manifests }) => manifests.slice(0, 1))) : [],
    files: filesOf(step),
    copied: isRun ? [] : copiedOf(step),
    downloads: stays(by('download', 'clone')),
    unpacked: stays(by('extract')),
    written: isRun ? stays(by('redirect', 'file', 'move')) : [],
    folders: stays(by('folder')),
    caches: by('cache').filter((path) => !all.some((it) => isEmptied(path, it))),
    builds: isRun && operations.some(({ action }) => action === 'build'),
  };
}

const isEmptied = (folder: string, { kind, path, deep }: Effect): boolean =>
  kind === 'remove' && (path === `${folder}/*` || (deep && isBelow(folder, path)));

/** The text of words, where the builder's expansion is known; as written where not. */
const shown = ({ expand }: Step, word: Parameters<Step['expand']>[0]): string =>
  textOf(expand(word).value) ?? ('text' in word ? word.text : '');

function copiedOf(step: Step): string[] {
  const { instruction } = step;
  if (instruction.kind !== 'Copy' && instruction.kind !== 'Add') return [];
  const from = instruction.flags.find(({ name }) => name.text === 'from')?.value?.text;
  return instruction.sources.map((source) => `${shown(step, source)}${from === undefined ? '' : ` of ${from}`}`);
}

function filesOf(step: Step): Brings['files'] {
  const { instruction, stage } = step;
  if (instruction.kind !== 'Copy' && instruction.kind !== 'Add') return undefined;
  if (!stage?.context || instruction.flags.some(({ name }) => name.text === 'from')) return undefined;
  const sources = instruction.sources.flatMap((source) => textOf(step.expand(source).value) ?? []);
  if (sources.length < instruction.sources.length) return undefined;
  const value = (name: string): string[] =>
    instruction.flags.flatMap((flag) => (flag.name.text === name ? [flag.value?.text ?? ''] : []));
  const local = sources.filter((text) => !/^[a-z]+:\/\/|^[\w.-]+@[\w.-]+:|^<</i.test(text));
  const { files, bytes, missing } = stage.context.copied(local, {
    exclude: value('exclude'),
    parents: value('parents').length > 0,
  });
  return missing.length > 0 || files.length === 0 ? undefined : { count: files.length, bytes };
}

/** What becomes of a layer further up, and what a layer does to those below it; by step. */
export interface Touched {
  /** What a later step hides or stores again of this one. */
  readonly later: readonly Waste[];
  /** What this step hides or stores again of earlier ones. */
  readonly earlier: readonly Waste[];
}

/** For the steps of a stage and of those it stands on. */
export function touchedOf(stage: Stage): (step: Step) => Touched {
  const all = wasteOf(stage);
  return (step) => ({
    later: all.filter(({ written }) => written.step === step),
    earlier: all.filter(({ again }) => again.step === step),
  });
}
