import type { Split } from '../../rewrite/stages/index.ts';
import { bytesText } from '../../text/bytes.ts';
import { listed } from '../../text/prose.ts';
import { layerCount, wrap } from '../layout.ts';
import type { Paint } from '../paint.ts';
import { diffText, item } from './rewrite.ts';
import type { Screen } from './screen.ts';

interface Figures {
  /** Of the image, those of the base left out. */
  readonly layers: number;
  /** Percent of the build that comes from the cache after a typical commit. */
  readonly cached: number;
  /** Of the base image, compressed; null where it is not known. */
  readonly baseBytes: number | null;
}

/** What `dflint stages --suggest` shows of a file. Lines are those of the old text. */
export interface SuggestFile extends Pick<Split, 'division' | 'refusal'> {
  readonly path: string;
  readonly before: Figures;
  readonly after: Figures;
  /** Empty where nothing is divided. */
  readonly diff: string;
  readonly written: boolean;
}

/** `dflint stages --suggest`: the multi-stage version as a diff, what no longer ships, what stays, and what is taken to be so. */
export const suggestScreen = (files: readonly SuggestFile[]): Screen => ({
  json: () => ({
    files: files.map(({ division, refusal, ...file }) => ({
      ...file,
      division: division ?? null,
      refusal: refusal ? { ...refusal, recipe: refusal.recipe ?? null } : null,
    })),
  }),
  text: (paint, width) => files.map((file) => suggestText(file, paint, width)).join('\n'),
});

function suggestText(file: SuggestFile, paint: Paint, width: number): string {
  const { path, division, refusal, diff, written, before, after } = file;
  const out = wrap(path + (written ? ' was written' : ''), width, '').map(paint.bold);
  if (!division) {
    const why = refusal
      ? `No multi-stage version is shown to run the same. Line ${refusal.line}: ${refusal.reason}.`
      : 'Nothing is built in the stage that ships, so there is nothing to move to a stage of its own.';
    return `${[...out, ...wrap(why, width, '')].join('\n')}\n`;
  }
  const { leaves, dropped, lines, bases, takes, assets, kept, assumes, name } = division;
  out.push('', ...diffText(diff, paint), '', 'What no longer ships:');
  for (const it of leaves) out.push(...item(it, width));
  if (dropped.length > 0) out.push(...item(packagesText(dropped), width));
  if (lines.length > 0)
    out.push(
      ...item(
        `what ${lines.length === 1 ? 'line' : 'lines'} ${listed(lines.map(String))} ${lines.length === 1 ? 'adds' : 'add'}`,
        width,
      ),
    );
  out.push(
    '',
    'What ships:',
    ...item(`the base ${sized(bases.after, after)}, where it was ${sized(bases.before, before)}`, width),
  );
  for (const { from, what } of takes) out.push(...item(`${from}, ${what}, from the stage ${name}`, width));
  if (assets === 'folder')
    out.push(...item('the folder of the project, as it is not shown that the program reads less', width));
  else if (assets === 'all')
    out.push(...item('the files that the build context brings, as it is not shown that the program reads less', width));
  else if (assets.length > 0) out.push(...item(`${listed(assets)}, which the sources name`, width));
  if (kept.length > 0) out.push(...item(packagesText(kept), width));
  if (assumes.length > 0) out.push('', 'What is taken to be so:');
  for (const it of assumes) out.push(...item(it, width));
  const worth = `The image has ${layerCount(after.layers)} of its own, where it had ${before.layers}. After a typical commit ${after.cached} % of the build comes from the cache, where it was ${before.cached} %.`;
  return `${[...out, '', ...wrap(worth, width, '')].join('\n')}\n`;
}

const sized = (base: string, { baseBytes }: Figures): string =>
  baseBytes === null ? base : `${base} (${bytesText(baseBytes)} compressed)`;

const packagesText = (names: readonly string[]): string =>
  `the ${names.length === 1 ? 'package' : 'packages'} ${listed(names)}`;
