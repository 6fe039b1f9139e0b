import { widthOf } from '../../text/width.ts';
import { sized, visible } from '../layout.ts';
import type { Paint } from '../paint.ts';
import type { CacheFile } from './cache-rows.ts';
import { adviceText, builderNames, countsText, instructionText, isSetting, stageHead, wrapped } from './cache-words.ts';
import type { Rerun } from './model.ts';

const signs = { yes: 'again', maybe: 'maybe', no: 'cached' } as const;

/** For people: a row a step, then the sum. */
export function cacheChangeText(file: CacheFile, paint: Paint, width: number): string {
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
  const half = count('maybe') > 0 ? ', counting what may run again as half' : '';
  const sum = [
    `Of ${steps.length} steps ${count('yes')} ${count('yes') === 1 ? 'runs' : 'run'} again, ${count('maybe')} may, ${count('no')} ${count('no') === 1 ? 'comes' : 'come'} from the cache.`,
    ...(again === '' ? [] : [`That is ${again}${half}; ${cost.cached} % of the build comes from the cache.`]),
  ].join(' ');
  const head = `${paint.bold(visible(path))} ${visible(title)}`;
  const history = since ? ['', ...sinceText(file, since, paint, width)] : [];
  const name = builder === 'buildkit' ? [] : [`with ${builderNames[builder]}`];
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
  const what = `${since.dockerfile ? 'The Dockerfile changed' : 'The Dockerfile did not change'}; ${files} of the context changed${shown && `: ${shown}`}.`;
  const { fresh } = since;
  const its =
    fresh.length === 1
      ? 'is assumed to have a new value, judging by its name'
      : 'are assumed to have new values, judging by their names';
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
