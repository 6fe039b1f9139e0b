/**
 * A tree as indented JSON. JSON.stringify would do, but for its call stack: words may nest ten thousand deep.
 * `map`, which only programs need, is left out where it says no more than the span; so are the text of the file and its lines.
 */
export function treeJson(tree: object): string {
  const out: string[] = [];
  const stack: (string | { readonly value: unknown; readonly depth: number })[] = [{ value: tree, depth: 0 }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (typeof next === 'string') {
      out.push(next);
      continue;
    }
    const { value, depth } = next;
    const flat = isFlat(value) ? JSON.stringify(value) : undefined;
    if (flat !== undefined) {
      out.push(flat);
      continue;
    }
    const list = Array.isArray(value);
    const entries = list
      ? value.map((item) => ['', item] as const)
      : Object.entries(value as object).filter(
          ([key, item]) => item !== undefined && !(key === 'map' && isPlain(item)) && !(depth === 0 && own.has(key)),
        );
    const pad = indent(depth + 1);
    stack.push(`\n${indent(depth)}${list ? ']' : '}'}`);
    for (let index = entries.length - 1; index >= 0; index--) {
      const [key, item] = entries[index]!;
      stack.push({ value: item, depth: depth + 1 });
      stack.push(`${index > 0 ? ',' : ''}\n${pad}${list ? '' : `${JSON.stringify(key)}: `}`);
    }
    out.push(list ? '[' : '{');
  }
  return out.join('');
}

/** What the leaves of a file say already. */
const own: ReadonlySet<string> = new Set(['text', 'lines']);

/** No deeper than a person reads; ten thousand levels would be more blanks than memory. */
const indent = (depth: number): string => '  '.repeat(Math.min(depth, 40));

const isPlain = (map: unknown): boolean => Array.isArray(map) && map.length === 1;

/** What stands on one line: scalars, spans, and nothing. */
function isFlat(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  const values = Object.values(value);
  return values.length === 0 || (!Array.isArray(value) && values.every((item) => typeof item === 'number'));
}
