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
    The build fails at its end with "max depth exceeded": an image can have ${layerLimit} layers, including those of its
    base. Only instructions that certainly add a layer are counted.
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
  const last = own[layerLimit - inherited];
  if (!last) return undefined;
  const base = inherited ? ' to those of its base image' : '';
  return {
    at: last.keyword,
    message: `This file adds ${own.length} layers${base}; an image can have only ${layerLimit}.`,
  };
}
