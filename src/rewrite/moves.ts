import type { Instruction } from '../../grammar/index.ts';
import type { Span } from '../text/span.ts';

/** What stands in a stage in its new order: an instruction of the file, or a line that is new. */
export type Item = Instruction | { readonly kind: 'New'; readonly text: string };

interface Block extends Span {
  readonly item: Instruction;
  /** What stands between this block and the one before it: blank lines, comments with a blank line below. */
  readonly gap: string;
}

/**
 * The text with the instructions of a stage in another order; each takes along the comments right above it. All others stay where
 * they are, with the lines around them. `order` has every instruction of `stage` once. Source lines end as they did.
 */
export function reordered(text: string, stage: readonly Instruction[], order: readonly Item[], from: number): string {
  const blocks = blocksOf(text, stage, from);
  const places = new Map(blocks.map((block, index) => [block.item as Item, index]));
  const fixed = new Set(longestRise(order.map((item) => places.get(item) ?? -1)));
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const written = (it: string): string => (it.endsWith('\n') ? it : it + newline);
  const moved = (item: Item): string => {
    if (item.kind === 'New') return written(item.text);
    const block = blocks[places.get(item)!]!;
    return written(text.slice(block.start, block.end));
  };
  let out = '';
  let next = 0;
  const keepGaps = (until: number): void => {
    for (; next < until; next++) if (blocks[next]!.gap.trim() !== '') out += blocks[next]!.gap;
  };
  for (const item of order) {
    const place = places.get(item);
    if (place === undefined || !fixed.has(place)) out += moved(item);
    else {
      keepGaps(place);
      out += blocks[place]!.gap + written(text.slice(blocks[place]!.start, blocks[place]!.end));
      next = place + 1;
    }
  }
  keepGaps(blocks.length);
  const end = blocks.at(-1)!.end;
  const whole = out + text.slice(end);
  return text.slice(0, from) + (text.endsWith('\n') ? whole : whole.replace(/\r?\n$/, ''));
}

export function blocksOf(text: string, stage: readonly Instruction[], from: number): Block[] {
  let after = from;
  return stage.map((item) => {
    let start = text.lastIndexOf('\n', item.span.start - 1) + 1;
    while (start > after) {
      const above = text.lastIndexOf('\n', start - 2) + 1;
      if (above < after || !/^[ \t]*#/.test(text.slice(above, start))) break;
      start = above;
    }
    const newline = text.indexOf('\n', Math.max(item.span.end - 1, item.span.start));
    const end = newline < 0 ? text.length : newline + 1;
    const block: Block = { item, start, end, gap: text.slice(after, start) };
    after = end;
    return block;
  });
}

/** The longest rising part of a list, so that the fewest blocks move; negative numbers are left out. */
function longestRise(list: readonly number[]): number[] {
  const best: number[][] = [];
  for (const [index, value] of list.entries()) {
    if (value < 0) {
      best.push([]);
      continue;
    }
    const before = best.slice(0, index).filter((it) => it.length > 0 && it.at(-1)! < value);
    best.push([...(before.sort((a, b) => b.length - a.length)[0] ?? []), value]);
  }
  return best.sort((a, b) => b.length - a.length)[0] ?? [];
}
