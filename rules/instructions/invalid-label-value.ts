import {
  dockerfile,
  type Finding,
  fileSpan,
  type Instruction,
  type Place,
  replace,
  rule,
} from '../../src/engine/rule.ts';
import type { LabelType } from '../../src/knowledge/builder/label-types.ts';
import { isOfType, type LabelSchema, licenceNamed, schemaOption } from './lib/label-values.ts';

type Pair = Extract<Instruction, { kind: 'Label' }>['pairs'][number];

const empty = 'DL3051';
const codes: Readonly<Record<LabelType, readonly string[]>> = {
  text: [],
  url: ['DL3052'],
  rfc3339: ['DL3053'],
  spdx: ['DL3054'],
  hash: ['DL3055'],
  semver: ['DL3056'],
  email: ['DL3058'],
};
const wanted: Readonly<Record<LabelType, string>> = {
  text: 'text',
  url: 'an absolute URL, such as https://example.com/app',
  rfc3339: 'a date and time of RFC 3339, such as 2026-01-31T12:00:00Z',
  spdx: 'a licence of the SPDX list, such as Apache-2.0, or an expression of several, such as MIT OR Apache-2.0',
  hash: 'the hash of a commit: 7, 40 or 64 hexadecimal digits in lower case',
  semver: 'a semantic version, such as 1.2.3 or 2.0.0-rc.1',
  email: 'an e-mail address without a name, such as team@example.com',
};

export default rule({
  id: 'invalid-label-value',
  aliases: [empty, ...Object.values(codes).flat()],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'The label value does not have the type that the schema gives it.',
  why: `
    Tools ignore label values that they cannot read: a registry shows the address, a scanner the licence, a CI job the commit.
    Labels have a type only if a config gives them one in the option schema. A value that only the build knows is not judged.
  `,
  instead: 'Write a value of the type that the schema gives.',
  url: 'https://docs.docker.com/build/building/best-practices/#label',
  examples: {
    'without a schema': dockerfile`
      FROM alpine:3.22
      LABEL org.opencontainers.image.licenses=
    `,
  },
  differs: {
    DL3051: [{ why: 'A value of spaces only counts as empty; a value that only the build knows is not judged.' }],
    DL3052: [{ why: 'An absolute URL begins with a scheme, so localhost:80 is not one.' }],
    DL3054: [{ why: 'Expressions of several licences are accepted, as in the SPDX specification.' }],
    DL3055: [{ why: 'A hash of 64 digits (SHA-256) is accepted.' }],
    DL3058: [{ why: 'A value that only the build knows is not judged.' }],
  },
  options: { schema: schemaOption('The labels and the types of their values.') },
  visit: ({ schema }) => ({
    Label: ({ pairs }, place) => pairs.flatMap((pair) => judge(pair, place, schema) ?? []),
  }),
});

function judge({ name, value: word, span }: Pair, { step, onbuild }: Place, schema: LabelSchema): Finding | undefined {
  const key = step.expand(name).value;
  const value = word ? step.expand(word).value : { state: 'known' as const, text: '' };
  if (key.state !== 'known' || value.state !== 'known') return undefined;
  const type = Object.hasOwn(schema, key.text) ? schema[key.text] : undefined;
  if (!type) return undefined;
  const blank = value.text.trim() === '';
  if (!blank && isOfType[type](value.text)) return undefined;
  const names = [...(blank ? [empty] : []), ...codes[type]];
  const said = blank ? 'is empty' : `is not ${wanted[type].replace(/,? such as .*|:.*/, '')}`;
  const finding: Finding = {
    at: word && word.raw !== '' ? word : span,
    aliases: onbuild ? [] : names,
    message: `The value of the label ${key.text} ${said}.`,
    instead: `Write ${wanted[type]}.`,
  };
  const licence = type === 'spdx' ? licenceNamed(value.text) : undefined;
  if (!licence || !word || word.text !== value.text || word.parts.some(({ kind }) => kind === 'Continuation'))
    return finding;
  return { ...finding, fix: replace(fileSpan(word.map, 0, word.text.length), licence, `Write ${licence}`) };
}
