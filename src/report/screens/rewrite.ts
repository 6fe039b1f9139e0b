import type { Rewrite } from '../../rewrite/index.ts';
import { diffLine, wrap } from '../layout.ts';
import type { Paint } from '../paint.ts';
import type { Builder } from './model.ts';
import type { Screen } from './screen.ts';

/** What `dflint cache --rewrite` shows of a file. Lines of `moves` are those of the text before each, of `stays` those of the new text. */
export interface RewriteFile extends Pick<Rewrite, 'moves' | 'stays'> {
  readonly path: string;
  readonly builder: Builder;
  /** Percent of the build that comes from the cache after a typical commit. */
  readonly before: number;
  readonly after: number;
  /** Empty where nothing moves. */
  readonly diff: string;
  readonly written: boolean;
}

/** `dflint cache --rewrite`: the cheaper order as a diff, what moves, and what stays and why. */
export const rewriteScreen = (files: readonly RewriteFile[]): Screen => ({
  json: () => ({
    files: files.map((file) => ({
      ...file,
      moves: file.moves.map(({ added, ...move }) => ({ ...move, added: added ?? null })),
    })),
  }),
  text: (paint, width) =>
    [...files.map((file) => rewriteText(file, paint, width)), ...contextText(files, width)].join('\n'),
});

const kinds: Readonly<Partial<Record<Rewrite['moves'][number]['cost'], string>>> = {
  install: 'an install',
  compile: 'a build',
  download: 'a download',
};

/** The diff, then in words what moves and what stays and why. */
function rewriteText(file: RewriteFile, paint: Paint, width: number): string {
  const { path, moves, stays, before, after, diff, written } = file;
  const worth =
    moves.length === 0
      ? `No cheaper order was found that certainly does the same. After a typical commit ${before} % of the build comes from the cache.`
      : `After a typical commit ${after} % of the build comes from the cache in this order, ${before} % in the old one.`;
  const out = [...wrap(path + (written ? ' was written' : ''), width, '').map(paint.bold), ...wrap(worth, width, '')];
  if (diff !== '') out.push('', ...diffText(diff, paint));
  if (moves.length > 0) out.push('', 'What moves:');
  for (const { moved, over, cost, added } of moves) {
    const list = moved.map(({ text }) => text).join(', ');
    const them = moved.length > 1 ? 'them' : 'it';
    const kind = kinds[cost] ?? 'a step';
    const needs =
      added === undefined ? '' : `; ${added} takes its place, and ${kind.replace(/^an? /, 'the ')} reads nothing else`;
    const go = moved.length > 1 ? 'go' : 'goes';
    out.push(
      ...item(`${list} ${go} below ${over.text}, ${kind} that then no longer runs again with ${them}${needs}`, width),
    );
  }
  if (stays.length > 0) out.push('', 'What stays, and why:');
  for (const [reason, places] of byReason(stays)) out.push(...item(`${places.join('; ')}: ${reason}`, width));
  return `${out.join('\n')}\n`;
}

/** Each reason once, with the places that it holds for. */
function byReason(stays: Rewrite['stays']): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { step, below, reason } of stays) {
    const place = `${step.text} (line ${step.line}) below ${below.text} (line ${below.line})`;
    found.set(reason, [...(found.get(reason) ?? []), place]);
  }
  return found;
}

/** Once for all files: most of it is seen only with the right context. */
const contextText = (files: readonly RewriteFile[], width: number): string[] =>
  files.some(({ stays }) => stays.some(({ reason }) => reason.endsWith('is not in the build context')))
    ? [
        `${wrap('More may move with the build context of these files: name it with --context.', width, '').join('\n')}\n`,
      ]
    : [];

/** The lines of a diff, in its colours. */
export const diffText = (diff: string, paint: Paint): string[] =>
  diff
    .trimEnd()
    .split('\n')
    .map((line) => painted(diffLine(line), paint));

/** One point of a list. */
export const item = (text: string, width: number): string[] =>
  wrap(text, width, '    ').map((line, index) => (index === 0 ? `  - ${line.trimStart()}` : line));

function painted(line: string, paint: Paint): string {
  if (/^(?:---|\+\+\+|@@)/.test(line)) return paint.dim(line);
  if (line.startsWith('+')) return paint.info(line);
  return line.startsWith('-') ? paint.error(line) : line;
}
