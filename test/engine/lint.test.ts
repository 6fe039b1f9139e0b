import { describe, expect, test } from 'vitest';
import { analyze, defineRule, lint, parse, presets, type Rule, type Visitor } from '../../src/index.ts';

/** A rule that reports what its visitor finds. */
const made = (visit: Visitor, traits: Partial<Rule> = {}): Rule =>
  defineRule({
    id: 'made',
    aliases: ['DL9998', 'MadeCheck'],
    severity: 'warning',
    preset: 'recommended',
    message: 'It is wrong.',
    why: `
      It matters,
      e.g. here. More of it.
    `,
    instead: 'Do this.',
    url: '',
    examples: {},
    ...traits,
    visit,
  });
const foundBy = (rule: Rule, text: string, preset: (typeof presets)[number] = 'recommended') =>
  lint(text, { preset, plugins: [rule] }).diagnostics.filter((it) => it.rule === 'made');

const eachUser: Visitor = { User: (node) => ({ at: node }) };

describe('a rule says how it is treated', () => {
  test('one that is always on is in every preset', () => {
    const on = (traits: Partial<Rule>) =>
      presets.filter((it) => foundBy(made(eachUser, { ...traits, aliases: [] }), 'FROM a:1\nUSER a\n', it).length > 0);
    expect(on({ always: true })).toEqual(presets);
    expect(on({})).toEqual(['recommended', 'strict', 'all']);
    expect(on({ preset: 'asked' })).toEqual([]);
  });

  test('its findings have the reason, or only a message', () => {
    const text = 'FROM a:1\nUSER a\n';
    expect(foundBy(made(eachUser), text)[0]).toMatchObject({ why: 'It matters, e.g. here.', instead: 'Do this.' });
    expect(foundBy(made(eachUser, { messageOnly: true }), text)[0]).toMatchObject({
      message: 'It is wrong.',
      why: undefined,
      instead: undefined,
    });
  });

  test.for<[string, NonNullable<Rule['silencing']> | 'usual', number]>([
    ['# dflint ignore=made', 'usual', 0],
    ['# hadolint ignore=DL9998', 'usual', 0],
    ['# check=skip=MadeCheck', 'usual', 0],
    ['# dflint ignore=made', 'top', 0],
    ['# hadolint ignore=DL9998', 'top', 0],
    ['# check=skip=MadeCheck', 'top', 1],
    ['# check=skip=all', 'top', 1],
    ['# dflint ignore=made', 'never', 1],
    ['# hadolint ignore=DL9998', 'never', 1],
    ['# check=skip=MadeCheck', 'never', 1],
    ['# dflint ignore-file=all', 'never', 1],
  ])('%s, silencing: %s', ([comment, silencing, count]) => {
    const rule = made(eachUser, silencing === 'usual' ? {} : { silencing });
    expect(foundBy(rule, `FROM a:1\n${comment}\nUSER b\n`)).toHaveLength(count);
  });

  test.for<[string, number, number]>([
    ['# dflint ignore=made', 0, 1],
    ['# hadolint ignore=DL9998', 0, 0],
    ['# check=skip=MadeCheck', 1, 0],
  ])('%s at either end of a finding that is silenced at `related`', ([comment, own, related]) => {
    const visit: Visitor = {
      Stage: ({ steps }) => ({ at: steps[0]!.instruction, related: steps[1]!.instruction }),
    };
    const rule = made(visit, { silencing: 'related' });
    expect(foundBy(rule, `FROM a:1\n${comment}\nUSER b\nUSER c\n`)).toHaveLength(own);
    expect(foundBy(rule, `FROM a:1\nUSER b\n${comment}\nUSER c\n`)).toHaveLength(related);
  });
});

describe('a rule can look at comments that silence', () => {
  test('at names that silenced nothing', () => {
    const visit: Visitor = {
      UnusedName: ({ name, span, dialect }, { all, on, checks }) => ({
        at: span,
        message: `${dialect} ${name} ${all.has(name)} ${on.has(name)} ${checks.has(name)}`,
      }),
    };
    const text = `# check=skip=MadeCheck,Other
# dflint ignore=all,made
# hadolint ignore=DL9998,useless-cat
# shellcheck disable=SC2000
FROM a:1
`;
    expect(foundBy(made(visit), text).map(({ message, span }) => [message, text.slice(span.start, span.end)])).toEqual([
      ['buildkit MadeCheck false false true', 'MadeCheck'],
      ['buildkit Other false false false', 'Other'],
      ['dflint all false false false', 'all'],
      ['dflint made true true false', 'made'],
      ['hadolint dl9998 true true false', 'DL9998'],
      ['hadolint useless-cat true false false', 'useless-cat'],
      ['shellcheck sc2000 false false false', 'SC2000'],
    ]);
  });

  test('at options that BuildKit refuses', () => {
    const visit: Visitor = { Checks: ({ problems }) => problems.map(({ span }) => ({ at: span })) };
    const text = '# check=error=true;ignore=a\nFROM a:1\n';
    expect(foundBy(made(visit), text).map(({ span }) => text.slice(span.start, span.end))).toEqual(['ignore=a']);
  });
});

describe('a file without FROM', () => {
  const found = (text: string) =>
    lint(text).diagnostics.map(({ rule, span }) => `${rule} ${text.slice(span.start, span.end)}`);

  test('has the findings of its instructions, on an image that nobody knows', () => {
    expect(found('ARG A\nRUN cd /x\nADD a /b\nENTRYPOINT x\n')).toEqual([
      'syntax-error RUN',
      'cd-instead-of-workdir cd /x',
      'add-local-file ADD',
      'shell-form-command x',
    ]);
  });

  test('lacks nothing that may stand in the file that it becomes a part of', () => {
    expect(lint('CMD ["a"]\n', { preset: 'all' }).diagnostics.map(({ rule }) => rule)).toEqual(['syntax-error']);
    expect(found('ENV A=$b\n')).toEqual(['syntax-error ENV']);
  });

  test('of ARGs or of what is no instruction has none', () => {
    expect(found('ARG A\n')).toEqual(['no-stage ARG A']);
    expect(found('hello world\n')).toEqual(['syntax-error hello']);
  });

  test('is not a stage to those who ask the model', () => {
    expect(analyze(parse('RUN a').ast).stages).toEqual([]);
  });
});
