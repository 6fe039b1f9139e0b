/** White space as Go's unicode.IsSpace has it, by which BuildKit trims lines: not JavaScript's \s, which lacks U+0085 and has U+FEFF. */
export const isSpace = (code: number): boolean =>
  code === 0x20 ||
  (code >= 0x09 && code <= 0x0d) ||
  (code >= 0x85 &&
    (code === 0x85 ||
      code === 0xa0 ||
      code === 0x1680 ||
      (code >= 0x2000 && code <= 0x200a) ||
      code === 0x2028 ||
      code === 0x2029 ||
      code === 0x202f ||
      code === 0x205f ||
      code === 0x3000));

/** White space where BuildKit looks at bytes, not at characters: in flags, and behind the type of HEALTHCHECK. */
export const isNarrowSpace = (code: number): boolean => code < 0x100 && isSpace(code);

/** What divides the keyword and most arguments: `[\t\v\f\r ]`, narrower than `isSpace`. */
export const isBlank = (code: number): boolean => code === 0x20 || code === 0x09 || (code >= 0x0b && code <= 0x0d);

/** The first offset at or after `start`, before `end`, that is no white space. */
export function skipSpace(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** The offset behind the last character between `start` and `end` that is no white space. */
export function trimSpaceEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isSpace(text.charCodeAt(at - 1))) at--;
  return at;
}

/** The text without any of these characters at its end; a regular expression would begin anew at each of them. */
export function withoutEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}
