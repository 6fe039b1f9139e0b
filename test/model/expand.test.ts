import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, type Word } from '../../grammar/index.ts';
import { type Expansion, expandWord, known, unknown, unset, type Value } from '../../src/model/stages/expand.ts';

/** The rest of a WORKDIR line is one word, blanks and all. */
function word(text: string, head = 'FROM a\n'): Word {
  const instruction = parse(`${head}WORKDIR ${text}\n`).ast.instructions.at(-1)!;
  if (instruction.kind !== 'Workdir' || !instruction.path) throw new Error(`no word in ${text}`);
  return instruction.path;
}

const variables: Readonly<Record<string, Value>> = {
  A: known('a'),
  BIG: known('BIG'),
  EMPTY: known(''),
  FILE: known('/usr/lib/app.tar.gz'),
  TEXT: known('banana'),
  STARS: known('a*b?c\\d'),
  BLANKS: known('x  y'),
  LINES: known('a\nb'),
  DOLLAR: known('$A'),
  é: known('accent'),
  U: unknown('$U'),
  PART: unknown('/home/$U'),
  '1': known('one'),
  '12': known('twelve'),
};
const lookup = (name: string): Value => variables[name] ?? unset;
const expandText = (text: string, head?: string): Expansion =>
  expandWord(word(text, head), lookup, { mayBeGiven: (name) => name === 'GIVEN' });

/** `=text` known, `?text` unknown, `!why` an error. */
function said({ value, error }: Expansion): string {
  if (error !== undefined) return `!${error}`;
  return value.state === 'known' ? `=${value.text}` : value.state === 'unknown' ? `?${value.text}` : 'unset';
}

type Rows = Readonly<Record<string, readonly (readonly [word: string, outcome: string])[]>>;

const rows: Rows = {
  'plain words': [
    ['/srv', '=/srv'],
    ['/a b', '=/a b'],
    ['~', '=~'],
    ['%A%', '=%A%'],
    ['é😀', '=é😀'],
  ],
  quotes: [
    ['"/a"', '=/a'],
    ["'/a'", '=/a'],
    ['/"a"\'b\'c', '=/abc'],
    ['"$A"', '=a'],
    ["'$A'", '=$A'],
    ['"\'$A\'"', "='a'"],
    ['\'"$A"\'', '="$A"'],
    ['""', '='],
    ["''x", '=x'],
    ["'a\\'", '=a\\'],
    ['"', '!a quote is not closed'],
    ["it's", '!a quote is not closed'],
    ['"a', '!a quote is not closed'],
  ],
  escapes: [
    ['\\$A', '=$A'],
    ['\\\\$A', '=\\a'],
    ['a\\b', '=ab'],
    ['"\\$A"', '=$A'],
    ['"\\""', '="'],
    ['"\\\\"', '=\\'],
    ['"a\\b"', '=a\\b'],
    ["\\'", "='"],
    ['\\"', '="'],
    ['\\ x', '= x'],
    ['\\😀', '=😀'],
  ],
  'names and dollars': [
    ['$A', '=a'],
    ['${A}', '=a'],
    ['$A$A', '=aa'],
    ['$A.txt', '=a.txt'],
    ['$A/b', '=a/b'],
    ['$AB', '='],
    ['${A}B', '=aB'],
    ['$a', '='],
    ['$é', '=accent'],
    ['$1', '=one'],
    ['$12', '=twelve'],
    ['$1A', '=oneA'],
    ['$', '=$'],
    ['$ A', '=$ A'],
    ['a$', '=a$'],
    ['$.', '=$.'],
    ['$$', '='],
    ['$?', '='],
    ['$@x', '=x'],
    ['$(A)', '=$(A)'],
    ['$"A"', '=$A'],
    ['[$A]', '=[a]'],
    ['{$A}', '={a}'],
    ['$DOLLAR', '=$A'],
    ['"$BLANKS"', '=x  y'],
    ['$BLANKS', '=x  y'],
  ],
  unset: [
    ['$NONE', '='],
    ['x${NONE}y', '=xy'],
    ['$EMPTY', '='],
  ],
  'one that the build may give': [
    ['$GIVEN', '?$GIVEN'],
    ['/srv/${GIVEN}', '?/srv/${GIVEN}'],
    ['${GIVEN:-d}', '=d'],
    ['${GIVEN-d}', '=d'],
    ['${GIVEN:+d}', '='],
    ['${GIVEN+d}', '='],
    ['${GIVEN:?must}', '?${GIVEN:?must}'],
    ['${GIVEN?}', '?${GIVEN?}'],
    ['${GIVEN#x}', '?${GIVEN#x}'],
    ['${GIVEN/x/y}', '?${GIVEN/x/y}'],
    ['${A:-$GIVEN}', '=a'],
    ['${NONE:-$GIVEN}', '?$GIVEN'],
  ],
  'a default': [
    ['${A:-d}', '=a'],
    ['${A-d}', '=a'],
    ['${EMPTY:-d}', '=d'],
    ['${EMPTY-d}', '='],
    ['${NONE:-d}', '=d'],
    ['${NONE-d}', '=d'],
    ['${NONE:-}', '='],
    ['${NONE-}', '='],
    ['${NONE:--}', '=-'],
    ['${NONE:-a b}', '=a b'],
    ['${NONE:-"a b"}', '=a b'],
    ["${NONE:-'$A'}", '=$A'],
    ['${NONE:-"$A"}', '=a'],
    ['${NONE:-\\}}', '=}'],
    ['${NONE:-"}"}', '=}'],
    ['${NONE:-{}}', '={}'],
    ['${NONE:-a:b/c#d}', '=a:b/c#d'],
    ['"${NONE:-"d"}"', '=d'],
    ['x${NONE:-d}y', '=xdy'],
  ],
  'nested operands': [
    ['${NONE:-$A}', '=a'],
    ['${NONE:-${A}}', '=a'],
    ['${NONE:-${NONE:-d}}', '=d'],
    ['${NONE:-x${EMPTY:-y${A}z}w}', '=xyazw'],
    ['${A:+${BIG}-${A}}', '=BIG-a'],
    ['${NONE:-${NONE:-${NONE:-${NONE:-d}}}}', '=d'],
    ['${FILE%${NONE:-.gz}}', '=/usr/lib/app.tar'],
    ['${NONE:-${FILE##*/}}', '=app.tar.gz'],
    ['${TEXT/${A}n/[$A]}', '=b[a]ana'],
  ],
  'an alternative': [
    ['${A:+d}', '=d'],
    ['${A+d}', '=d'],
    ['${EMPTY:+d}', '='],
    ['${EMPTY+d}', '=d'],
    ['${NONE:+d}', '='],
    ['${NONE+d}', '='],
    ['x${A:+-$A}', '=x-a'],
    ['${A:+}', '='],
  ],
  'a message': [
    ['${A:?no}', '=a'],
    ['${A?no}', '=a'],
    ['${EMPTY?no}', '='],
    ['${EMPTY:?no}', '!EMPTY: no'],
    ['${EMPTY:?}', '!EMPTY: is not allowed to be empty'],
    ['${NONE:?no $A}', '!NONE: no a'],
    ['${NONE?no}', '!NONE: no'],
    ['${NONE:?}', '!NONE: is not allowed to be unset'],
    ['${NONE?}', '!NONE: is not allowed to be unset'],
    ['${A:-${NONE?no}}', '!NONE: no'],
  ],
  'a prefix': [
    ['${FILE#/usr}', '=/lib/app.tar.gz'],
    ['${FILE#lib}', '=/usr/lib/app.tar.gz'],
    ['${FILE#*/}', '=usr/lib/app.tar.gz'],
    ['${FILE##*/}', '=app.tar.gz'],
    ['${FILE##*}', '='],
    ['${FILE#*}', '=/usr/lib/app.tar.gz'],
    ['${FILE#}', '=/usr/lib/app.tar.gz'],
    ['${TEXT#b?n}', '=ana'],
    ['${TEXT##*n}', '=a'],
    ['${TEXT#*n}', '=ana'],
    ['${TEXT#*n*n}', '=a'],
    ['${TEXT##*a*a}', '='],
    ['${TEXT#??}', '=nana'],
    ['${TEXT#[b]}', '=banana'],
    ['${EMPTY#x}', '='],
    ['${NONE#x}', '='],
    ['${LINES#*b}', '=a\nb'],
  ],
  'a suffix': [
    ['${FILE%.gz}', '=/usr/lib/app.tar'],
    ['${FILE%.*}', '=/usr/lib/app.tar'],
    ['${FILE%%.*}', '=/usr/lib/app'],
    ['${FILE%/*}', '=/usr/lib'],
    ['${FILE%%/*}', '='],
    ['${FILE%x}', '=/usr/lib/app.tar.gz'],
    ['${FILE%}', '=/usr/lib/app.tar.gz'],
    ['${TEXT%n?}', '=bana'],
    ['${TEXT%%n*}', '=ba'],
    ['${TEXT%a*}', '=banan'],
    ['${é%nt}', '=acce'],
  ],
  'a replacement': [
    ['${TEXT/a/o}', '=bonana'],
    ['${TEXT//a/o}', '=bonono'],
    ['${TEXT/a/}', '=bnana'],
    ['${TEXT//a/}', '=bnn'],
    ['${TEXT/an/[]}', '=b[]ana'],
    ['${TEXT//an/[]}', '=b[][]a'],
    ['${TEXT/n*/}', '=ba'],
    ['${TEXT//?/x}', '=xxxxxx'],
    ['${TEXT//x/y}', '=banana'],
    ['${TEXT/*/x}', '=x'],
    ['${TEXT//*/x}', '=x'],
    ['${EMPTY//*/x}', '=x'],
    ['${TEXT/$EMPTY/x}', '=xbanana'],
    ['${A///-}', '=-a-'],
    ['${FILE//\\//-}', '=-usr-lib-app.tar.gz'],
    ['${FILE/\\/usr/}', '=/lib/app.tar.gz'],
    ['${TEXT/a/$A$A}', '=baanana'],
    ['${TEXT//a/$DOLLAR}', '?${TEXT//a/$DOLLAR}'],
    ['${TEXT/a/o', '!a closing brace is missing'],
    ['${TEXT/a}', '!the second slash is missing'],
  ],
  'escapes in patterns': [
    ['${STARS#a\\*}', '=b?c\\d'],
    ['${STARS%b\\?*}', '=a*'],
    ['${STARS#*\\\\}', '=d'],
    ['${STARS/\\*/+}', '=a+b?c\\d'],
    ['${A#\\a}', "!invalid pattern (\\a) in substitution: invalid escape '\\a'"],
    ['${A#"a"}', '='],
    ["${TEXT#'b'*a}", '=nana'],
  ],
  'what the builder does not know': [
    ['${A:1:2}', '!the builder does not know this modifier'],
    ['${A^^}', '!the builder does not know this modifier'],
    ['${A,,}', '!the builder does not know this modifier'],
    ['${A:=d}', '!the builder does not know this modifier'],
    ['${A=d}', '!the builder does not know this modifier'],
    ['${A@Q}', '!the builder does not know this modifier'],
    ['${A:#x}', '!the builder does not know this modifier'],
    ['${}', '!there is no variable name in the braces'],
    ['${:-x}', '!there is no variable name in the braces'],
    ['${{A}}', '!there is no variable name in the braces'],
    ['${A', '!a closing brace is missing'],
    ['${', '!a closing brace is missing'],
    ['${A:-', '!a closing brace is missing'],
    ['${A:-${B}', '!a closing brace is missing'],
  ],
  'unknown values': [
    ['$U', '?$U'],
    ['${U}', '?${U}'],
    ['/opt/$A/$U/$A', '?/opt/a/$U/a'],
    ['"$U"', '?$U'],
    ['$PART/bin', '?/home/$U/bin'],
    ['${U:-d}', '?${U:-d}'],
    ['${U-d}', '?${U-d}'],
    ['${U:+d}', '?${U:+d}'],
    ['${U+d}', '?${U+d}'],
    ['${U:+}', '='],
    ['${U:+$NONE}', '='],
    ['${U:?no}', '?${U:?no}'],
    ['${U#x}', '?${U#x}'],
    ['${U%%x*}', '?${U%%x*}'],
    ['${U/a/b}', '?${U/a/b}'],
    ['${A:-$U}', '=a'],
    ['${NONE:-$U}', '?$U'],
    ['${NONE:-x$U}', '?x$U'],
    ['${A:+$U}', '?$U'],
    ['${A:+x}$U', '?x$U'],
    ['${NONE:+$U}', '='],
    ['${TEXT#$U}', '?${TEXT#$U}'],
    ['${TEXT/a/$U}', '?${TEXT/a/$U}'],
    ['${TEXT/$U/x}', '?${TEXT/$U/x}'],
    ['${NONE:-${U:-d}}', '?${U:-d}'],
  ],
};

for (const [name, cases] of Object.entries(rows)) {
  describe(name, () => {
    test.for(cases)('%s', ([text, outcome]) => {
      expect(said(expandText(text))).toBe(outcome);
    });
  });
}

describe('the escape character of the file', () => {
  test.for([
    ['`$A', '=$A'],
    ['\\$A', '=\\a'],
    ['``', '=`'],
    ['"`$A\\"', '=$A\\'],
    ['${NONE:-`}}', '=}'],
    ["C:\\'x'", '=C:\\x'],
    // the escape stands in the pattern, where only a backslash means one
    ['${TEXT#`b}', '=banana'],
  ])('%s', ([text, outcome]) => {
    expect(said(expandText(text!, '# escape=`\nFROM a\n'))).toBe(outcome);
  });
});

describe('words with more than one form', () => {
  const paths = (text: string): Word[] => {
    const instruction = parse(`FROM a\nVOLUME ${text}\n`).ast.instructions[1]!;
    return instruction.kind === 'Volume' ? [...instruction.paths] : [];
  };
  test.for([
    ['["/$A"]', '=/a'],
    ['["\\u0041${A}\\u0042"]', '=AaB'],
    ['["\\\\$A"]', '=$A'],
    ['["a\\tb$A"]', '=a\tba'],
    ['["${NONE:-\\u0041}"]', '=A'],
    ['["${NONE:-\\"x y\\"}"]', '=x y'],
    ['["${TEXT#\\u0062}"]', '=anana'],
    ['["${STARS#a\\\\*}"]', '=b?c\\d'],
    ['["a b"]', '=a b'],
  ])('%s', ([text, outcome]) => {
    expect(said(expandWord(paths(text!)[0]!, lookup))).toBe(outcome);
  });

  test('continuations, comments and blank lines are gone', () => {
    expect(said(expandText('/a\\\n  # note $A\n\n$A\\\n/c'))).toBe('=/aa/c');
    expect(said(expandText('${NONE:-a\\\nb}'))).toBe('=ab');
    expect(said(expandText('${FILE%\\\n.gz}'))).toBe('=/usr/lib/app.tar');
  });

  test('the body of a here-document has escapes and no quotes', () => {
    const copy = parse('FROM a\nCOPY <<EOF /x\n$A "$U" \'$A\' a\\nb \\$A\nEOF\n').ast.instructions[1]!;
    const body = copy.kind === 'Copy' ? copy.heredocs[0]!.body : undefined;
    expect(said(expandWord(body!, lookup))).toBe('?a "$U" \'a\' anb $A\n');
    const plain = parse('FROM a\nCOPY <<"EOF" /x\n$A\\n\nEOF\n').ast.instructions[1]!;
    const raw = plain.kind === 'Copy' ? plain.heredocs[0]!.body : undefined;
    expect(said(expandWord(raw!, lookup))).toBe('=$A\\n\n');
  });
});

describe('uses', () => {
  const uses = (text: string): string[] =>
    expandText(text).uses.map(({ name, value, variable }) => `${name} ${value.state} ${variable.span.start}`);
  test.for<[string, string[]]>([
    ['/a', []],
    ["'$A'\\$A", []],
    ['$A$U', ['A known 15', 'U unknown 17']],
    ['${A:-$NONE}', ['A known 15', 'NONE unset 20']],
    ['${NONE:+$U}', ['NONE unset 15', 'U unknown 23']],
    ['${A/$U/$NONE}', ['A known 15', 'U unknown 19', 'NONE unset 22']],
    ['"${A:-"${U}"}"', ['A known 16', 'U unknown 22']],
  ])('%s', ([text, expected]) => {
    expect(uses(text)).toEqual(expected);
  });
});

describe('size and depth', () => {
  test('operands nested ten thousand deep', () => {
    const text = `${'${NONE:-'.repeat(10_000)}x${'}'.repeat(10_000)}`;
    expect(said(expandText(text))).toBe('=x');
    expect(expandText(text).uses).toHaveLength(10_000);
    expect(said(expandText(`${'${NONE:-'.repeat(10_000)}`))).toBe('!a closing brace is missing');
    expect(expandText(text.replace('x', '$U')).value).toEqual(unknown('$U'));
    const patterns = `${'${A#'.repeat(10_000)}x${'}'.repeat(10_000)}`;
    expect(expandText(patterns).value.state).toBe('known');
  });

  test('a value that grows without end is unknown', () => {
    const long = known('x'.repeat(60_000));
    expect(expandWord(word('$L$L'), () => long).value).toEqual(unknown('$L$L'));
    expect(expandWord(word('$L'), () => long).value).toEqual(long);
  });

  test('a pattern that takes too long is unknown, and one that does not is quick', () => {
    const long = known('a'.repeat(60_000));
    expect(expandWord(word('${L//*a*b*/x}'), () => long).value.state).toBe('unknown');
    expect(expandWord(word('${L##*a*a*a*b}'), () => long).value).toEqual(long);
  });
});

test('never throws, and what is known is a text', () => {
  const part = fc.constantFrom(
    ...'$A ${A ${U ${NONE :- - :+ + :? ? # ## % %% / // } " \' \\ * ? x \u00a0 é 😀 $ { :'.split(' '),
  );
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 25 }), (parts) => {
      const instruction = parse(`FROM a\nWORKDIR x${parts.join('')}\n`).ast.instructions[1]!;
      if (instruction.kind !== 'Workdir' || !instruction.path) return;
      const { value, error } = expandWord(instruction.path, lookup);
      expect(value.state).not.toBe('unset');
      if (error === undefined && instruction.path.parts.length === 0)
        expect(value).toEqual(known(instruction.path.text));
    }),
    { numRuns: 2000 },
  );
});
