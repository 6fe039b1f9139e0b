import { listed } from '../../text/prose.ts';
import { layerCount, some, visible, wrap } from '../layout.ts';
import type { Paint } from '../paint.ts';
import { imageText } from './ships.ts';
import { type AdviceRow, label, type StageFile, type StageRow, verbs } from './stage-rows.ts';

/** What ships and what follows, then each stage: what it is for, what leaves it, and whether the build needs it. */
export function stagesText({ path, stages, images, advice }: StageFile, width: number, paint: Paint): string {
  const out = [paint.bold(visible(path))];
  for (const image of images) out.push('', ...imageText(image, width, images.length === 1, paint));
  if (images.length === 0) out.push('', 'No stage makes an image.');
  out.push(...adviceText(advice, width));
  const isSplit =
    images.some(({ contents }) => contents.some(({ need }) => need === 'build')) &&
    !advice.some(({ instead }) => instead?.includes('--suggest'));
  if (isSplit)
    out.push(
      '',
      ...wrap(
        'dflint stages --suggest prints the file with a build stage, where that is shown to run the same.',
        width,
        '',
      ),
    );
  out.push('', paint.bold('Stages'));
  const made = new Set(images.map(({ stage }) => stage));
  for (const stage of stages) out.push('', ...stageText(stage, stages, made, { width, paint }));
  for (const text of [wavesText(stages), sideText(stages), unusedText(stages, made)])
    if (text !== '') out.push('', ...wrap(text, width, ''));
  return `${out.join('\n')}\n`;
}

function adviceText(advice: readonly AdviceRow[], width: number): string[] {
  if (advice.length === 0) return [];
  const out = ['', '  What follows'];
  for (const { line, message, instead } of advice) {
    const [first = '', ...more] = wrap(instead === null ? message : `${message} ${instead}`, width - 11, '');
    out.push(`${String(line).padStart(9)}  ${first}`, ...more.map((it) => `${' '.repeat(11)}${it}`));
  }
  return out;
}

interface Page {
  readonly width: number;
  readonly paint: Paint;
}

const INDENT = '     ';

function stageText(
  stage: StageRow,
  stages: readonly StageRow[],
  made: ReadonlySet<number>,
  { width, paint }: Page,
): string[] {
  const { index, line, base, platform, layers, does } = stage;
  const on = platform === null ? base : `${base} for ${platform}`;
  const head = visible(
    `  ${index}  ${label(stage)}  (line ${line}, ${roleOf(stage, made)}, ${layerCount(layers)} of its own)`,
  );
  const out = [stage.reachable || made.has(index) ? head : paint.dim(head), `${INDENT}${visible(`FROM ${on}`)}`];
  const rows = [...takenText(stage, stages), ...(does.length > 0 ? [doesText(does)] : []), ...givenText(stage, stages)];
  for (const row of rows) out.push(...wrap(row, width, INDENT));
  return out;
}

function roleOf({ index, target, shipped, reachable }: StageRow, made: ReadonlySet<number>): string {
  if (target) return 'the image';
  if (made.has(index)) return 'an image of its own';
  return shipped ? 'base of the image' : reachable ? 'needed to build' : 'not needed';
}

/** What it takes from each stage and image, with all lines. */
function takenText({ needs, images }: StageRow, stages: readonly StageRow[]): string[] {
  const lines = new Map<string, number[]>();
  const add = (what: string, line: number): void => {
    lines.set(what, [...(lines.get(what) ?? []), line]);
  };
  for (const { stage, via, line } of needs) {
    const other = stages[stage];
    if (via !== 'from' && other) add(`${verbs[via]} ${label(other)}`, line);
  }
  for (const { image, via, line } of images) add(`${verbs[via]} ${image}`, line);
  return [...lines].map(([what, at]) => `${what} (${linesText(at)})`);
}

/** `builds with go build (line 5)`, the calls of one kind together. */
function doesText(does: StageRow['does']): string {
  const kinds = new Map<string, Map<string, number[]>>();
  for (const { kind, call, line } of does) {
    const calls = kinds.get(kind) ?? new Map<string, number[]>();
    calls.set(call, [...(calls.get(call) ?? []), line]);
    kinds.set(kind, calls);
  }
  const callsText = (calls: ReadonlyMap<string, readonly number[]>): string =>
    some(
      [...calls].map(([call, lines]) => `${call} (${linesText(lines)})`),
      'commands',
    );
  return [...kinds].map(([kind, calls]) => `${kind} with ${callsText(calls)}`).join('; ');
}

function givenText({ gives }: StageRow, stages: readonly StageRow[]): string[] {
  const byStage = new Map<number, { paths: string[]; lines: number[] }>();
  for (const { to, paths, line } of gives) {
    const given = byStage.get(to) ?? { paths: [], lines: [] };
    given.paths.push(...paths);
    given.lines.push(line);
    byStage.set(to, given);
  }
  return [...byStage].map(
    ([to, { paths, lines }]) =>
      `gives ${some([...new Set(paths)], 'paths')} to ${label(stages[to]!)} (${linesText(lines)})`,
  );
}

function linesText(all: readonly number[]): string {
  const lines = [...new Set(all)].sort((a, b) => a - b);
  if (lines.length > 3) return `lines ${lines[0]} to ${lines.at(-1)}`;
  return `${lines.length > 1 ? 'lines' : 'line'} ${listed(lines.map(String))}`;
}

/** Which stages run side by side, and which wait. */
function wavesText(stages: readonly StageRow[]): string {
  const needed = stages.filter(({ reachable }) => reachable);
  if (needed.length < 2) return '';
  const byWave = new Map<number, string[]>();
  for (const stage of needed) byWave.set(stage.wave, [...(byWave.get(stage.wave) ?? []), label(stage)]);
  const parts = [...byWave]
    .sort(([a], [b]) => a - b)
    .map(([, names]) => (names.length > 1 ? `${listed(names)} side by side` : names[0]!));
  const early = needed.flatMap((it) => earlyText(it) ?? []);
  return `The build runs ${parts.join(', then ')}.${early.length > 0 ? ` ${early.join(' ')}` : ''}`;
}

/** What a stage does before it needs another one, which BuildKit runs beside that one. */
function earlyText(stage: StageRow): string | undefined {
  const first = Math.min(...stage.needs.flatMap(({ via, line }) => (via === 'from' ? [] : line)));
  const early = stage.does.filter(({ line }) => line < first);
  if (!Number.isFinite(first) || early.length === 0) return undefined;
  return `${label(stage)} waits only from line ${first} on: ${listed(early.slice(0, 2).map(({ call, line }) => `${call} (line ${line})`))} ${early.length > 1 ? 'run' : 'runs'} beside the others.`;
}

/** Images that only give files. */
function sideText(stages: readonly StageRow[]): string {
  const found = stages.flatMap(({ images }) => images.map(({ image, line }) => `${image} (line ${line})`));
  return found.length === 0 ? '' : `Images that only give files: ${some([...new Set(found)], 'images')}.`;
}

function unusedText(stages: readonly StageRow[], made: ReadonlySet<number>): string {
  const found = stages.filter(({ index, reachable }) => !reachable && !made.has(index));
  if (found.length === 0) return '';
  return `The image is built without ${listed(found.slice(0, 6).map(label))}${found.length > 6 ? ` and ${found.length - 6} more` : ''}.`;
}
