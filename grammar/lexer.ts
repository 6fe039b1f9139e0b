import { type IToken, Lexer } from 'chevrotain';
import type { EscapeCharacter } from './ast.ts';
import { vocabulary } from './tokens.ts';

const lexers = new Map<EscapeCharacter, Lexer>();

/** A lexer for files with this escape character; `checked` validates the vocabulary, which tests do and users need not wait for. */
export function lexerFor(escape: EscapeCharacter, checked = false): Lexer {
  const { modes, defaultMode } = vocabulary(escape);
  return new Lexer(
    { modes, defaultMode },
    { positionTracking: 'onlyOffset', ensureOptimizations: true, skipValidations: !checked },
  );
}

/** The tokens of joined lines, each ended by a newline; every text has tokens. The lexer is made at the first call. */
export function tokenize(text: string, escape: EscapeCharacter): IToken[] {
  let lexer = lexers.get(escape);
  if (!lexer) {
    lexer = lexerFor(escape);
    lexers.set(escape, lexer);
  }
  return lexer.tokenize(text).tokens;
}
