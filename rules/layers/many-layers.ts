import { dockerfile, type Finding, type Model, rule } from '../../src/engine/rule.ts';
import { layerLimit } from '../../src/knowledge/builder/layer-limit.ts';
import { certainLayers } from './lib/certain-layers.ts';

/** From here on a base image of some size, or an image that stands on this one, comes to the limit. */
const MANY = 100;

export default rule({
  id: 'many-layers',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'The image has nearly as many layers as an image can have.',
  why: `
    The build fails once an image has more than ${layerLimit} layers, including those of its base; the same holds for each
    image that is built on this one.
  `,
  instead: 'Combine RUN and COPY instructions, or copy the result into a final stage with one COPY.',
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
  const hundredth = own[MANY - 1];
  // more than can be stored is an error of its own
  if (!hundredth || own.length + inherited > layerLimit) return undefined;
  const base = inherited ? ' to those of its base image' : '';
  return {
    at: hundredth.keyword,
    message: `This file adds ${own.length} layers${base}; an image can have only ${layerLimit}.`,
  };
}
