import { type RuneTest, runesOf, SLASH } from './gopath.ts';

/**
 * Compiles the part of Go's regular expressions (RE2, `regexp/syntax` with Perl flags) that a `.dockerignore` pattern
 * can turn into: literals, escapes, classes, `^`, `$`, `|`, `{2,3}`, `.*`, a starred class, and `(.*` + slash + `)?`. The
 * test asks for a match anywhere and follows all ways at once, in steps bounded by expression × text. Undefined where Go
 * finds a syntax error, and for more than 100,000 steps. Source: https://pkg.go.dev/regexp/syntax
 */
export function goRegexp(source: string): ((text: string) => boolean) | undefined {
  const ways = parse(source);
  return ways && ((text) => ways.some((steps) => run(steps, runesOf(text))));
}

type Step =
  | { readonly kind: 'rune'; readonly test: RuneTest }
  /** Goes on at the next step and `by` steps further. */
  | { readonly kind: 'fork'; readonly by: number }
  | { readonly kind: 'jump'; readonly by: number }
  | { readonly kind: 'look'; readonly holds: (before: number | undefined, after: number | undefined) => boolean };

interface Part {
  readonly test: RuneTest;
  /** The offset behind it. */
  readonly end: number;
}

/** A part, or none of the kind that was looked for, or a syntax error. */
type Found = Part | 'bad' | undefined;

const NEWLINE = 10;
const notNewline: RuneTest = (rune) => rune !== NEWLINE;
const is =
  (wanted: number): RuneTest =>
  (rune) =>
    rune === wanted;
const not =
  (test: RuneTest): RuneTest =>
  (rune) =>
    !test(rune);

const isDigit: RuneTest = (rune) => rune >= 48 && rune <= 57;
const isAlpha: RuneTest = (rune) => (rune | 32) >= 97 && (rune | 32) <= 122 && rune < 128;
const isWord: RuneTest = (rune) => isDigit(rune) || isAlpha(rune) || rune === 95;
const isBlank: RuneTest = (rune) => rune === 32 || rune === 9;
const isSpace: RuneTest = (rune) => rune === 32 || rune === 9 || rune === 10 || rune === 12 || rune === 13;

const perlClasses: Readonly<Record<string, RuneTest>> = { d: isDigit, s: isSpace, w: isWord };

const namedClasses: Readonly<Record<string, RuneTest>> = {
  alnum: (rune) => isAlpha(rune) || isDigit(rune),
  alpha: isAlpha,
  ascii: (rune) => rune < 128,
  blank: isBlank,
  cntrl: (rune) => rune < 32 || rune === 127,
  digit: isDigit,
  graph: (rune) => rune > 32 && rune < 127,
  lower: (rune) => rune >= 97 && rune <= 122,
  print: (rune) => rune >= 32 && rune < 127,
  punct: (rune) => rune > 32 && rune < 127 && !isAlpha(rune) && !isDigit(rune),
  space: (rune) => isSpace(rune) || rune === 11,
  upper: (rune) => rune >= 65 && rune <= 90,
  word: isWord,
  xdigit: (rune) => isDigit(rune) || ((rune | 32) >= 97 && (rune | 32) <= 102),
};

const controls: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

const edge = (before: number | undefined, after: number | undefined): boolean =>
  (before !== undefined && isWord(before)) !== (after !== undefined && isWord(after));

const isStart = (before: number | undefined): boolean => before === undefined;
const isEnd = (_: number | undefined, after: number | undefined): boolean => after === undefined;

const looks: Readonly<Record<string, (before: number | undefined, after: number | undefined) => boolean>> = {
  '^': isStart,
  $: isEnd,
  '\\A': isStart,
  '\\z': isEnd,
  '\\b': edge,
  '\\B': (before, after) => !edge(before, after),
};

/** `own` only: a class called `constructor` is none. */
const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

const STEP_LIMIT = 100_000;

/** The alternatives. */
function parse(source: string): readonly (readonly Step[])[] | undefined {
  let steps: Step[] = [];
  const ways = [steps];
  let last = 0;
  let repeated = false;
  const push = (...more: readonly Step[]): void => {
    last = steps.length;
    steps.push(...more);
  };
  for (let at = 0; at < source.length; ) {
    const head = source[at] === '\\' ? source.slice(at, at + 2) : source[at]!;
    const look = own(looks, head);
    const count = head === '{' ? countAt(source, at) : undefined;
    const wasRepeated = repeated;
    repeated = false;
    if (look) {
      push({ kind: 'look', holds: look });
      at += head.length;
    } else if (head === '|') {
      steps = [];
      ways.push(steps);
      at += 1;
    } else if (count) {
      if (steps.length === 0 || wasRepeated || count.least > 1000 || (count.most ?? 0) > 1000) return undefined;
      if (count.most !== undefined && count.most < count.least) return undefined;
      const block = steps.splice(last);
      if (steps.length + block.length * Math.max(count.least, count.most ?? 0) > STEP_LIMIT) return undefined;
      push(...times(block, count.least, count.most));
      at = count.end;
      repeated = true;
    } else if (source.startsWith(DESCENT, at)) {
      push(...descent);
      at += DESCENT.length;
      repeated = true;
    } else if (source.startsWith('.*', at)) {
      push(...star([{ kind: 'rune', test: notNewline }]));
      at += 2;
      repeated = true;
    } else if (head === '\\Q') {
      const stop = source.indexOf('\\E', at + 2);
      for (const rune of runesOf(source.slice(at + 2, stop < 0 ? undefined : stop)))
        push({ kind: 'rune', test: is(rune) });
      at = stop < 0 ? source.length : stop + 2;
    } else {
      const part = head === '[' ? classAt(source, at + 1) : (setAt(source, at) ?? literalAt(source, at));
      if (!part || part === 'bad') return undefined;
      const step: Step = { kind: 'rune', test: part.test };
      repeated = head === '[' && source[part.end] === '*';
      push(...(repeated ? star([step]) : [step]));
      at = repeated ? part.end + 1 : part.end;
    }
  }
  return ways;
}

const DESCENT = '(.*/)?';

const descent: readonly Step[] = [
  { kind: 'fork', by: 5 },
  { kind: 'fork', by: 3 },
  { kind: 'rune', test: notNewline },
  { kind: 'jump', by: -2 },
  { kind: 'rune', test: is(SLASH) },
];

const star = (block: readonly Step[]): readonly Step[] => [
  { kind: 'fork', by: block.length + 2 },
  ...block,
  { kind: 'jump', by: -block.length - 1 },
];

function times(block: readonly Step[], least: number, most: number | undefined): readonly Step[] {
  const maybe: readonly Step[] = [{ kind: 'fork', by: block.length + 1 }, ...block];
  const tail = most === undefined ? star(block) : Array.from({ length: most - least }, () => maybe).flat();
  return [...Array.from({ length: least }, () => block).flat(), ...tail];
}

/** `{2}`, `{2,}`, `{2,3}`; everything else in braces is literal. */
function countAt(source: string, at: number): { least: number; most: number | undefined; end: number } | undefined {
  const counted = /\{(0|[1-9]\d*)(?:(,)(0|[1-9]\d*)?)?\}/y;
  counted.lastIndex = at;
  const found = counted.exec(source);
  if (!found) return undefined;
  const least = Number(found[1]);
  const most = found[2] ? (found[3] === undefined ? undefined : Number(found[3])) : least;
  return { least, most, end: counted.lastIndex };
}

/** The class whose content begins at `start`. A `]` that comes first is a member; `-` may stand anywhere. */
function classAt(source: string, start: number): Found {
  const negated = source[start] === '^';
  const tests: RuneTest[] = [];
  let at = negated ? start + 1 : start;
  while (source[at] !== ']' || tests.length === 0) {
    const part = namedAt(source, at) ?? setAt(source, at) ?? rangeAt(source, at);
    if (!part || part === 'bad') return 'bad';
    tests.push(part.test);
    at = part.end;
  }
  return { test: (rune) => tests.some((test) => test(rune)) !== negated, end: at + 1 };
}

/** `[:alpha:]` and `[:^alpha:]`. */
function namedAt(source: string, at: number): Found {
  const stop = source.startsWith('[:', at) ? source.indexOf(':]', at + 2) : -1;
  if (stop < 0) return undefined;
  const negated = source[at + 2] === '^';
  const test = own(namedClasses, source.slice(negated ? at + 3 : at + 2, stop));
  return test ? { test: negated ? not(test) : test, end: stop + 2 } : 'bad';
}

/** `\d`, `\W`… and the Unicode categories of one letter, `\pL`. */
function setAt(source: string, at: number): Found {
  const letter = source[at] === '\\' ? (source[at + 1] ?? '') : '';
  if (letter === 'p' || letter === 'P') {
    const category = source[at + 2] ?? '';
    if (!/^[CLMNPSZ]$/.test(category)) return 'bad';
    const member = new RegExp(`^\\p{${category}}$`, 'u');
    return { test: (rune) => member.test(String.fromCodePoint(rune)) === (letter === 'p'), end: at + 3 };
  }
  const test = own(perlClasses, letter.toLowerCase());
  return test && { test: letter === letter.toLowerCase() ? test : not(test), end: at + 2 };
}

function rangeAt(source: string, at: number): Found {
  const low = runeAt(source, at);
  if (!low) return 'bad';
  const ranged = source[low.end] === '-' && low.end + 1 < source.length && source[low.end + 1] !== ']';
  const high = ranged ? runeAt(source, low.end + 1) : low;
  if (!high || high.rune < low.rune) return 'bad';
  return { test: (rune) => low.rune <= rune && rune <= high.rune, end: high.end };
}

function literalAt(source: string, at: number): Found {
  const found = runeAt(source, at);
  return found ? { test: is(found.rune), end: found.end } : 'bad';
}

/** One code point, escapes resolved as Go's `parseEscape` does: what it does not know is an error. */
function runeAt(source: string, at: number): { readonly rune: number; readonly end: number } | undefined {
  const rune = source.codePointAt(at);
  if (rune === undefined) return undefined;
  if (source[at] !== '\\') return { rune, end: at + (rune > 0xffff ? 2 : 1) };
  const next = source[at + 1];
  if (next === undefined || next >= '\u0080') return undefined;
  const control = own(controls, next);
  if (control !== undefined) return { rune: control, end: at + 2 };
  if (!/[0-9A-Za-z]/.test(next)) return { rune: next.charCodeAt(0), end: at + 2 };
  const tail = source.slice(at + 1, at + 4);
  const octal = /^(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(tail)?.[0];
  if (octal) return { rune: Number.parseInt(octal, 8), end: at + 1 + octal.length };
  const hex = /^x([0-9A-Fa-f]{2})$/.exec(tail)?.[1];
  return hex ? { rune: Number.parseInt(hex, 16), end: at + 4 } : undefined;
}

/** All threads in step, each step of the program at most once a rune. */
function run(steps: readonly Step[], text: readonly number[]): boolean {
  const seen = new Int32Array(steps.length + 1);
  const [first] = steps;
  const anchored = first?.kind === 'look' && first.holds === isStart;
  let alive: number[] = [];
  for (let at = 0; at <= text.length; at++) {
    if (at === 0 || !anchored) alive.push(0);
    if (alive.length === 0) return false;
    const rune = text[at];
    const next: number[] = [];
    for (let index = alive.pop(); index !== undefined; index = alive.pop()) {
      if (seen[index] === at + 1) continue;
      seen[index] = at + 1;
      const step = steps[index];
      if (!step) return true;
      if (step.kind === 'rune') {
        if (rune !== undefined && step.test(rune)) next.push(index + 1);
      } else if (step.kind === 'look') {
        if (step.holds(text[at - 1], rune)) alive.push(index + 1);
      } else {
        alive.push(index + step.by);
        if (step.kind === 'fork') alive.push(index + 1);
      }
    }
    alive = next;
  }
  return false;
}
