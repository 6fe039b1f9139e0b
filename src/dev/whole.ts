import { parse, print } from '../../grammar/index.ts';
import { allRules } from '../../rules/index.ts';
import { enable } from '../config/presets.ts';
import type { Run } from '../engine/diagnostic.ts';
import { type Fixed, fix } from '../engine/fix.ts';
import { type LintResult, lint } from '../engine/lint.ts';
import { type Context, context } from '../model/context/context.ts';
import { memoryHost } from '../model/context/memory.ts';
import { analyze } from '../model/index.ts';
import type { BuildOptions, Model, Step } from '../model/model.ts';
import type { Format } from '../report/format-names.ts';
import { formats } from '../report/formats.ts';
import { noPaint } from '../report/paint.ts';
import { cacheChangeScreen, cacheTableScreen } from '../report/screens/cache.ts';
import { changeRows, tableRows } from '../report/screens/cache-rows.ts';
import { layersScreen } from '../report/screens/layers.ts';
import { rewriteScreen } from '../report/screens/rewrite.ts';
import type { Screen } from '../report/screens/screen.ts';
import { stagesScreen } from '../report/screens/stages.ts';
import { suggestScreen } from '../report/screens/suggest.ts';
import { dependency } from '../rewrite/dependency.ts';
import { rewrite } from '../rewrite/index.ts';
import { split } from '../rewrite/stages/index.ts';

/** All that dflint does with the text of a Dockerfile, in parts that can be measured by themselves. */

/** Every rule at its own severity, those that no preset has too. */
const everyRule = [
  ...enable(allRules, 'all'),
  ...allRules.filter(({ preset }) => preset === 'asked').map((rule) => ({ rule, severity: rule.severity })),
];

/** What is done, and with which build context. */
export interface Input {
  readonly text: string;
  /** Paths of the build context with their texts; without it, what is in the context is unknown. */
  readonly files?: Readonly<Record<string, string>> | undefined;
}

const buildOf = ({ files }: Input): { readonly context?: Context } =>
  files ? { context: context(memoryHost(files), 'Dockerfile') } : {};

export const lintWhole = (text: string, build: Partial<BuildOptions> = {}): LintResult =>
  lint(text, everyRule, { rules: allRules, build });

export const fixWhole = (text: string, build: Partial<BuildOptions> = {}): Fixed =>
  fix(text, { lint: (it) => lintWhole(it, build), safety: 'suggestion', build });

/** The findings in a format. */
export const printed = (result: LintResult, format: Format): string => {
  const run: Run = { files: [{ path: 'Dockerfile', ...result }], failures: [] };
  return formats[format]({ run, paint: noPaint, width: 80, version: '0.0.0' });
};

const independent = (earlier: Step, later: Step): boolean => !dependency(earlier, later, () => '');

/** As text and as JSON. */
const shown = (screen: Screen): string[] => [screen.text(noPaint, 80), JSON.stringify(screen.json())];

const analyzed = (input: Input) => ({
  path: 'Dockerfile',
  model: analyze(parse(input.text).ast, buildOf(input)) satisfies Model,
});

/** Each part from the text on; what it prints. */
export const parts: Readonly<Record<string, (input: Input) => readonly string[]>> = {
  parse: ({ text }) => [print(parse(text).ast)],
  lint: (input) => [JSON.stringify(lintWhole(input.text, buildOf(input)).diagnostics)],
  formats: (input) => {
    const result = lintWhole(input.text, buildOf(input));
    return Object.keys(formats).map((name) => printed(result, name as Format));
  },
  fix: (input) => [fixWhole(input.text, buildOf(input)).text],
  layers: (input) => {
    const one = analyzed(input);
    return shown(layersScreen([one, { ...one, path: 'other' }], 'buildkit', independent));
  },
  cache: (input) => [
    ...shown(cacheTableScreen([tableRows(analyzed(input), [], 'buildkit')])),
    ...shown(cacheChangeScreen([changeRows(analyzed(input), { changed: ['a'], args: ['A'] }, 'buildkit')])),
  ],
  stages: (input) => [
    ...shown(stagesScreen([analyzed(input)], 'text')),
    ...(['mermaid', 'dot'] as const).map((format) => stagesScreen([analyzed(input)], format).text(noPaint, 80)),
  ],
  rewrite: (input) => {
    const { text, moves, stays } = rewrite(input.text, { build: buildOf(input) });
    const file = { path: 'Dockerfile', moves, stays, before: 0, after: 0, diff: '', written: false };
    return [text, ...shown(rewriteScreen([{ ...file, builder: 'buildkit' }]))];
  },
  split: (input) => {
    const { text, division, refusal } = split(input.text, { build: buildOf(input) });
    const none = { layers: 0, cached: 0, baseBytes: null };
    const file = { path: 'Dockerfile', division, refusal, before: none, after: none, diff: '', written: false };
    return [text, ...shown(suggestScreen([file]))];
  },
};
