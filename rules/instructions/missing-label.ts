import { dockerfile, type Finding, type Model, rule, type Stage } from '../../src/engine/rule.ts';
import { schemaOption } from './lib/label-values.ts';

export default rule({
  id: 'missing-label',
  aliases: ['DL3049'],
  severity: 'info',
  preset: 'recommended',
  message: 'A label that the schema requires is missing.',
  why: `
    Tools that find images by their labels do not find this one. Labels are required only if a config names them in the option
    schema. Each stage that no other stage needs is an image of its own and must have the labels, by itself or from the stages
    that it is based on; labels that only the base image may have do not count.
  `,
  instead: 'Add a LABEL with it, in this stage or in one that it is based on.',
  url: 'https://docs.docker.com/build/building/best-practices/#label',
  examples: {
    'without a schema': dockerfile`
      FROM alpine:3.22
      CMD ["sh"]
    `,
  },
  differs: {
    DL3049: [{ why: 'Only stages that become images are judged, not those that another stage needs.' }],
  },
  options: { schema: schemaOption('The labels that every image must have, with the types of their values.') },
  visit: ({ schema }) => ({
    File(model) {
      const names = Object.keys(schema);
      return names.length === 0 ? undefined : images(model).flatMap((stage) => judge(stage, names));
    },
  }),
});

/** The stages that are built for themselves: the one asked for, else all that no other one needs. */
function images({ options, stages, target }: Model): readonly Stage[] {
  if (options.target !== undefined) return target ? [target] : [];
  const needed = new Set(stages.flatMap(({ needs }) => needs.map(({ stage }) => stage)));
  return stages.filter((stage) => !needed.has(stage));
}

function judge({ from, end, allSteps }: Stage, names: readonly string[]): Finding[] {
  const dynamic = allSteps.some(
    ({ instruction, expand }) =>
      instruction.kind === 'Label' && instruction.pairs.some(({ name }) => expand(name).value.state !== 'known'),
  );
  if (dynamic) return [];
  return names
    .filter((name) => !end.labels.has(name))
    .map((name) => ({ at: from.image ?? from.keyword, message: `The image has no label ${name}.` }));
}
