import type { Copy, Flag, Heredoc, Instruction, Run, Word } from '../../../grammar/index.ts';
import { usualFolders } from '../../knowledge/commands/file-commands.ts';
import { baseName, below, clean, fromRoot, hasWildcard, isBelow, joined } from '../../text/path.ts';
import type { Span } from '../../text/span.ts';
import type { ContextFile, Copied } from '../context/context.ts';
import type { Origin, Stage, Step, Take } from '../model.ts';
import { textOf } from '../stages/expand.ts';
import { flagOf, flagValues, isOn } from '../stages/flags.ts';
import { folderBefore, folderOrUnknown, placeIn } from '../stages/folder.ts';
import { isRemote } from '../stages/paths.ts';

/** The stage that a name of `--from` means where a step stands. */
export type Named = (reference: string) => Stage | undefined;

/** COPY or ADD; the two have the same words. */
export type Transfer = Extract<Instruction, { kind: 'Copy' | 'Add' }>;

export const isTransfer = (instruction: Instruction): instruction is Transfer =>
  instruction.kind === 'Copy' || instruction.kind === 'Add';

const none: readonly Take[] = [];

/** What a step takes, in the order of its words. */
export function takesOf(step: Step, named: Named): readonly Take[] {
  const { instruction } = step;
  if (isTransfer(instruction)) return ofTransfer(step, instruction, named);
  return instruction.kind === 'Run' && instruction.flags.length > 0 ? ofMounts(step, instruction, named) : none;
}

function ofTransfer(step: Step, instruction: Transfer, named: Named): readonly Take[] {
  const { sources, destination } = instruction;
  const exclude = flagValues(instruction, 'exclude');
  const parents = isOn(instruction, 'parents');
  const target = targetOf(step, destination);
  const into = parents || sources.length > 1 || (target !== undefined && isFolder(step, destination!, target));
  return sources.map((word) => {
    const value = step.expand(word).value;
    const source = value.state === 'unset' ? '' : value.text;
    const certain = value.state === 'known';
    const origin = originOf(word, source, instruction, named);
    return new StepTake(step, { via: 'copy', origin, at: word.span, source, certain, exclude, parents, target, into });
  });
}

function targetOf(step: Step, destination: Word | undefined): string | undefined {
  const to = destination && textOf(step.expand(destination).value);
  if (to === undefined || to === '' || /[$`]/.test(to)) return undefined;
  return placeIn(folderOrUnknown(step), to, step.stage?.os === 'windows');
}

/** Whether a destination is a folder by its form, or one that is there: in most images, or as the working directory. */
function isFolder(step: Step, destination: Word, target: string): boolean {
  const to = textOf(step.expand(destination).value) ?? '';
  if (/(?:^|\/)\.{0,2}$/.test(to) || (step.stage?.os === 'windows' && to.endsWith('\\'))) return true;
  const workdir = folderBefore(step);
  return usualFolders.has(target) || (workdir !== undefined && isBelow(workdir, target));
}

function originOf(word: Word, source: string, instruction: Transfer, named: Named): Origin {
  const heredoc = heredocAt(word.span, instruction.heredocs);
  if (heredoc) return { kind: 'text', heredoc };
  const from = instruction.kind === 'Copy' ? flagOf(instruction, 'from') : undefined;
  if (from) return namedOrigin(from.value?.text ?? '', named);
  return isRemote(source) ? { kind: 'network' } : { kind: 'context' };
}

const heredocAt = ({ start, end }: Span, heredocs: Copy['heredocs']): Heredoc | undefined =>
  heredocs.find(({ opener }) => opener.start >= start && opener.end <= end);

function namedOrigin(name: string, named: Named): Origin {
  const stage = named(name);
  return stage ? { kind: 'stage', stage } : { kind: 'image', name };
}

/** Of a bind mount the files count, of a cache mount those that it begins with. */
function ofMounts(step: Step, { flags }: Run, named: Named): readonly Take[] {
  return step.mounts.flatMap(({ flag, mount, type, target }) => {
    if (!flags.includes(flag) || (type !== 'bind' && type !== 'cache')) return [];
    if (type === 'cache' && mount.from === undefined) return [];
    // a mount has names only, no numbers of stages
    const named_ = (name: string): Stage | undefined => (/^\d+$/.test(name) ? undefined : named(name));
    const origin: Origin = mount.from === undefined ? { kind: 'context' } : namedOrigin(mount.from, named_);
    const source = sourceOf(flag, step) ?? (mount.from === undefined ? '.' : '/');
    const at = mount.options.findLast(({ key }) => key === 'source' || key === 'src')?.valueSpan ?? flag.span;
    const certain = !source.includes('$');
    const plain = { exclude: [], parents: false, into: false };
    return new StepTake(step, { via: 'mount', origin, at, source, certain, target, ...plain });
  });
}

/** The source of a mount, its variables expanded as far as they are known. */
function sourceOf({ mount, value }: Flag, step: Step): string | undefined {
  const words = value && textOf(step.expand(value).value);
  if (words === undefined) return mount?.source;
  return /(?:^|,)(?:source|src)=([^,]*)/i.exec(words)?.[1];
}

type Given = Omit<Take, 'copied' | 'landed'>;

/** A take whose files are looked up when they are asked for. */
class StepTake implements Take {
  readonly via: Take['via'];
  readonly origin: Origin;
  readonly at: Span;
  readonly source: string;
  readonly certain: boolean;
  readonly exclude: readonly string[];
  readonly parents: boolean;
  readonly target: string | undefined;
  readonly into: boolean;
  readonly #step: Step;
  #copied: Copied | null | undefined;
  #landed: ReadonlyMap<string, ContextFile> | undefined;

  constructor(step: Step, given: Given) {
    this.#step = step;
    this.via = given.via;
    this.origin = given.origin;
    this.at = given.at;
    this.source = given.source;
    this.certain = given.certain;
    this.exclude = given.exclude;
    this.parents = given.parents;
    this.target = given.target;
    this.into = given.into;
  }

  get copied(): Copied | undefined {
    const { context } = this.#step.stage ?? {};
    const isKnown = context && this.certain && this.source !== '' && this.origin.kind === 'context';
    this.#copied ??= isKnown ? context.copied([this.source], this) : null;
    return this.#copied ?? undefined;
  }

  get landed(): ReadonlyMap<string, ContextFile> {
    this.#landed ??= new Map(
      (this.target === undefined ? [] : (this.copied?.files ?? [])).map((file) => [this.#placeOf(file.path), file]),
    );
    return this.#landed;
  }

  #placeOf(path: string): string {
    const { source, into, parents } = this;
    const target = this.target!;
    if (parents) {
      const pivot = source.indexOf('/./');
      return clean(joined(target, pivot < 0 ? path : below(path, fromRoot(source.slice(0, pivot)))));
    }
    const root = fromRoot(source);
    const depth = root === '' ? 0 : root.split('/').length;
    const parts = path.split('/');
    // what lies in a folder that is taken keeps its place there
    if (parts.length > depth) return joined(target, parts.slice(depth).join('/'));
    return into || hasWildcard(root) ? joined(target, baseName(path)) : target;
  }
}
