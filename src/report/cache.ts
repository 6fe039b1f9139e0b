import { listed } from '../text/prose.ts';
import { widthOf } from '../text/width.ts';
import { sized } from './layer-text.ts';
import type { Paint } from './paint.ts';
import { wrap } from './pretty.ts';

type Rerun = 'yes' | 'no' | 'maybe';

/** What `dflint cache` tells of one step; what stands in the JSON. */
export interface CacheRow {
  readonly line: number;
  readonly stage: number;
  readonly keyword: string;
  readonly rerun: Rerun;
  readonly why: string;
}

/** Numbers of steps by class. */
export interface CacheCounts {
  readonly install: number;
  readonly compile: number;
  readonly download: number;
  readonly other: number;
  readonly copy: number;
  readonly trivial: number;
}

export interface CacheCost {
  /** 0 to 100: how much of the build comes from the cache. */
  readonly cached: number;
  readonly expected: CacheCounts;
}

interface Head {
  readonly path: string;
  readonly builder: string;
  /** What is true of this builder and this file only. */
  readonly advice: readonly string[];
}

/** An instruction as it is shown: its text on one line, and the class of its cost, `none` where it is no step. */
interface Shown {
  readonly line: number;
  readonly stage: number;
  readonly keyword: string;
  readonly text: string;
  readonly cost: string;
}

interface StageTitle {
  readonly stage: number;
  readonly title: string;
}

/** What one change runs again. */
export interface CacheFile extends Head {
  readonly stages: readonly StageTitle[];
  /** For each of `steps`. */
  readonly shown: readonly Shown[];
  readonly changed: readonly string[];
  readonly args: readonly string[];
  readonly steps: readonly CacheRow[];
  readonly cost: CacheCost;
  /** Undefined where the change was given and not found in the history. */
  readonly since:
    | {
        readonly ref: string;
        /** Build arguments that by their names get another value with each build. */
        readonly fresh: readonly string[];
        /** Whether the Dockerfile itself is another. */
        readonly dockerfile: boolean;
        /** Of each stage the first step that is not in the cache. */
        readonly misses: readonly CacheRow[];
      }
    | undefined;
}

/** What typical changes run again. */
export interface CacheTable extends Head {
  readonly stages: readonly StageTitle[];
  /** Each step once; `share` is that of the commits after which it runs again, undefined for FROM and settings. */
  readonly steps: readonly (Shown & { readonly share: number | undefined })[];
  readonly changes: readonly {
    readonly title: string;
    readonly kind: string;
    readonly paths: readonly string[];
    readonly args: readonly string[];
    readonly steps: readonly CacheRow[];
    readonly cost: CacheCost;
  }[];
  readonly score: CacheCost & {
    readonly steps: CacheCounts;
    readonly basis: 'commits' | 'table';
    readonly commits: number;
    readonly weights: CacheCounts;
    /** Of what COPY, ADD and mounts take, how many of the commits changed something. */
    readonly copies: readonly { readonly line: number; readonly commits: number }[];
  };
}

const how =
  'The share of the build that comes from the cache after a typical commit: each step counts by the weight of its class, times the share of commits after which it comes from the cache; a step that may run again counts as half.';

/** schemaVersion 1 of `cache --format json`, for one change. */
export function cacheJson({ path, builder, changed, args, since, steps, cost, advice }: CacheFile): string {
  const history = since && { since: since.ref, dockerfileChanged: since.dockerfile, firstMisses: since.misses };
  return json({ path, builder, changed, args, ...history, steps, cost: costJson(cost), advice });
}

/** The same for the table of typical changes. */
export function cacheTableJson({ path, builder, steps, changes, score, advice }: CacheTable): string {
  const { cached, expected, basis, commits, weights, copies } = score;
  const shares = steps.flatMap(({ line, stage, keyword, cost, share }) =>
    share === undefined ? [] : [{ line, stage, keyword, class: cost, share: rounded(share) }],
  );
  return json({
    path,
    builder,
    changes: changes.map(({ title, kind, paths, args, steps: rows, cost }) => ({
      ...{ title, kind, paths, args, steps: rows },
      cost: costJson(cost),
    })),
    score: { ...costJson({ cached, expected }), of: score.steps, basis, commits, weights, how, copies, steps: shares },
    advice,
  });
}

const json = (content: object): string => `${JSON.stringify({ schemaVersion: 1, ...content }, null, 2)}\n`;
const rounded = (value: number): number => Math.round(value * 1000) / 1000;
const costJson = ({ cached, expected }: CacheCost) => ({
  cached,
  expected: Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, rounded(value as number)])),
});

const builderNames: Readonly<Record<string, string>> = {
  buildkit: 'BuildKit',
  classic: 'the classic builder',
  buildah: 'buildah and podman',
  kaniko: 'kaniko',
};

const signs = { yes: 'again', maybe: 'maybe', no: 'cached' } as const;

/** For people: a row a step, then the sum. */
export function cachePretty(file: CacheFile, paint: Paint, width: number): string {
  const { path, builder, changed, args, since, cost } = file;
  const given = [...changed, ...args.map((name) => `--build-arg ${name}`)].join(', ') || 'nothing changed';
  const title = since ? `since ${since.ref}` : `after ${given}`;
  const steps = file.steps.flatMap((step, index) => {
    const shown = file.shown[index]!;
    return isSetting(shown) && step.rerun === 'no' ? [] : [{ ...step, text: instructionText(shown) }];
  });
  const room = Math.min(
    Math.floor((width - 18) * 0.55),
    width - 38,
    Math.max(4, ...steps.map(({ text }) => widthOf(text))),
  );
  const indent = 18 + room;
  let last = -1;
  const rows = steps.flatMap(({ line, stage, text, rerun, why }) => {
    const sign = signs[rerun].padEnd(6);
    const shown = rerun === 'no' ? paint.dim(sign) : rerun === 'yes' ? paint.error(sign) : paint.warning(sign);
    // that nothing changed need not be said line by line
    const [first = '', ...rest] = rerun === 'no' ? [] : wrapped(why, width - indent);
    const above = stage === last ? [] : stageHead(file.stages, stage, last, paint, width);
    last = stage;
    return [
      ...above,
      `  ${String(line).padStart(4)}  ${sized(text, room)}  ${shown}${first && `  ${paint.dim(first)}`}`,
      ...rest.map((more) => `${' '.repeat(indent)}${paint.dim(more)}`),
    ];
  });
  const count = (kind: Rerun): number => steps.filter(({ rerun }) => rerun === kind).length;
  const again = countsText(cost.expected);
  const half = count('maybe') > 0 ? ', what may run again counted as half' : '';
  const sum = [
    `Of ${steps.length} steps ${count('yes')} ${count('yes') === 1 ? 'runs' : 'run'} again, ${count('maybe')} may, ${count('no')} ${count('no') === 1 ? 'comes' : 'come'} from the cache.`,
    ...(again === '' ? [] : [`That is ${again}${half}; ${cost.cached} % of the build comes from the cache.`]),
  ].join(' ');
  const head = `${paint.bold(path)} ${title}`;
  const history = since ? ['', ...sinceText(file, since, paint, width)] : [];
  const name = builder === 'buildkit' ? [] : [`with ${builderNames[builder] ?? builder}`];
  return `${[
    [head, ...name].join(', '),
    ...history,
    '',
    paint.dim(`  line  ${sized('step', room)}  runs    why`),
    ...rows,
    '',
    ...wrapped(sum, width),
    ...adviceText(file, width),
  ].join('\n')}\n`;
}

/** What changed meanwhile, and where each stage leaves the cache. */
function sinceText(file: CacheFile, since: NonNullable<CacheFile['since']>, paint: Paint, width: number): string[] {
  const { changed } = file;
  const files = changed.length === 0 ? 'no file' : changed.length === 1 ? '1 file' : `${changed.length} files`;
  const shown = changed.slice(0, 6).join(', ') + (changed.length > 6 ? ', …' : '');
  const what = `${since.dockerfile ? 'The Dockerfile is another' : 'The Dockerfile is the same'}; ${files} of the context changed${shown && `: ${shown}`}.`;
  const { fresh } = since;
  const its =
    fresh.length === 1
      ? 'is taken to have another value, as its name says'
      : 'are taken to have other values, as their names say';
  const args = fresh.length === 0 ? '' : ` ${fresh.join(', ')} ${its}.`;
  const misses = since.misses.flatMap(({ stage, line, keyword, rerun, why }) => {
    const verb = rerun === 'yes' ? 'runs again' : 'may run again';
    const [first = '', ...rest] = wrapped(
      `Stage ${stage}: line ${line}, ${keyword}, ${verb} because ${why}.`,
      width - 2,
    );
    return [`  ${rerun === 'yes' ? paint.error(first) : paint.warning(first)}`, ...rest.map((it) => `    ${it}`)];
  });
  return [...wrapped(what + args, width), '', ...(misses.length > 0 ? misses : ['  Every step comes from the cache.'])];
}

const kinds: Readonly<Record<string, string>> = {
  source: 'a source file',
  manifest: 'the manifest',
  lock: 'the lock file',
  file: 'a file',
  argument: 'another value',
};

/** For people: typical changes in columns, steps in rows, then the score. */
export function cacheTablePretty(table: CacheTable, paint: Paint, width: number): string {
  const { path, builder, changes, steps, stages, score } = table;
  const most = Math.min(10, Math.max(1, Math.floor((width - 60) / 4)));
  const shown = changes.slice(0, most);
  const left = changes.length - shown.length;
  const letter = (index: number): string => String.fromCharCode(97 + index);
  const rerunOf = (column: number, row: number): Rerun => shown[column]!.steps[row]!.rerun;
  const matters = steps.map(
    (step, row) => !isSetting(step) || shown.some((_, column) => rerunOf(column, row) !== 'no'),
  );
  const room = Math.min(
    width - 8 - shown.length * 4 - 20,
    Math.max(32, ...steps.map((step, row) => (matters[row] ? widthOf(instructionText(step)) : 0))),
  );
  const name = Math.min(width - 22, Math.max(...shown.map(({ title }) => widthOf(title)), 0));
  const out = [
    ...titleText(path, `what a change runs again with ${builderNames[builder] ?? builder}`, paint, width),
    '',
  ];
  for (const [index, { title, kind }] of shown.entries())
    out.push(`  ${paint.bold(letter(index))}  ${sized(title, name)}  ${paint.dim(kinds[kind] ?? kind)}`);
  if (left > 0) out.push(`  and ${left} more: --changed PATH and --arg NAME show any`);
  if (shown.length === 0) out.push('  No file is taken from the context, and no ARG is declared: nothing changes it.');
  const head = shown.map((_, index) => letter(index).padStart(4)).join('');
  out.push('', paint.dim(`  line  ${sized('step', room)}${head}  of 100`));
  let stage = -1;
  for (const [row, step] of steps.entries()) {
    if (step.stage !== stage) out.push(...stageHead(stages, step.stage, stage, paint, width));
    stage = step.stage;
    if (!matters[row]) continue;
    const marks = shown.map((_, column) => mark(rerunOf(column, row), paint)).join('');
    const share = step.share === undefined || step.cost === 'none' ? '' : String(Math.round(step.share * 100));
    const cost = step.cost === 'none' ? '' : `  ${step.cost}`;
    out.push(
      `  ${String(step.line).padStart(4)}  ${sized(instructionText(step), room)}${marks}  ${`${share.padStart(6)}${paint.dim(cost)}`}`.trimEnd(),
    );
  }
  const cached = shown.map(({ cost }) => String(cost.cached).padStart(4)).join('');
  out.push('', `        ${sized('% of the build from the cache', room)}${cached}  ${String(score.cached).padStart(6)}`);
  const legend = (['yes', 'maybe', 'no'] as const).map((it) => `${mark(it, paint).trim()} ${meanings[it]}`).join('   ');
  out.push('', `  ${legend}`, '  of 100: after how many of 100 commits the step runs again');
  out.push('', ...wrapped(scoreText(score), width), ...adviceText(table, width));
  return `${out.join('\n')}\n`;
}

const instructionText = ({ keyword, text }: Shown): string => `${keyword} ${text}`;

/** Whether an instruction is no step of its own, such as CMD. */
const isSetting = ({ keyword, cost }: Shown): boolean => cost === 'none' && keyword.toUpperCase() !== 'FROM';

/** The line above the steps of a stage; none where there is one stage only. */
function stageHead(stages: readonly StageTitle[], stage: number, last: number, paint: Paint, width: number): string[] {
  if (stages.length < 2) return [];
  const title = paint.dim(sized(stages.find((it) => it.stage === stage)!.title, width - 2).trimEnd());
  return [...(last < 0 ? [] : ['']), `  ${title}`];
}

const meanings = { yes: 'runs again', maybe: 'may run again', no: 'from the cache' } as const;

function mark(rerun: Rerun, paint: Paint): string {
  if (rerun === 'no') return `   ${paint.dim('·')}`;
  return rerun === 'yes' ? `   ${paint.error('●')}` : `   ${paint.warning('○')}`;
}

function scoreText({ cached, expected, basis, commits, weights }: CacheTable['score']): string {
  const again = countsText(expected) || 'nothing';
  const verb = /^1 [\w ]+$|^nothing$/.test(again) && !again.includes(' and ') ? 'runs' : 'run';
  const by =
    basis === 'commits'
      ? `Counted over the last ${commits} commits that touch the context.`
      : 'What commits change is taken to be the usual; no history was counted.';
  return `After a typical commit ${again} ${verb} again: ${cached} % of the build comes from the cache. ${by} An install or a build weighs ${weights.install}, a download ${weights.download}, an unknown command ${weights.other}, a copy ${weights.copy}.`;
}

const classes: readonly (readonly [keyof CacheCounts, string, string])[] = [
  ['install', 'install', 'installs'],
  ['compile', 'build', 'builds'],
  ['download', 'download', 'downloads'],
  ['other', 'other command', 'other commands'],
  ['copy', 'copy', 'copies'],
  ['trivial', 'small step', 'small steps'],
];

/** `1 install, 2 builds and 3.5 copies`. */
function countsText(counts: CacheCounts): string {
  const parts = classes.flatMap(([key, one, many]) => {
    const count = counts[key];
    if (count < 0.05) return [];
    const text = Math.abs(count - Math.round(count)) < 0.05 ? String(Math.round(count)) : count.toFixed(1);
    return [`${text} ${text === '1' ? one : many}`];
  });
  return listed(parts);
}

/** The path and what is said of it, on two lines where one is too long. */
function titleText(path: string, said: string, paint: Paint, width: number): string[] {
  const fits = widthOf(path) + 2 + widthOf(said) <= width;
  return fits ? [`${paint.bold(path)}: ${said}`] : [`${paint.bold(path)}:`, `  ${said}`];
}

const adviceText = ({ advice }: Head, width: number): string[] =>
  advice.length === 0 ? [] : ['', ...advice.flatMap((it) => wrapped(it, width))];

const wrapped = (text: string, room: number): string[] => wrap(text, Math.max(20, room), '');
