import { widthOf } from '../../text/width.ts';
import { sized, visible } from '../layout.ts';
import type { Paint } from '../paint.ts';
import type { CacheTable } from './cache-rows.ts';
import { adviceText, builderNames, countsText, instructionText, isSetting, stageHead, wrapped } from './cache-words.ts';
import { type Rerun, type TypicalChange, weights } from './model.ts';

const kinds: Readonly<Record<TypicalChange['kind'], string>> = {
  source: 'a source file',
  manifest: 'the manifest',
  lock: 'the lock file',
  file: 'a file',
  argument: 'another value',
};

/** For people: typical changes in columns, steps in rows, then the score. */
export function cacheTableText(table: CacheTable, paint: Paint, width: number): string {
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
  const out = [...titleText(path, `what runs again after a change with ${builderNames[builder]}`, paint, width), ''];
  for (const [index, { title, kind }] of shown.entries())
    out.push(`  ${paint.bold(letter(index))}  ${sized(title, name)}  ${paint.dim(kinds[kind])}`);
  if (left > 0) out.push(`  and ${left} more; show one with --changed PATH or --arg NAME`);
  if (shown.length === 0)
    out.push('  No file comes from the context and no ARG is declared, so no change runs it again.');
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

const meanings = { yes: 'runs again', maybe: 'may run again', no: 'from the cache' } as const;

function mark(rerun: Rerun, paint: Paint): string {
  if (rerun === 'no') return `   ${paint.dim('·')}`;
  return rerun === 'yes' ? `   ${paint.error('●')}` : `   ${paint.warning('○')}`;
}

function scoreText({ cached, expected, basis, commits }: CacheTable['score']): string {
  const again = countsText(expected) || 'nothing';
  const verb = /^1 [\w ]+$|^nothing$/.test(again) && !again.includes(' and ') ? 'runs' : 'run';
  const by =
    basis === 'commits'
      ? `Counted over the last ${commits} commits that touch the context.`
      : 'Based on typical projects; no git history was used.';
  return `After a typical commit ${again} ${verb} again: ${cached} % of the build comes from the cache. ${by} Weights: an install or a build ${weights.install}, a download ${weights.download}, another command ${weights.other}, a copy ${weights.copy}.`;
}

/** The path and what is said of it, on two lines where one is too long. */
function titleText(name: string, said: string, paint: Paint, width: number): string[] {
  const path = visible(name);
  const fits = widthOf(path) + 2 + widthOf(said) <= width;
  return fits ? [`${paint.bold(path)}: ${said}`] : [`${paint.bold(path)}:`, `  ${said}`];
}
