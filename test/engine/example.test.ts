import { expect, test } from 'vitest';
import type { Diagnostic, Fix } from '../../src/engine/diagnostic.ts';
import { dockerfile, fixed, mark, original, plain } from '../../src/engine/example.ts';

const diagnostic = (start: number, end: number, fix?: Fix): Diagnostic => ({
  rule: 'x',
  aliases: [],
  severity: 'warning',
  message: '',
  why: undefined,
  instead: undefined,
  url: undefined,
  span: { start, end },
  related: undefined,
  fix,
});
const edit = (start: number, end: number, text: string): Fix => ({
  safety: 'safe',
  title: '',
  edits: [{ span: { start, end }, text }],
});

const marked = dockerfile`
    FROM a
  - ADD \${x} \\
    ~~~
  + COPY \${x} \\
      /b
`;

test('marks are taken off, and the raw text is kept', () => {
  expect(original(marked)).toBe('FROM a\nADD ${x} \\\\\n  /b\n');
  expect(fixed(marked)).toBe('FROM a\nCOPY ${x} \\\\\n  /b\n');
});

test('and put on again', () => {
  expect(mark(original(marked), [diagnostic(7, 10, edit(7, 10, 'COPY'))])).toBe(plain(marked));
});

test('an insertion, a removal, two marks on a line, a mark over two lines', () => {
  expect(mark('A\nB\n', [diagnostic(2, 3, edit(2, 2, 'NEW\n'))])).toBe('  A\n+ NEW\n  B\n  ~');
  expect(mark('A\nB\nC\n', [diagnostic(2, 3, edit(2, 4, ''))])).toBe('  A\n- B\n  ~\n  C');
  expect(mark('AB CD\n', [diagnostic(0, 2), diagnostic(3, 5)])).toBe('AB CD\n~~ ~~');
  expect(mark('AB\n  CD\n', [diagnostic(1, 7)])).toBe('AB\n ~\n  CD\n  ~~');
  expect(mark('', [diagnostic(0, 0)])).toBe('\n~');
});
