import {
  type Context,
  type ContextFile,
  cleanPath,
  folderBefore,
  type Span,
  type Step,
} from '../../src/engine/rule.ts';
import { takesOf } from './context-takes.ts';

/** A source in the build context that COPY or ADD takes, and where in the image it comes. */
export interface CopySource {
  readonly step: Step;
  readonly at: Span;
  /** After expansion. */
  readonly source: string;
  /** Where the files go: see `folderOf`. */
  readonly destination: string;
  readonly isFolder: boolean;
  readonly options: { readonly exclude: readonly string[]; readonly parents: boolean };
}

/** The folder that a step works in; one that only the build knows has a name that no file has. */
export function folderOf(step: Step): string {
  const { workdir } = step.before;
  return folderBefore(step) ?? `/\0${workdir.state === 'unset' ? '' : workdir.text}`;
}

/** A path seen from a folder; undefined where only the build knows. */
export function placeIn(folder: string, path: string): string | undefined {
  if (path === '' || /[$`~]/.test(path)) return undefined;
  return /^(?:\/|[a-z]:)/i.test(path) ? cleanPath(path) : cleanPath(`${folder}/${path}`);
}

const kept = new WeakMap<Step, readonly CopySource[]>();

/** What COPY or ADD takes from the context; nothing of what only the build knows. */
export function copySources(step: Step): readonly CopySource[] {
  const found = kept.get(step) ?? read(step);
  kept.set(step, found);
  return found;
}

function read(step: Step): readonly CopySource[] {
  const { instruction } = step;
  if (instruction.kind !== 'Copy' && instruction.kind !== 'Add') return [];
  const { sources, destination } = instruction;
  if (!destination) return [];
  const to = step.expand(destination).value;
  const place = to.state === 'known' ? placeIn(folderOf(step), to.text) : undefined;
  if (to.state !== 'known' || place === undefined) return [];
  const many = /(?:^|[/\\])\.{0,2}$/.test(to.text) || sources.length > 1;
  return takesOf(step).map(({ at, source, options }) => ({
    ...{ step, at, source, options },
    ...{ destination: place, isFolder: many || options.parents },
  }));
}

const files = new WeakMap<CopySource, ReadonlyMap<string, ContextFile>>();

/** The files that a source brings, each by its path in the image. */
export function filesOf(from: CopySource, context: Context): ReadonlyMap<string, ContextFile> {
  const found = files.get(from) ?? placed(from, context);
  files.set(from, found);
  return found;
}

function placed(from: CopySource, context: Context): ReadonlyMap<string, ContextFile> {
  const { source, destination, isFolder, options } = from;
  const taken = context.copied([source], options).files;
  const root = cleanPath(`/${source}`).slice(1);
  const names = root === '' ? [] : root.split('/');
  return new Map(
    taken.map((file) => {
      const parts = file.path.split('/');
      if (options.parents) return [cleanPath(`${destination}/${file.path}`), file];
      if (parts.length > names.length)
        return [cleanPath(`${destination}/${parts.slice(names.length).join('/')}`), file];
      return [isFolder || /[*?[]/.test(root) ? cleanPath(`${destination}/${parts.at(-1)}`) : destination, file];
    }),
  );
}

/** The steps that a stage runs on, those of the stages it stands on first. */
export const lineageSteps = (step: Step): readonly Step[] => {
  const steps = step.stage?.lineage.flatMap((one) => one.steps) ?? [];
  const at = steps.indexOf(step);
  return at < 0 ? steps : steps.slice(0, at);
};
