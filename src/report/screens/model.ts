/** What screens ask of the model: the one place here that knows where in it that is. */

import type { Model } from '../../model/index.ts';

export { factsOf } from '../../knowledge/images/facts.ts';
export { cacheAdvice } from '../../model/cache/advice.ts';
export { type CostClass, costOf, weights } from '../../model/cache/cost.ts';
export { compare, firstMisses, type Rerun, reruns, type StepRerun } from '../../model/cache/reruns.ts';
export { apartOf, type Cause, type Independent, sharingOf } from '../../model/cache/sharing.ts';
export { type Commits, freshArguments, type TypicalChange, typicalChanges } from '../../model/cache/typical.ts';
export {
  type Cost,
  type CostCounts,
  churnOf,
  costOfSteps,
  scoreOf,
  type Volatility,
  volatilityOf,
} from '../../model/cache/volatility.ts';
export type { Context } from '../../model/context/context.ts';
export { type Brings, bringsOf, type Touched, touchedOf } from '../../model/files/brings.ts';
export type { Base, Expansion, Model, Stage, Step, Waste } from '../../model/index.ts';
export { type Builder, countLayers, imageLayers, type Layer, layersOf } from '../../model/layers.ts';
export { startOf } from '../../model/process/program.ts';
export { type Content, contentsOf } from '../../model/ships/contents.ts';
export { imagesIn } from '../../model/ships/images.ts';
export { type Work, workOf } from '../../model/ships/work.ts';
export { imagesOf } from '../../model/stages/images.ts';

/** A file that was read, and what it means. */
export interface Analyzed {
  readonly path: string;
  readonly model: Model;
}
