import { imageLayers, type Model, type Step } from '../../../src/engine/rule.ts';

/** The instructions that certainly give the image a layer, first to last, and how few layers its base has. */
export function certainLayers(model: Model): {
  readonly own: readonly Step['instruction'][];
  readonly inherited: number;
} {
  const layers = imageLayers(model)?.instructions ?? [];
  return {
    own: layers.flatMap(({ layer, certain, instruction }) => (layer && certain ? [instruction] : [])),
    // what a base has is not known here; but for scratch it is one at least
    inherited: model.target?.lineage[0]?.base.kind === 'scratch' ? 0 : 1,
  };
}
