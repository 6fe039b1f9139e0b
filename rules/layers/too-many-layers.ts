import { dockerfile, type Finding, type Model, rule } from '../../src/engine/rule.ts';
import { layerLimit } from '../../src/knowledge/builder/layer-limit.ts';
import { certainLayers } from './lib/certain-layers.ts';

export default rule({
  id: 'too-many-layers',
  aliases: [],
  severity: 'error',
  preset: 'recommended',
  message: 'The image has more layers than an image can have.',
  why: `
    An image has at most ${layerLimit} layers, those of its base included; the build of one with more fails at its very end with
    "max depth exceeded". Only what certainly makes a layer is counted.
  `,
  instead: 'Fewer RUN and COPY instructions, or a last stage that copies the result in one.',
  url: 'https://docs.docker.com/build/building/best-practices/',
  examples: {
    'far below the limit': dockerfile`
      FROM debian:12
      RUN mkdir /srv/app
      COPY app /srv/app
    `,
    'settings make no layers': dockerfile`
      FROM debian:12
      ENV A=1
      LABEL b=2
      EXPOSE 80
    `,
  },
  visit: {
    File: (model) => judge(model),
  },
});

function judge(model: Model): Finding | undefined {
  const { own, inherited } = certainLayers(model);
  const last = own[layerLimit - inherited];
  if (!last) return undefined;
  const base = inherited ? ', and those of its base come on top' : '';
  return {
    at: last.keyword,
    message: `The image gets ${own.length} layers from this file${base}; more than ${layerLimit} cannot be stored.`,
  };
}
