import { dockerfile, type Finding, isPlain, rule, type Word } from '../../src/engine/rule.ts';
import { documentedLabels, reservedLabels } from '../../src/knowledge/builder/label-types.ts';
import { schemaOption } from './lib/label-values.ts';

export default rule({
  id: 'invalid-label-key',
  aliases: ['DL3048'],
  severity: 'style',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'This is not written as label keys usually are.',
  why: `
    Tools look keys up exactly, so they may not find an unusual one. Docker asks for lower case letters and digits with single
    periods, hyphens, underscores or slashes between them, beginning with a letter, and reserves com.docker, io.docker and
    org.dockerproject. Keys that differ only in case or order are reported only in preset all, as the tools that set them also
    read them. Keys of a schema are not judged.
  `,
  instead: 'Write a key such as version, or com.example.build-date with the reversed name of a domain that you own.',
  url: 'https://docs.docker.com/engine/manage-resources/labels/#key-format-recommendations',
  examples: {
    'a colon, and a reserved key': dockerfile`
        FROM alpine:3.22
      - LABEL maintainer: "Ada <ada@example.com>"
              ~~~~~~~~~~~
      + LABEL maintainer "Ada <ada@example.com>"
        LABEL com.docker.team=web
              ~~~~~~~~~~~~~~~
    `,
    'letter case and order': dockerfile`
      FROM alpine:3.22
      LABEL Version=1.2 2nd=x com.example..name=x
            ~~~~~~~     ~~~   ~~~~~~~~~~~~~~~~~
    `,
    'usual keys': dockerfile`
      FROM alpine:3.22
      LABEL org.opencontainers.image.version=1.2 \
            com.example.vcs_ref=0a1b2c3 \
            example.com/team=web
    `,
    'reserved keys that Docker documents for others': dockerfile`
      FROM scratch
      LABEL com.docker.desktop.extension.api.version=0.3.4
    `,
  },
  notRecommended: {
    DL3048:
      'Docker accepts capitals and underscores; recommended only has characters that belong in no key, and reserved names.',
  },
  differs: {
    DL3048: [
      {
        why: 'The value of a key with a variable is not known.',
        only: 'hadolint',
        text: 'FROM debian:12\nARG K\nLABEL $K=1',
      },
    ],
  },
  options: { schema: schemaOption('Your own labels, whose keys are not judged.') },
  visit: ({ schema }) => ({
    Label({ pairs }, { step, onbuild }) {
      return pairs.flatMap(({ name }) => {
        const { value } = step.expand(name);
        // a template engine writes the key
        if (value.state !== 'known' || Object.hasOwn(schema, value.text) || /\{\{|\{%|<%/.test(value.text)) return [];
        const finding = judge(name, value.text);
        return finding && onbuild ? { ...finding, aliases: [] } : (finding ?? []);
      });
    },
  }),
});

const custom = /^[a-z](?!.*(?:\.\.|--))(?:[a-z0-9._/-]*[a-z0-9])?$/;

function judge(name: Word, key: string): Finding | undefined {
  const lower = key.toLowerCase();
  const namespace = reservedLabels.find((it) => lower.startsWith(it));
  if (namespace && !documentedLabels.some((it) => lower.startsWith(it)))
    return {
      at: name,
      message: `Docker reserves label keys such as ${namespace}${key.slice(namespace.length)}.`,
      why: 'Docker may give such a key a meaning of its own.',
    };
  if (custom.test(key)) return undefined;
  const foreign = /[^\w./-]/.exec(key)?.[0];
  if (foreign === undefined) return { at: name, preset: 'all', message: `The key ${key} ${departure(key)}.` };
  const bare = key.slice(0, -1);
  const end = name.span.end - 1;
  return {
    at: name,
    message: `The key ${key} contains ${signs[foreign] ?? foreign}.`,
    ...(/[:,;]$/.test(key) &&
      isPlain(name) &&
      custom.test(bare) && {
        fix: { title: 'Remove the last character', edits: [{ span: { start: end, end: end + 1 }, text: '' }] },
      }),
  };
}

const signs: Readonly<Record<string, string>> = { ' ': 'a space', ':': 'a colon', ',': 'a comma', ';': 'a semicolon' };

const departure = (key: string): string =>
  /[A-Z]/.test(key)
    ? 'has capital letters'
    : /\.\.|--/.test(key)
      ? 'has two periods or hyphens in a row'
      : /^[a-z]/.test(key)
        ? 'does not end with a letter or a digit'
        : 'does not begin with a letter';
