import { dockerfile, type Finding, type Instruction, rule, type ShellForm, type Word } from '../../src/engine/rule.ts';
import { nearJson } from './lib/json-array.ts';
import { misread } from './lib/misread.ts';

export default rule({
  id: 'malformed-array',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'This array is not JSON.',
  why: `
    The builder takes what is not JSON for plain text, brackets, quotes and commas included. CMD, ENTRYPOINT and HEALTHCHECK have
    the rule shell-form-command for it, and SHELL stops the build.
  `,
  instead: 'Put each part in double quotes, with commas between them, or write them without brackets.',
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
    Volume: (node) => paths(node, 'The volumes get names with brackets and commas in them.'),
    Copy: (node) => paths(node, 'The builder looks for files with brackets and commas in their names, and stops.'),
    Add: (node) => paths(node, 'The builder looks for files with brackets and commas in their names, and stops.'),
    Workdir: ({ keyword, path }) => single(keyword.text, path),
    User: ({ keyword, user }) => single(keyword.text, user),
  },
});

function run({ span, text, parts }: ShellForm): Finding | undefined {
  const whole = text.trim();
  if (!/\]$/.test(whole) || !(/^\[\s*["'“‘]/.test(whole) || whole.includes(','))) return undefined;
  const near = nearJson(whole);
  if (!near) return undefined;
  const why = 'The shell gets the text as it stands and looks for a program whose name begins with the bracket.';
  const fix = near.items && parts.length === 0 ? { fix: asArray(span, near.items) } : {};
  return { at: { span }, message: `This array of RUN is not JSON: ${near.problem}.`, why, ...fix };
}

function paths(node: Extract<Instruction, { kind: 'Copy' | 'Add' | 'Volume' }>, why: string): Finding | undefined {
  const found = misread(node);
  if (found?.kind !== 'array') return undefined;
  const { problem, items } = found.near;
  const fix = items ? { fix: asArray(found.at, items) } : {};
  return {
    at: found.at,
    message: `This array of ${node.keyword.text} is not JSON: ${problem}.`,
    why,
    ...fix,
  };
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
        message: `${keyword} does not take an array: the brackets become a part of the name.`,
        why: 'The builder takes the text as it stands.',
        instead: 'Write it without brackets.',
      }
    : undefined;
