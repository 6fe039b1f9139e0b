import { skipSpace, withoutEnd } from './characters.ts';

/** Whether `text`, blanks before it aside, is one whole JSON array: what BuildKit takes for exec form. */
export function isJsonArray(text: string): boolean {
  const start = skipSpace(text, 0, text.length);
  if (text[start] !== '[') return false;
  try {
    return Array.isArray(JSON.parse(withoutEnd(text.slice(start), '\v\f\u0085\u00a0')));
  } catch {
    return false;
  }
}
