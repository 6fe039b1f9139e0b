import type { Context } from '../../../src/engine/rule.ts';

/** A pattern of the ignore file that matches nothing at the root, where alone it looks. */
export interface Missed {
  /** As written. */
  readonly pattern: string;
  readonly line: number;
  /** The folders and files of that name deeper down, which the builder is sent. */
  readonly roots: readonly string[];
}

/** What would be kept out if the ignore file were read as `.gitignore` is. */
export function missedBy(context: Context): readonly Missed[] {
  const patterns = context.ignoreFile?.parsed.patterns ?? [];
  return patterns.flatMap((pattern): Missed[] => {
    const { text, raw, line, negated } = pattern;
    if (negated || text.includes('/') || raw.startsWith('/') || raw.startsWith('./') || /^\*+$/.test(text)) return [];
    const atRoot = context.copied([text]);
    if (atRoot.files.length > 0 || atRoot.ignored.length > 0) return [];
    const roots = new Set<string>();
    for (const { path } of context.files()) {
      const parts = path.split('/');
      const at = parts.findIndex((part, index) => index > 0 && pattern.matches(part));
      if (at > 0) roots.add(parts.slice(0, at + 1).join('/'));
    }
    // what a later line takes in is meant
    const meant = [...roots].some((root) => patterns.some((it) => it.negated && it.matches(root)));
    return roots.size > 0 && !meant ? [{ pattern: raw, line, roots: [...roots] }] : [];
  });
}
