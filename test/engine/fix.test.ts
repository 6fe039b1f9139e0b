import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '../../grammar/index.ts';
import { allRules } from '../../rules/index.ts';
import { enable } from '../../src/config/presets.ts';
import type { Safety } from '../../src/engine/diagnostic.ts';
import { fix } from '../../src/engine/fix.ts';
import { lint } from '../../src/engine/lint.ts';
import { type Finding, type Rule, rule } from '../../src/engine/rule.ts';

const enabled = enable(allRules, 'all');
const repaired = (text: string, safety: Safety = 'suggestion') =>
  fix(text, { lint: (it) => lint(it, enabled, { rules: allRules }), safety });

/** A rule that finds fault with every instruction of one kind, and mends it as told. */
const mender = (
  kind: 'Run' | 'Workdir' | 'Env' | 'User',
  mend: (node: { span: { start: number; end: number } }) => Finding['fix'],
): Rule =>
  rule({
    id: 'mended',
    aliases: [],
    severity: 'warning',
    preset: 'all',
    message: 'Mended.',
    why: 'It is.',
    instead: 'Else.',
    url: '',
    examples: {},
    visit: { [kind]: (node: { span: { start: number; end: number } }) => ({ at: node, fix: mend(node)! }) },
  });
const mendedBy = (by: Rule, text: string) =>
  fix(text, { lint: (it) => lint(it, [{ rule: by, severity: 'warning' }]), safety: 'suggestion' });

describe('what cannot be proven is refused', () => {
  test.for<[string, Rule, string, RegExp]>([
    [
      'a result that does not parse',
      mender('Run', ({ span }) => ({
        title: '',
        edits: [{ span: { start: span.end, end: span.end }, text: '\n&& b' }],
      })),
      'FROM a:1\nRUN a\n',
      /does not parse/,
    ],
    [
      'an instruction that is swallowed',
      mender('Run', ({ span }) => ({ title: '', edits: [{ span: { start: span.end, end: span.end }, text: ' \\' }] })),
      'FROM a:1\nRUN a\nCMD ["b"]\n',
      /CMD would be lost|does not parse/,
    ],
    [
      'another folder for those behind it',
      mender('Workdir', ({ span }) => ({ title: '', edits: [{ span, text: 'WORKDIR /other' }] })),
      'FROM a:1\nWORKDIR /app\nRUN b\n',
      /another workdir/,
    ],
    [
      'another value of a variable',
      mender('Env', ({ span }) => ({ title: '', edits: [{ span, text: 'ENV A="\\"b\\""' }] })),
      'FROM a:1\nENV A b\nCOPY x /$A\n',
      /another variables|would change/,
    ],
    [
      'edits that overlap',
      mender('User', ({ span }) => ({
        title: '',
        edits: [
          { span, text: 'USER b' },
          { span, text: 'USER c' },
        ],
      })),
      'FROM a:1\nUSER a\n',
      /edits overlap/,
    ],
    [
      'a finding that stays',
      mender('User', ({ span }) => ({ title: '', edits: [{ span, text: 'USER b' }] })),
      'FROM a:1\nUSER a\n',
      /would still be there/,
    ],
  ])('%s', ([, by, text, reason]) => {
    const { text: after, applied, refused } = mendedBy(by, text);
    expect(after).toBe(text);
    expect(applied).toEqual([]);
    expect(refused.map((it) => it.reason).join()).toMatch(reason);
  });

  test('unless the fix says that it reaches so far', () => {
    const by = mender('Workdir', ({ span }) => ({
      title: '',
      edits: [{ span, text: 'USER app' }],
      reaches: ['workdir', 'user'],
    }));
    expect(mendedBy(by, 'FROM a:1\nWORKDIR /app\nRUN b\n').text).toBe('FROM a:1\nUSER app\nRUN b\n');
  });
});

describe('what others get wrong', () => {
  test.for<[string, string, Safety, string]>([
    [
      'a quoted value is not quoted again',
      'FROM a:1\nLABEL m "Jane <j@x.io>"\n',
      'safe',
      'FROM a:1\nLABEL m="Jane <j@x.io>"\n',
    ],
    [
      'ADD of a variable that may be an address',
      'FROM a:1\nARG URL=https://x.io/a\nADD $URL /a\n',
      'safe',
      'FROM a:1\nARG URL=https://x.io/a\nADD $URL /a\n',
    ],
    ['line ends stay', 'FROM a:1\r\nADD a.sh /\r\n', 'safe', 'FROM a:1\r\nCOPY a.sh /\r\n'],
    ['a byte order mark stays', '\ufeffFROM a:1\nADD a.sh /\n', 'safe', '\ufeffFROM a:1\nCOPY a.sh /\n'],
    ['a file without a last line end', 'FROM a:1\nADD a.sh /', 'safe', 'FROM a:1\nCOPY a.sh /'],
    [
      'a list that goes on with a command keeps its continuation',
      'FROM alpine:3.22\nRUN apk add \\\n    python3 \\\n    curl \\\n    && curl --version\n',
      'suggestion',
      'FROM alpine:3.22\nRUN apk add --no-cache \\\n    python3 \\\n    curl \\\n    && curl --version\n',
    ],
    [
      'a value over several lines with a comment between',
      'FROM a:1\nLABEL d "one \\\n# note\n  two"\nENTRYPOINT ["a"]\n',
      'safe',
      'FROM a:1\nLABEL d="one \\\n# note\n  two"\nENTRYPOINT ["a"]\n',
    ],
    [
      'a variable that is used further down',
      'FROM a:1\nENV CURL_VERSION 8.5\nCOPY curl-$CURL_VERSION /opt/\n',
      'safe',
      'FROM a:1\nENV CURL_VERSION=8.5\nCOPY curl-$CURL_VERSION /opt/\n',
    ],
    [
      'the bodies of here-documents stay as they are',
      'FROM a:1\nRUN cat <<EOF >/etc/a.json\n{"a":1,\n  "b": 2}\nEOF\nCOPY <<EOF /b\nENV a b\nEOF\n',
      'suggestion',
      'FROM a:1\nRUN cat <<EOF >/etc/a.json\n{"a":1,\n  "b": 2}\nEOF\nCOPY <<EOF /b\nENV a b\nEOF\n',
    ],
    [
      'the text of a health check stays as it is',
      'FROM a:1\nHEALTHCHECK --interval=5m CMD curl -f http://localhost/ && curl -f http://localhost/b || exit 1\n',
      'suggestion',
      'FROM a:1\nHEALTHCHECK --interval=5m CMD curl -f http://localhost/ && curl -f http://localhost/b || exit 1\n',
    ],
    [
      'an install does not swallow the instruction behind it',
      'FROM alpine:3.22\nRUN apk add aspell aspell-en\nENTRYPOINT ["aspell"]\n',
      'suggestion',
      'FROM alpine:3.22\nRUN apk add --no-cache aspell aspell-en\nENTRYPOINT ["aspell"]\n',
    ],
    ['suggestions are for those who ask', 'FROM a:1\nMAINTAINER me\n', 'safe', 'FROM a:1\nMAINTAINER me\n'],
    [
      'inserted lines end as the file has it',
      'FROM a:1\r\nRUN mkdir a\r\nRUN mkdir b\r\n',
      'suggestion',
      'FROM a:1\r\nRUN mkdir a \\\r\n    && mkdir b\r\n',
    ],
  ])('%s', ([, text, safety, expected]) => {
    expect(repaired(text, safety).text).toBe(expected);
  });
});

const lines = fc.constantFrom(
  'FROM debian:12',
  'FROM node AS Build',
  'from alpine as base',
  'FROM Build',
  'ADD a b /srv',
  'COPY --from=build /a /b',
  'RUN apt-get update',
  'RUN apt-get update && apt-get install curl # tools',
  'RUN apt-get install -y \\\n    # why\n    curl \\\n    git \\\n && rm -rf /x',
  'RUN apk add curl \\\n\n  git',
  'RUN pip install flask \\\n    && cd /srv && make',
  'RUN curl -s https://x.io | tar xz',
  'RUN <<EOF\napt-get install curl\nEOF',
  'RUN sudo apt install vim',
  'ENV a b c',
  'LABEL m "Jane <j@x.io>"',
  'LABEL a=b \\\n  # note\n  c=d',
  'MAINTAINER me',
  'USER root',
  'WORKDIR app',
  'EXPOSE 80/TCP',
  'CMD node server.js',
  'ENTRYPOINT ["a"]',
  'HEALTHCHECK CMD curl -f http://localhost/ || exit 1',
  'ONBUILD RUN apt-get install curl',
  '# a comment',
  '',
);

test('several findings with one fix are repaired once', () => {
  const text = 'FROM debian:12\nRUN curl -f a | sh\nRUN curl -f b | sh\nRUN curl -f c | sh\n';
  const { text: fixed } = repaired(text);
  expect(fixed.match(/^SHELL /gm)).toHaveLength(1);
});

test('any file: the result parses as well as the file did, and a second run changes nothing', () => {
  fc.assert(
    fc.property(
      fc.array(lines, { maxLength: 12 }),
      fc.constantFrom<Safety>('safe', 'suggestion'),
      fc.boolean(),
      (picked, safety, crlf) => {
        const text = `FROM debian:12\n${picked.join('\n')}\n`.replaceAll('\n', crlf ? '\r\n' : '\n');
        const once = repaired(text, safety);
        expect(parse(once.text).errors.length).toBeLessThanOrEqual(parse(text).errors.length);
        expect(repaired(once.text, safety).text).toBe(once.text);
        if (crlf) expect(once.text.replaceAll('\r\n', '')).not.toContain('\n');
      },
    ),
    { numRuns: 300 },
  );
});

const sources = readdirSync('fixtures', { recursive: true, encoding: 'utf8' })
  .filter((path) => /Dockerfile(?:\.good)?$/.test(path) && !path.includes('binary'))
  .map((path) => readFileSync(`fixtures/${path}`, 'utf8'));
const scraps = [
  '\\',
  '"',
  "'",
  '$',
  '${',
  '$(',
  '`',
  '\n',
  ' \\\n',
  '&&',
  '|',
  '<<EOF\n',
  '#',
  '=',
  '[',
  ']',
  ';',
  '\ud800',
  '((',
  '*',
];
/** Where something is cut out, how much, and what is put in its place. */
const slips = fc.array(fc.tuple(fc.nat(10_000), fc.nat(20), fc.constantFrom('', ...scraps)), {
  minLength: 1,
  maxLength: 6,
});

test('any slip of the pen in any fixture: no rule throws, places are in the text, and fixes hold', () => {
  fc.assert(
    fc.property(fc.constantFrom(...sources), slips, (source, changes) => {
      const text = changes.reduce((it, [at, length, by]) => {
        const from = at % (it.length + 1);
        return it.slice(0, from) + by + it.slice(from + length);
      }, source);
      const once = repaired(text);
      for (const { span } of once.result.diagnostics) {
        expect(0 <= span.start && span.start <= span.end && span.end <= once.text.length).toBe(true);
      }
      expect(parse(once.text).errors.length).toBeLessThanOrEqual(parse(text).errors.length);
      expect(repaired(once.text).text).toBe(once.text);
    }),
    { numRuns: 300 },
  );
});
