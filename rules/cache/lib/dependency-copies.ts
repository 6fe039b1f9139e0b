import {
  baseName,
  type Finding,
  fits,
  folderOf,
  type Model,
  type Span,
  type Step,
  type Take,
} from '../../../src/engine/rule.ts';

/** A source of the build context that a COPY or ADD brings to a known place. */
export interface Brought {
  readonly take: Take & { readonly target: string };
  readonly step: Step;
}

/** What COPY and ADD have brought of the context before a step, each source in its order. */
export const broughtBefore = ({ earlier }: Step): readonly Brought[] =>
  earlier.flatMap((step) => step.takes.filter(isKnown).map((take) => ({ take, step })));

const isKnown = (take: Take): take is Brought['take'] =>
  take.via === 'copy' && take.origin.kind === 'context' && take.certain && take.target !== undefined;

/** Whether a file is one that a manifest's path means, which may have a wildcard in its name. */
export const isManifest = (pattern: string, path: string): boolean =>
  folderOf(pattern) === folderOf(path) && fits(baseName(pattern), baseName(path));

/** What `judge` finds in the steps of all stages: the first finding of each copy, for one change mends them all. */
export function onePerCopy(
  { stages }: Model,
  judge: (step: Step) => readonly (Finding & { readonly at: Span })[],
): readonly Finding[] {
  const all = stages.flatMap(({ steps }) => steps.flatMap(judge));
  return [...new Map(all.toReversed().map((it) => [it.at.start, it])).values()].toReversed();
}
