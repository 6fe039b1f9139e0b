import { closest, dockerfile, isPlain, option, replace, rule } from '../../src/engine/rule.ts';
import { schemaOption } from './lib/label-values.ts';

export default rule({
  id: 'unknown-label',
  aliases: ['DL3050'],
  severity: 'info',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'The schema does not have this label.',
  why: `
    Tools do not find a label whose key is misspelt. Any label is accepted unless a config lists the known ones in the option
    schema, or sets strict to allow none at all.
  `,
  instead: 'Use a label of the schema, or add this one to it.',
  url: 'https://docs.docker.com/build/building/best-practices/#label',
  examples: {
    'without a schema': dockerfile`
      FROM alpine:3.22
      LABEL com.example.team=web
    `,
  },
  differs: {
    DL3050: [{ why: 'Keys that only the build knows are not judged.' }],
  },
  options: {
    schema: schemaOption('The labels that are allowed, with the types of their values.'),
    strict: option('Whether an empty schema allows no labels at all.', { type: 'boolean' }, false),
  },
  visit: ({ schema, strict }) => ({
    Label({ pairs }, { step, onbuild }) {
      const known = Object.keys(schema);
      if (known.length === 0 && !strict) return undefined;
      return pairs.flatMap(({ name }) => {
        const { value } = step.expand(name);
        if (value.state !== 'known' || Object.hasOwn(schema, value.text)) return [];
        const near = closest(value.text, known);
        return {
          at: name,
          aliases: onbuild ? [] : ['DL3050'],
          message: `The schema has no label ${value.text}${near ? `; ${near} is likely meant` : ''}.`,
          ...(near && isPlain(name) && { fix: replace(name, near, `Write ${near}`) }),
        };
      });
    },
  }),
});
