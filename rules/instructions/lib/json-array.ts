/** An array that was meant: its strings, and why JSON does not take it. */
export interface NearJson {
  readonly problem: string;
  /** The strings, where they can be told for certain. */
  readonly items: readonly string[] | undefined;
}

const quotes: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '”': '”', '‘': '’', '’': '’' };

/**
 * What a text that is no JSON array, but was meant for one, says. Undefined for anything else that begins with a bracket: the
 * test `[ -f x ]`, a pattern.
 */
export function nearJson(text: string): NearJson | undefined {
  const whole = text.trim();
  if (!whole.startsWith('[') || whole.startsWith('[[')) return undefined;
  const read = readItems(whole);
  // a blank follows the test command, and its arguments have no commas between them
  const lone = read.items.length === 1 && read.end === whole.length && !/[$`]/.test(whole);
  if (/^\[\s/.test(whole) && !read.commas && !lone) return undefined;
  const rest = whole.slice(read.end).trim();
  // nobody expands a variable in an array
  const certain = read.closed && /^;?$/.test(rest) && !read.items.some((item) => item.includes('$'));
  const items = certain ? read.items : undefined;
  if (read.problem) return { problem: read.problem, items };
  if (!read.closed) return { problem: 'the closing bracket is missing', items };
  if (rest.startsWith('#')) return { problem: 'a comment needs a line of its own', items };
  return { problem: `${rest.length < 20 ? rest : 'more text'} follows the closing bracket`, items };
}

interface Items {
  readonly items: readonly string[];
  readonly commas: boolean;
  readonly closed: boolean;
  /** Behind the closing bracket. */
  readonly end: number;
  readonly problem: string | undefined;
}

/** Reads what looks like an array as far as it goes. */
function readItems(text: string): Items {
  const items: string[] = [];
  let problem: string | undefined;
  let commas = false;
  let expectsItem = true;
  let at = 1;
  const complain = (what: string): void => {
    problem ??= what;
  };
  while (at < text.length && text[at] !== ']') {
    const char = text[at]!;
    if (/\s/.test(char)) at++;
    else if (char === ',') {
      if (expectsItem) complain('a comma has nothing before it');
      commas = true;
      expectsItem = true;
      at++;
    } else {
      if (!expectsItem) complain('a comma is missing');
      const item = readItem(text, at);
      if (item.problem) complain(item.problem);
      items.push(item.text);
      if (item.end === undefined) return { items, commas, closed: false, end: text.length, problem };
      expectsItem = false;
      at = item.end;
    }
  }
  const closed = at < text.length;
  if (closed && expectsItem && items.length > 0) complain('it ends with a comma');
  return { items, commas, closed, end: Math.min(at + 1, text.length), problem };
}

function readItem(text: string, at: number): { text: string; end: number | undefined; problem?: string } {
  const close = quotes[text[at]!];
  if (close === undefined) {
    const end = at + /^[^\s,\]]*/.exec(text.slice(at))![0].length;
    return { text: text.slice(at, end), end, problem: 'an item is not in double quotes' };
  }
  const straight = text[at] === '"';
  let end = at + 1;
  while (end < text.length && text[end] !== close) end += straight && text[end] === '\\' ? 2 : 1;
  if (end >= text.length) return { text: text.slice(at + 1), end: undefined, problem: 'a quote is not closed' };
  const inner = text.slice(at + 1, end);
  if (!straight) return { text: inner, end: end + 1, problem: straightness(text[at]!) };
  const decoded = decode(inner);
  return decoded === undefined
    ? { text: inner, end: end + 1, problem: 'a backslash has to be doubled' }
    : { text: decoded, end: end + 1 };
}

/** Why a quote is none of JSON. */
const straightness = (quote: string): string =>
  quote === "'" ? 'JSON needs double quotes' : `${quote} is not a double quote`;

function decode(inner: string): string | undefined {
  try {
    return JSON.parse(`"${inner}"`) as string;
  } catch {
    return undefined;
  }
}
