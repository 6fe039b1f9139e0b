/**
 * The most layers that Docker's store takes of one image, those of the base included: one more is "max depth exceeded".
 * Source: https://github.com/moby/moby/blob/master/layer/layer_store.go (maxLayerDepth)
 */
export const layerLimit = 125;
