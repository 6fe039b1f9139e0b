import { dockerfile, type Finding, type Instruction, rule, type ShellForm, type Word } from '../../src/engine/rule.ts';
import { nearJson } from './lib/json-array.ts';
import { misread } from './lib/misread.ts';

export default rule({
  id: 'malformed-array',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'This array is not valid JSON.',
  why: `
    The builder takes text that is not JSON as it is, brackets, quotes and commas included. In CMD, ENTRYPOINT and HEALTHCHECK
    shell-form-command reports it, and in SHELL it stops the build.
  `,
  instead: 'Put each item in double quotes, separated by commas, or write plain words without brackets.',
  url: 'https://docs.docker.com/reference/dockerfile/#exec-form',
  examples: {
    'single quotes': dockerfile`
        FROM debian:12
      - RUN ['ls', '-l']
            ~~~~~~~~~~~~
      + RUN ["ls", "-l"]
      - VOLUME ['/data']
               ~~~~~~~~~
      + VOLUME ["/data"]
      - COPY ['a', '/b/']
             ~~~~~~~~~~~~
      + COPY ["a", "/b/"]
    `,
    'no quotes, and a path': dockerfile`
        FROM debian:12
      - VOLUME [/data, /logs]
               ~~~~~~~~~~~~~~
      + VOLUME ["/data", "/logs"]
        WORKDIR ["/srv"]
                ~~~~~~~~
    `,
    'JSON, a test and a pattern': dockerfile`
      FROM debian:12
      VOLUME ["/data"]
      RUN [ -f /etc/motd ] && cat /etc/motd
      COPY [ab].txt /srv/
    `,
  },
  visit: {
    Run: ({ command }) => (command?.kind === 'ShellForm' ? run(command) : undefined),
    Volume: (node) => paths(node, 'The brackets become part of the volume paths.'),
    Copy: (node) => paths(node, 'The builder takes the brackets for part of the file names, and the build stops.'),
    Add: (node) => paths(node, 'The builder takes the brackets for part of the file names, and the build stops.'),
    Workdir: ({ keyword, path }) => single(keyword.text, path),
    User: ({ keyword, user }) => single(keyword.text, user),
  },
});

function run({ span, text, parts }: ShellForm): Finding | undefined {
  const whole = text.trim();
  if (!/\]$/.test(whole) || !(/^\[\s*["'“‘]/.test(whole) || whole.includes(','))) return undefined;
  const near = nearJson(whole);
  if (!near) return undefined;
  const why = 'The shell gets it as plain text and looks for a program whose name begins with [.';
  const fix = near.items && parts.length === 0 ? { fix: asArray(span, near.items) } : {};
  return { at: { span }, message: `The array of RUN is not valid JSON: ${near.problem}.`, why, ...fix };
}

function paths(node: Extract<Instruction, { kind: 'Copy' | 'Add' | 'Volume' }>, why: string): Finding | undefined {
  const found = misread(node);
  if (found?.kind !== 'array') return undefined;
  const { problem, items } = found.near;
  const fix = items ? { fix: asArray(found.at, items) } : {};
  return { at: found.at, message: `The array of ${node.keyword.text} is not valid JSON: ${problem}.`, why, ...fix };
}

const asArray = (span: ShellForm['span'], items: readonly string[]): NonNullable<Finding['fix']> => ({
  title: 'Write JSON',
  edits: [{ span, text: `[${items.map((item) => JSON.stringify(item)).join(', ')}]` }],
});

/** Instructions that take no array at all. */
const single = (keyword: string, word: Word | undefined): Finding | undefined =>
  word && /^\[.*\]$/s.test(word.raw.trim())
    ? {
        at: word,
        message: `${keyword} does not take an array, so the brackets become part of the name.`,
        why:
          keyword === 'USER'
            ? 'The image has no such user.'
            : 'Later instructions work in a folder whose name begins with [.',
        instead: 'Write the name without brackets and quotes.',
      }
    : undefined;
