import { baseName } from './path.ts';

const compiled = new Map<string, RegExp>();

/** Whether a path fits a pattern of the tables: `*` stands for what has no slash in it, `**` for any folders. */
export function fits(pattern: string, path: string): boolean {
  if (!pattern.includes('*')) return pattern === path;
  const known = compiled.get(pattern) ?? new RegExp(`^${sourceOf(pattern)}$`);
  compiled.set(pattern, known);
  return known.test(path);
}

/** Whether a path, or its last part, fits one of the patterns: a manifest by its name, in whatever folder. */
export const fitsAny = (patterns: readonly string[], path: string): boolean =>
  patterns.some((it) => fits(it, path) || fits(it, baseName(path)));

/** The source of a pattern that matches a text and nothing else. */
export const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

const sourceOf = (pattern: string): string =>
  pattern
    .split(/(\*\*\/|\*\*|\*)/)
    .map((part) => {
      if (part === '**/') return '(?:.*/)?';
      if (part === '**') return '.*';
      return part === '*' ? '[^/]*' : literal(part);
    })
    .join('');
