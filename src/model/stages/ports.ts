import type { Word } from '../../../grammar/index.ts';
import { fileSpan } from '../../text/map.ts';
import type { Span } from '../../text/span.ts';
import type { Step } from '../model.ts';
import { isPlain } from './expand.ts';

/** A piece of a port, and where it begins in the port's text. */
export interface Piece {
  readonly text: string;
  readonly at: number;
}

/** What one word of EXPOSE says once variables are in place: `[ip:[host]:]port[-port][/protocol]`. */
export interface Port {
  readonly word: Word;
  /** Whether the word is written as it is meant, so that pieces of it can be pointed at and replaced. */
  readonly plain: boolean;
  readonly text: string;
  readonly ip: Piece | undefined;
  /** The port of the host; empty where only an IP is given. */
  readonly host: Piece | undefined;
  readonly port: Piece;
  readonly protocol: Piece | undefined;
}

/** The ports of an EXPOSE whose values the file tells; a variable may stand for several, divided by blanks. */
export const portsOf = (words: readonly Word[], step: Step): Port[] =>
  words.flatMap((word) => {
    const { value } = step.expand(word);
    if (value.state !== 'known') return [];
    const texts = value.text.split(/\s+/).filter((text) => text !== '');
    return texts.map((text) => ({ word, plain: isPlain(word), text, ...pieces(text) }));
  });

function pieces(text: string): Pick<Port, 'ip' | 'host' | 'port' | 'protocol'> {
  const last = text.lastIndexOf(':');
  const before = last < 0 ? -1 : text.lastIndexOf(':', last - 1);
  const slash = text.indexOf('/', last + 1);
  const end = slash < 0 ? text.length : slash;
  const piece = (from: number, to: number): Piece => ({ text: text.slice(from, to), at: from });
  return {
    ip: before > 0 ? piece(0, before) : undefined,
    host: last > 0 ? piece(before + 1, last) : undefined,
    port: piece(last + 1, end),
    protocol: slash < 0 ? undefined : piece(slash + 1, text.length),
  };
}

/** A piece of a port in the file; the whole word where it does not stand there letter by letter. */
export const pieceSpan = ({ word, plain }: Port, { at, text }: Piece): Span =>
  plain && text !== '' ? fileSpan(word.map, at, at + text.length) : word.span;
