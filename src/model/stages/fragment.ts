import type { File, From } from '../../../grammar/index.ts';

/**
 * A file without FROM as one that begins with a FROM of no image and no length, so that its instructions are those of a stage;
 * any other file as it is, and one of nothing but ARGs.
 */
export function withFrom(file: File): Pick<File, 'instructions' | 'comments'> {
  const { instructions, comments } = file;
  const [first] = instructions;
  const has = instructions.some(({ kind }) => kind === 'From');
  if (!first || has || instructions.every(({ kind }) => kind === 'Arg' || kind === 'Unknown')) return file;
  const { start } = first.span;
  const span = { start, end: start };
  const keyword = { kind: 'Keyword', span, raw: '', text: 'FROM' } as const;
  const bare = { image: undefined, as: undefined, name: undefined, flags: [], trivia: [] };
  return { comments, instructions: [{ kind: 'From', span, keyword, ...bare }, ...instructions] };
}

/** Whether the FROM of a stage stands in the file; that of a fragment does not. */
export const isWritten = ({ keyword }: From): boolean => keyword.raw !== '';
