import { isMap, isPair, isScalar, isSeq, type Node, type Pair, parseDocument } from 'yaml';
import { linesOf, position } from '../text/lines.ts';
import type { ConfigProblem } from './config.ts';

/** A YAML or JSON text with the places of its parts. */
export interface ConfigDocument {
  /** Undefined for an empty text. */
  readonly value: unknown;
  readonly problems: readonly ConfigProblem[];
  /** A problem at the value under `path`, or with `atKey` at the key itself. */
  problem(path: readonly (string | number)[], message: string, atKey?: boolean): ConfigProblem;
}

/** Reads a text; JSON is YAML. Never throws: what cannot be read is a problem, and the value then undefined. */
export function readDocument(text: string): ConfigDocument {
  const lines = linesOf(text);
  const at = (offset: number, message: string): ConfigProblem => {
    const { line, column } = position(lines, offset);
    return { message, line, column };
  };
  try {
    const document = parseDocument(text, { prettyErrors: false, uniqueKeys: true });
    const problems = document.errors
      .slice(0, MOST_ERRORS)
      .map(({ pos, message }) => at(pos[0], `this is not YAML: ${message}`));
    const root = document.contents;
    return {
      value: problems.length > 0 ? undefined : (document.toJS({ maxAliasCount: 100 }) ?? undefined),
      problems,
      problem: (path, message, atKey = false) => at(offsetOf(root, path, atKey), message),
    };
  } catch (error) {
    // aliases that unfold without end, or more levels than the parser can take
    const problem = at(0, `this cannot be read as YAML: ${(error as Error).message}`);
    return { value: undefined, problems: [problem], problem: (_, message) => at(0, message) };
  }
}

/** One mistake often makes a thousand more. */
const MOST_ERRORS = 5;

function offsetOf(root: Node | null, path: readonly (string | number)[], atKey: boolean): number {
  let node: Node | null = root;
  for (const [index, step] of path.entries()) {
    const inner: Node | Pair | undefined = isMap(node)
      ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      : isSeq(node)
        ? (node.items[Number(step)] as Node | undefined)
        : undefined;
    if (!inner) break;
    const key = isPair(inner) ? (inner.key as Node) : inner;
    const value = isPair(inner) ? (inner.value as Node | null) : inner;
    node = value && !(atKey && index === path.length - 1) ? value : key;
  }
  return node?.range?.[0] ?? 0;
}
