import { describe, expect, test } from 'vitest';
import { children, type File, type Heredoc, leaves, parse, print, type Word, walk } from '../../grammar/index.ts';
import { fileOffset } from '../../src/text/map.ts';
import { comments, only, tiles } from './show.ts';

/** What the tables of `show` leave out: trivia, spans, maps, mounts, and the functions that go through a tree. */

const words = (text: string): Word[] => {
  const found: Word[] = [];
  walk(parse(text).ast, (node) => {
    if (node.kind === 'Word') found.push(node);
  });
  return found;
};

describe('leaves tile the file', () => {
  test.each([
    [
      'words and blanks',
      'FROM  a AS b\n',
      'Keyword«FROM» Space«  » Word«a» Space« » Keyword«AS» Space« » Word«b» LineEnd«⏎»',
    ],
    ['a byte order mark', '\ufeffFROM a', 'Bom«U+feff» Keyword«FROM» Space« » Word«a»'],
    [
      'directives',
      ' # escape=`\r\nFROM a',
      'Space« » Directive«# escape=`» LineEnd«␍⏎» Keyword«FROM» Space« » Word«a»',
    ],
    ['comments', '  # a \nFROM b', 'Space«  » Comment«# a » LineEnd«⏎» Keyword«FROM» Space« » Word«b»'],
    ['empty lines', '\n \t\nFROM a\n\n', 'Blank«⏎» Blank« ⇥⏎» Keyword«FROM» Space« » Word«a» LineEnd«⏎» Blank«⏎»'],
    ['white space at the end', 'FROM a \u00a0\n', 'Keyword«FROM» Space« » Word«a» Space« ⍽» LineEnd«⏎»'],
    [
      'a continuation between words',
      'FROM a \\\n AS b',
      'Keyword«FROM» Space« » Word«a» Space« » Continuation«\\⏎» Space« » Keyword«AS» Space« » Word«b»',
    ],
    ['a continuation in a word', 'FROM a\\\nb', 'Keyword«FROM» Space« » Text«a» Continuation«\\⏎» Text«b»'],
    [
      'a comment in a command',
      'RUN a \\\n # b\n\n c',
      'Keyword«RUN» Space« » Text«a » Continuation«\\⏎» Space« » Comment«# b» LineEnd«⏎» Blank«⏎» Text« c»',
    ],
    [
      'a continuation at the end of the file',
      'RUN a \\\n# b\n',
      'Keyword«RUN» Space« » ShellForm«a» Space« » Continuation«\\⏎» Comment«# b» LineEnd«⏎»',
    ],
    ['a flag', 'RUN --a="b c"', 'Keyword«RUN» Space« » Punctuation«--» Name«a» Punctuation«=» Word«"b c"»'],
    [
      'an array',
      'CMD ["a" , "b"]',
      'Keyword«CMD» Space« » Punctuation«[» Word«"a"» Space« » Punctuation«,» Space« » Word«"b"» Punctuation«]»',
    ],
    [
      'pairs',
      'ENV a=b "c"=\'d\'',
      'Keyword«ENV» Space« » Word«a» Punctuation«=» Word«b» Space« » Punctuation«"» Text«c» Punctuation«"» Punctuation«=» Punctuation«\'» Text«d» Punctuation«\'»',
    ],
    ['the legacy form', 'ENV a  b', 'Keyword«ENV» Space« » Word«a» Space«  » Word«b»'],
    [
      'variables',
      'USER $a${b:-c}',
      'Keyword«USER» Space« » Punctuation«$» Name«a» Punctuation«${» Name«b» Operator«:-» Text«c» Punctuation«}»',
    ],
    [
      'a here-document',
      'RUN <<-A\n\tb\n\tA\n',
      'Keyword«RUN» Space« » ShellForm«<<-A» LineEnd«⏎» HeredocBody«⇥b⏎» Space«⇥» Name«A» LineEnd«⏎»',
    ],
    [
      'what cannot be placed',
      'FROM a b\nfoo  c d',
      'Keyword«FROM» Space« » Word«a» Space« » Skipped«b» LineEnd«⏎» Keyword«foo» Space«  » Skipped«c d»',
    ],
    [
      'an instruction under ONBUILD',
      'ONBUILD -- USER a',
      'Keyword«ONBUILD» Space« » Punctuation«--» Space« » Keyword«USER» Space« » Word«a»',
    ],
  ])('%s', (_, text, expected) => {
    expect(tiles(text)).toBe(expected);
    expect(print(parse(text).ast)).toBe(text);
  });
});

test('print gives back a part of the file too', () => {
  const text = 'FROM a\nCOPY --chown=$b:c \\\n  # d\n  "e" <<F /g\nh\nF\n';
  walk(parse(text).ast, (node) => expect(print(node)).toBe(text.slice(node.span.start, node.span.end)));
});

test('children come in the order of the file, the words of an array with the array', () => {
  const [form] = children(only('FROM a\nCOPY --link ["b", "c"]')).filter((it) => it.kind === 'ExecForm');
  const kinds = children(only('FROM a\nCOPY --link ["b", "c"]')).map((it) => it.kind);
  expect(kinds).toEqual(['Keyword', 'Space', 'Flag', 'Space', 'ExecForm']);
  expect(children(form!).map((it) => it.kind)).toEqual([
    'Punctuation',
    'Word',
    'Punctuation',
    'Space',
    'Word',
    'Punctuation',
  ]);
});

test('walk visits parents first', () => {
  const seen: string[] = [];
  walk(parse('ARG a=$b').ast, ({ kind }) => seen.push(kind));
  expect(seen).toEqual([
    'File',
    'Arg',
    'Keyword',
    'Space',
    'Pair',
    'Word',
    'Punctuation',
    'Word',
    'Variable',
    'Punctuation',
    'Name',
  ]);
});

describe('the file', () => {
  const file = (text: string): File => parse(text).ast;
  test.each([
    ['between instructions', '# a\nFROM b\n  #c \n\n#\nRUN d', ['a', 'c', '']],
    ['not those inside one', 'FROM a\nRUN b \\\n# c\n d', []],
    ['not directives', '# syntax=a\n# b\nFROM c', ['b']],
    ['those of an unfinished continuation', '\\\n# a\nFROM b\nRUN c \\\n# d\n# e\n', ['a', 'd', 'e']],
    ['a second number sign is text', '## a\nFROM b', ['# a']],
    ['unknown directives', '# a=b\nFROM c', ['a=b']],
    ['not in here-documents', 'FROM a\nRUN <<b\n# c\nb', []],
  ])('has the comments %s', (_, text, expected) => expect(comments(text)).toEqual(expected));

  test('has directives with name, value and places', () => {
    const text = '#  Syntax = docker/dockerfile:1 \n# check=skip=a;error=true\n#escape=`\nFROM a';
    const { directives, escape } = file(text);
    expect(directives.map(({ name, value }) => [name, value])).toEqual([
      ['syntax', 'docker/dockerfile:1'],
      ['check', 'skip=a;error=true'],
      ['escape', '`'],
    ]);
    for (const { valueSpan, value } of directives) expect(text.slice(valueSpan.start, valueSpan.end)).toBe(value);
    expect(escape).toBe('`');
    expect(file('FROM a').escape).toBe('\\');
  });

  test.each([
    ['from the keyword to the last word', '  FROM a  \n', 'FROM a'],
    ['over continuations and what they hold', 'RUN a \\\n# b\n c \n', 'RUN a \\\n# b\n c'],
    ['to the end of the last here-document', 'RUN <<A <<B\na\nA\nB\nRUN c', 'RUN <<A <<B\na\nA\nB'],
    ['with what could not be placed', 'FROM a b\n', 'FROM a b'],
  ])('has instructions %s', (_, text, expected) => {
    const { span } = file(text).instructions[0]!;
    expect(text.slice(span.start, span.end)).toBe(expected);
  });
});

describe('a word', () => {
  test.each([
    ['as it stands', 'USER abc', 'abc'],
    ['in quotes', 'USER a"b c"\'d\'', 'ab cd'],
    ['with escapes', 'USER a\\b\\"c\\😀d', 'ab"c😀d'],
    ['over lines', 'USER a\\\nb\\\n# c\n\n  d', 'ab  d'],
    ['over lines in quotes', 'USER "a\\\nb"c', 'abc'],
    ['with variables', 'USER a$b"${c:-d "e"}"f', 'a$b${c:-d "e"}f'],
    ['cut in a variable', 'USER a$b\\\nc${d\\\n:-e}f', 'a$bc${d:-e}f'],
    ['with CRLF', 'USER a\\\r\nb\r\n', 'ab'],
  ])('%s: the map leads each character back', (_, text, expected) => {
    const [word] = words(text);
    expect(word!.text).toBe(expected);
    for (let at = 0; at < expected.length; at++) expect(text[fileOffset(word!.map, at)]).toBe(expected[at]);
    expect(word!.raw).toBe(text.slice(word!.span.start, word!.span.end));
  });

  test('of a JSON array: an escape leads to its backslash', () => {
    const text = 'COPY ["a\\u0041\\n😀b\\"\'c\'", "d"]';
    const [word] = words(text);
    expect(word!.text).toBe("aA\n😀b'c'");
    const back = word!.text.split('').map((_, at) => text[fileOffset(word!.map, at)]);
    expect(back.join('')).toBe("a\\\\😀b'c'");
    expect(word!.problem?.reason).toBe('unterminated-quote');
  });

  test('of a flag: quotes and escapes taken off, and still a map', () => {
    const text = 'COPY --chown="a b"\\ $c:\\\nd e f';
    const [word] = words(text);
    expect(word!.text).toBe('a b $c:d');
    for (let at = 0; at < word!.text.length; at++) expect(text[fileOffset(word!.map, at)]).toBe(word!.text[at]);
  });

  test('a command has a map too', () => {
    const text = 'RUN a \\\n  # b\n && c';
    const run = only(text);
    if (run.kind !== 'Run' || run.command?.kind !== 'ShellForm') throw new Error();
    const { command } = run;
    expect(command.text).toBe('a  && c');
    for (let at = 0; at < command.text.length; at++) expect(text[fileOffset(command.map, at)]).toBe(command.text[at]);
  });
});

describe('a here-document', () => {
  const heredocs = (text: string): readonly Heredoc[] => {
    const it = only(text);
    return 'heredocs' in it ? it.heredocs : [];
  };
  test('knows where it opens, its body, its end', () => {
    const text = 'FROM a\nCOPY x <<"B C" <<\\\n-D /e\n1\nB C\n\t2\n\tD\n';
    const slices = heredocs(text).map(({ opener, body, terminator, span }) =>
      [opener, body.span, terminator!.span, span].map(({ start, end }) => text.slice(start, end)),
    );
    expect(slices).toEqual([
      ['<<"B C"', '1\n', 'B C', '1\nB C'],
      ['<<\\\n-D', '\t2\n', 'D', '\t2\n\tD'],
    ]);
  });
  test('the variables of a body have their places', () => {
    const text = 'FROM a\nCOPY <<B /c\nx $d "${e:-f}" \\$g\nB';
    const variables = heredocs(text)[0]!.body.parts.filter((part) => part.kind === 'Variable');
    expect(variables.map(({ span }) => text.slice(span.start, span.end))).toEqual(['$d', '${e:-f}']);
  });
  test('with a backtick as the escape, a body is escaped by it', () => {
    const [heredoc] = heredocs('# escape=`\nFROM a\nCOPY <<B /c\n`$d \\$e\nB');
    const names = heredoc!.body.parts.flatMap((part) => (part.kind === 'Variable' ? part.name.text : []));
    expect(names).toEqual(['e']);
  });
  test('one that never ends is read to where it likely ends', () => {
    const { ast } = parse('FROM a\nRUN cat <<B;\nc\nB\nRUN d');
    expect(ast.instructions.map(({ kind }) => kind)).toEqual(['From', 'Run', 'Run']);
  });
});

describe('a mount', () => {
  const mount = (options: string) => {
    const run = only(`FROM a\nRUN --mount=${options} b`);
    const { span: _, options: list, ...facts } = run.flags[0]!.mount!;
    return { facts: Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)), list };
  };
  test.each([
    ['', { type: 'bind' }],
    ['type=cache,target=/x,sharing=LOCKED,id=a', { type: 'cache', target: '/x', sharing: 'locked', id: 'a' }],
    [
      'TYPE=Secret,id=a,env=B,required,mode=0400,uid=1,gid=2',
      { type: 'secret', id: 'a', env: 'B', required: true, mode: '0400', uid: '1', gid: '2' },
    ],
    ['dst=/x,src=y,from=z', { type: 'bind', target: '/x', source: 'y', from: 'z' }],
    ['destination=/x,rw', { type: 'bind', target: '/x', readonly: false }],
    ['ro=false,target=/x', { type: 'bind', target: '/x', readonly: false }],
    ['readonly', { type: 'bind', readonly: true }],
    ['readwrite=0', { type: 'bind', readonly: true }],
    ['type=tmpfs,size=10m', { type: 'tmpfs', size: '10m' }],
    ['type=ssh,required=t', { type: 'ssh', required: true }],
    ['type=foo', { type: 'unknown' }],
    ['target=/a,target=/b', { type: 'bind', target: '/b' }],
    ['target=a=b', { type: 'bind', target: 'a=b' }],
    ['target=$x', { type: 'bind', target: '$x' }],
    ['"target=/a b"', { type: 'bind', target: '/a b' }],
    ['ro=maybe', { type: 'bind' }],
  ])('%s', (options, facts) => expect(mount(options).facts).toEqual(facts));

  test('each option has its place', () => {
    const text = 'FROM a\nRUN --mount=type="cache",\\\ntar\\\nget=/b,ro c';
    const { options } = only(text).flags[0]!.mount!;
    const at = (span?: { start: number; end: number }) => span && text.slice(span.start, span.end);
    expect(options.map(({ keySpan, valueSpan }) => [at(keySpan), at(valueSpan)])).toEqual([
      ['type', 'cache'],
      ['tar\\\nget', '/b'],
      ['ro', undefined],
    ]);
  });
});

test('leaves of a whole file are its text, whatever it holds', () => {
  const text = '\ufeff# escape=`\r\nFROM a`\r\n# b\r\n\r\n AS c\r\nfoo\0\r\nRUN <<A\r\n';
  expect(
    leaves(parse(text).ast)
      .map(({ raw }) => raw)
      .join(''),
  ).toBe(text);
});
