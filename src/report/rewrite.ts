import type { Paint } from './paint.ts';
import { wrap } from './pretty.ts';

interface Named {
  readonly line: number;
  readonly keyword: string;
  readonly text: string;
}

/** What `dflint cache --rewrite` tells of a file. */
export interface RewriteFile {
  readonly path: string;
  readonly builder: string;
  /** In the order in which they are made; lines are those of the text before each. */
  readonly moves: readonly {
    readonly stage: number;
    readonly moved: readonly Named[];
    readonly over: Named;
    readonly cost: string;
    readonly added: string | undefined;
  }[];
  /** Lines of the new text. */
  readonly stays: readonly {
    readonly stage: number;
    readonly step: Named;
    readonly cost: string;
    readonly below: Named;
    readonly reason: string;
  }[];
  /** Percent of the build that comes from the cache after a typical commit. */
  readonly before: number;
  readonly after: number;
  /** Empty where nothing moves. */
  readonly diff: string;
  readonly written: boolean;
}

/** schemaVersion 1 of `cache --rewrite --format json`. */
export const rewriteJson = (file: RewriteFile): string =>
  `${JSON.stringify(
    {
      schemaVersion: 1,
      ...file,
      moves: file.moves.map(({ added, ...move }) => ({ ...move, added: added ?? null })),
    },
    null,
    2,
  )}\n`;

const kinds: Readonly<Record<string, string>> = {
  install: 'an install',
  compile: 'a build',
  download: 'a download',
};

/** The diff, then in words what moves and what stays and why. */
export function rewritePretty(file: RewriteFile, paint: Paint, width: number): string {
  const { path, moves, stays, before, after, diff, written } = file;
  const out: string[] = [];
  out.push(
    ...(moves.length === 0
      ? [
          paint.bold(path),
          `No cheaper order is shown to do the same. After a typical commit ${before} % of the build comes from the cache.`,
        ]
      : [
          paint.bold(path + (written ? ' was written' : '')),
          `After a typical commit ${after} % of the build comes from the cache in this order, ${before} % in the old one.`,
        ]
    ).flatMap((line) => wrap(line, width, '')),
  );
  if (diff !== '')
    out.push(
      '',
      ...diff
        .trimEnd()
        .split('\n')
        .map((line) => painted(line, paint)),
    );
  if (moves.length > 0) out.push('', 'What moves:');
  for (const { moved, over, cost, added } of moves) {
    const list = moved.map(({ text }) => text).join(', ');
    const them = moved.length > 1 ? 'them' : 'it';
    const kind = kinds[cost] ?? 'a step';
    const needs =
      added === undefined
        ? ''
        : `; ${added} takes the place above, and ${kind.replace(/^an? /, 'the ')} reads nothing else`;
    out.push(...item(`${list}: below ${over.text}, ${kind} that no longer runs again with ${them}${needs}`, width));
  }
  if (stays.length > 0) out.push('', 'What stays:');
  for (const { step, below, reason } of stays)
    out.push(...item(`${step.text} (line ${step.line}) below ${below.text} (line ${below.line}): ${reason}`, width));
  return `${out.join('\n')}\n`;
}

const item = (text: string, width: number): string[] =>
  wrap(text, width, '    ').map((line, index) => (index === 0 ? `  - ${line.trimStart()}` : line));

function painted(line: string, paint: Paint): string {
  if (/^(?:---|\+\+\+|@@)/.test(line)) return paint.dim(line);
  if (line.startsWith('+')) return paint.info(line);
  return line.startsWith('-') ? paint.error(line) : line;
}
