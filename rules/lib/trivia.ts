import type { Instruction } from '../../src/engine/rule.ts';

interface Leaf {
  readonly kind: string;
  readonly span: { readonly start: number; readonly end: number };
  readonly raw: string;
}

const isNode = (value: unknown): value is Leaf => typeof value === 'object' && value !== null && 'kind' in value;

/** The leaves of some kinds under an instruction, in the order of the file, wherever they stand in it. */
export function leavesOf(instruction: Instruction, kinds: ReadonlySet<string>): Leaf[] {
  // the words of a JSON array are there twice
  const found = new Map<number, Leaf>();
  const open: unknown[] = [instruction];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (Array.isArray(node)) for (const it of node) open.push(it);
    else if (isNode(node)) {
      if (kinds.has(node.kind)) found.set(node.span.start, node);
      else for (const value of Object.values(node)) if (typeof value === 'object' && value !== null) open.push(value);
    }
  }
  return [...found.values()].sort((a, b) => a.span.start - b.span.start);
}
