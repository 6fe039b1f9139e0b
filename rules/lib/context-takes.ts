import type { Context, Model, Span, Step } from '../../src/engine/rule.ts';
import { isRemote, isWholeContext } from './paths.ts';

/** A source in the build context that COPY or ADD takes, or RUN mounts. */
export interface Take {
  readonly step: Step;
  readonly at: Span;
  /** After expansion. */
  readonly source: string;
  readonly options: { readonly exclude: readonly string[]; readonly parents: boolean };
  /** Mounted it is seen by one RUN and in no layer. */
  readonly mounted: boolean;
}

/** What a step takes from the context, sources left out that only the build knows. */
export function takesOf(step: Step): readonly Take[] {
  const { instruction } = step;
  if (instruction.kind === 'Run') return instruction.flags.flatMap((flag) => mountOf(flag, step));
  if (instruction.kind !== 'Copy' && instruction.kind !== 'Add') return [];
  const { flags, heredocs, sources } = instruction;
  if (flags.some(({ name }) => name.text === 'from')) return [];
  const exclude = flags.flatMap(({ name, value }) => (name.text === 'exclude' && value ? [value.text] : []));
  const parents = flags.some(({ name, value }) => name.text === 'parents' && value?.text.toLowerCase() !== 'false');
  return sources.flatMap((word): Take[] => {
    const { value } = step.expand(word);
    const body = heredocs.some(({ opener }) => opener.start === word.span.start);
    if (value.state !== 'known' || value.text === '' || body || isRemote(value.text)) return [];
    return [{ step, at: word.span, source: value.text, options: { exclude, parents }, mounted: false }];
  });
}

function mountOf({ mount, span }: Step['instruction']['flags'][number], step: Step): Take[] {
  if (mount?.type !== 'bind' || mount.from !== undefined) return [];
  const source = mount.source ?? '.';
  if (source === '' || source.includes('$')) return [];
  const at = mount.options.find(({ key }) => key === 'source' || key === 'src')?.valueSpan ?? span;
  return [{ step, at, source, options: { exclude: [], parents: false }, mounted: true }];
}

/** All that is taken in the stages that are built. */
export const takesIn = ({ stages }: Model): readonly Take[] =>
  stages.filter(({ reachable }) => reachable).flatMap(({ steps }) => steps.flatMap(takesOf));

/** The context, where it is the one that the file is built with: some of what is named by itself is in it. */
export function contextOf(model: Model, takes: readonly Take[] = takesIn(model)): Context | undefined {
  const { context } = model.options;
  if (!context) return undefined;
  const named = takes.filter(({ source }) => !isWholeContext(source));
  const holds = named.some(({ source, options }) => isThere(context, source, options));
  const holdsAll = named.length === 0 && takes.some(({ source }) => context.copied([source]).files.length > 0);
  return holds || holdsAll ? context : undefined;
}

function isThere(context: Context, source: string, options: Take['options']): boolean {
  const { files, ignored } = context.copied([source], options);
  return files.length > 0 || ignored.length > 0;
}
