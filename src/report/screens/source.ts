import type { Instruction } from '../../../grammar/index.ts';
import { position } from '../../text/lines.ts';
import { oneLine } from '../../text/prose.ts';
import type { Span } from '../../text/span.ts';
import type { Base, Expansion, Model } from './model.ts';

/** The line, from 1, on which something of the file begins. */
export const lineOf = ({ file }: Model, { span }: { readonly span: Span }): number =>
  position(file.lines, span.start).line;

/** An instruction after its keyword, on one line. */
export const restOf = ({ file }: Model, { keyword, span }: Instruction): string =>
  oneLine(file.text.slice(keyword.span.end, span.end));

/** A base as people write it. */
export const baseText = (base: Base): string => {
  if (base.kind === 'scratch') return 'scratch';
  if (base.kind === 'stage') return base.stage.name ?? `stage ${base.stage.index}`;
  return base.kind === 'image' ? base.reference.text : base.text || 'an image that only the build knows';
};

export const expansionText = ({ value }: Expansion): string => (value.state === 'unset' ? '' : value.text);
