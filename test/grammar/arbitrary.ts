import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { children, leaves, type Node, parse, print, walk } from '../../grammar/index.ts';
import type { TextMap } from '../../src/text/map.ts';
import { contains } from '../../src/text/span.ts';

/** Texts to parse, and what must hold for each of them; the property tests and the fuzzer share both. */

const builtIn = [
  '# syntax=docker/dockerfile:1\nFROM --platform=$BUILDPLATFORM golang:1.24 AS build\nWORKDIR /src\nRUN --mount=type=cache,target=/root/.cache \\\n    # why\n    go build -o /out ./...\n\nFROM scratch\nCOPY --from=build /out /out\nENTRYPOINT ["/out"]\n',
  '# escape=`\r\nFROM mcr.microsoft.com/windows/servercore AS base\r\nSHELL ["powershell", "-Command"]\r\nRUN Get-Thing `\r\n  -Name "x"\r\nENV A="b c" D=`"e\r\nVOLUME C:\\data\r\n',
  'ARG V=1\nFROM alpine:${V:-3}\nRUN <<EOF\nset -e\napk add curl\nEOF\nCOPY <<"A B" <<-C /etc/\n$x\nA B\n\t${y:-z}\n\tC\nHEALTHCHECK --interval=5s CMD curl -f http://localhost || exit 1\nONBUILD COPY . .\nEXPOSE 80 443/udp\nLABEL a=b "c d"=\'e f\'\nUSER 1000:1000\nSTOPSIGNAL SIGTERM\n',
];

/** Dockerfiles of the fixtures folder, or a few of our own where it holds none. */
export function samples(): readonly string[] {
  const folder = new URL('../../fixtures/', import.meta.url);
  const names = (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => /(?:^|[/\\])(?:Docker|Container)file[^/\\]*$|\.dockerfile$/i.test(name))
    .sort();
  return [...builtIn, ...names.map((name) => readFileSync(new URL(name.replaceAll('\\', '/'), folder), 'utf8'))];
}

const keywords =
  'FROM RUN CMD LABEL MAINTAINER EXPOSE ENV ADD COPY ENTRYPOINT VOLUME USER WORKDIR ARG ONBUILD STOPSIGNAL HEALTHCHECK SHELL';
const tokens = [
  ...keywords.split(' '),
  ...['from', 'Run', 'as', 'AS', 'NONE', 'a', 'b.c', '/x', '1', 'é', '😀', '\u00a0', '\u2003', '\ufeff', '\0', '\v'],
  ...[' ', ' ', ' ', '  ', '\t', '\n', '\n', '\n', '\r\n', '\r', '\\\n', '\\\r\n', '\\ \n', '`\n', '\\', '\\\\', '`'],
  ...['# escape=`\n', '# syntax=x\n', '# check=skip=all\n', '#', '# c\n', '\\\n # c\n\n'],
  ...['"', "'", '$', '${', '}', '$a', '${a', '${a}', '${a:-', '${a:?', '${a##', '${a/b/', ':', '%', '?', '-', '+', '@'],
  ...[
    '[',
    ']',
    ',',
    '["a"',
    '["a", "b"]',
    '["\\u0041\\n"]',
    '[1]',
    '=',
    'a=b',
    'a="b c"',
    '--',
    '--x',
    '--link',
    '--from=a',
  ],
  ...['--mount=type=cache,target=/x', '--chown="a b"', '--interval=5s', '--platform=$P'],
  ...[
    '<<',
    '<<<',
    '<<-',
    '<<EOF',
    '<<-EOF',
    '<< EOF',
    '<<"E F"',
    '<<EOF;',
    'EOF\n',
    '\nEOF\n',
    '\n\tEOF\n',
    '|',
    ';',
    '&&',
  ],
];

export const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme' }));

const some = fc
  .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...tokens) }, { weight: 1, arbitrary: fc.constant(' ') }), {
    maxLength: 20,
  })
  .map((parts) => parts.join(''));
const line = fc.tuple(fc.constantFrom(...keywords.split(' ')), some).map(([keyword, rest]) => `${keyword} ${rest}\n`);

/** Tokens of the language: in any order, or behind a keyword each line. */
export const likelyText = fc.oneof(
  fc.array(some, { maxLength: 2 }).map((parts) => parts.join('')),
  fc
    .tuple(fc.constantFrom('', 'FROM a\n', '# escape=`\nFROM a\n'), fc.array(line, { maxLength: 4 }))
    .map(([first, lines]) => first + lines.join('')),
);

type Cut = readonly ['delete' | 'insert' | 'duplicate' | 'swap', number, number, number, string];
const cut: fc.Arbitrary<Cut> = fc.tuple(
  fc.constantFrom('delete', 'insert', 'duplicate', 'swap'),
  fc.nat(),
  fc.nat(40),
  fc.nat(),
  fc.constantFrom(...tokens),
);

function edit(text: string, [what, at, length, other, token]: Cut): string {
  const start = at % (text.length + 1);
  const end = Math.min(start + length, text.length);
  const to = other % (text.length + 1);
  const piece = text.slice(start, end);
  if (what === 'insert') return text.slice(0, start) + token + text.slice(start);
  if (what === 'duplicate') return text.slice(0, to) + piece + text.slice(to);
  if (what === 'delete' || (to > start && to < end)) return text.slice(0, start) + text.slice(end);
  const left = to <= start ? text.slice(0, to) + piece + text.slice(to, start) : text.slice(0, start);
  return to <= start ? left + text.slice(end) : left + text.slice(end, to) + piece + text.slice(to);
}

/** Dockerfiles with up to four slips of the hand. */
export const editedText = (files: readonly string[]): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom(...files), fc.array(cut, { maxLength: 4 })).map(([text, cuts]) => cuts.reduce(edit, text));

/** What does not hold for a text, in a sentence; undefined where all holds. Throws only where the parser does. */
export function violation(text: string): string | undefined {
  const { ast, errors } = parse(text);
  if (print(ast) !== text) return 'print(ast) is not the text';
  let at = 0;
  for (const { span, raw, kind } of leaves(ast)) {
    if (span.start !== at) return `leaf ${kind} begins at ${span.start}, the one before it ends at ${at}`;
    if (raw !== text.slice(span.start, span.end)) return `leaf ${kind} at ${at} is not what the file has there`;
    at = span.end;
  }
  if (at !== text.length) return `the leaves end at ${at}, the file at ${text.length}`;
  let wrong: string | undefined;
  walk(ast, (node) => {
    wrong ??= misplaced(node) ?? misled(node, text);
  });
  if (wrong) return wrong;
  const file = { start: 0, end: text.length };
  for (const { span, message } of errors) {
    if (!contains(file, span) || span.start > span.end) return `an error lies outside the file: ${message}`;
    if (message.trim() === '' || /undefined|NaN|\[object/.test(message.replace(text.slice(span.start, span.end), '')))
      return `an error says nothing: ${message}`;
  }
  if (errors.some(({ span }, index) => index > 0 && span.start < errors[index - 1]!.span.start))
    return 'the errors are not in the order of the file';
  const again = parse(text);
  if (JSON.stringify(again.errors) !== JSON.stringify(errors)) return 'a second parse has other errors';
  return shape(again.ast) === shape(ast) ? undefined : 'a second parse has another tree';
}

function misplaced(node: Node): string | undefined {
  let at = node.span.start;
  for (const child of children(node)) {
    if (!contains(node.span, child.span)) return `${child.kind} lies outside its ${node.kind} at ${node.span.start}`;
    if (child.span.start < at) return `${child.kind} at ${child.span.start} overlaps its sibling in ${node.kind}`;
    at = child.span.end;
  }
  return undefined;
}

/** A word's map covers its text without a gap and leads to the same characters, but where an escape stands for one. */
function misled(node: Node, text: string): string | undefined {
  if (node.kind !== 'Word' && node.kind !== 'ShellForm') return undefined;
  const where = `the map of the ${node.kind} at ${node.span.start}`;
  let at = 0;
  for (const piece of node.map as TextMap) {
    if (piece.at !== at) return `${where} has a gap at ${at}`;
    at += piece.length;
    if (piece.from < node.span.start || piece.to > node.span.end) return `${where} leads out of it`;
    const plain = piece.to - piece.from === piece.length;
    if (plain && text.slice(piece.from, piece.to) !== node.text.slice(piece.at, at)) return `${where} leads astray`;
  }
  return at === node.text.length ? undefined : `${where} ends at ${at} of ${node.text.length}`;
}

function shape(node: Node): string {
  const kinds: string[] = [];
  walk(node, ({ kind, span }) => kinds.push(`${kind}${span.start}-${span.end}`));
  return kinds.join();
}
