import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/shell/command.ts';
import { execCommand, parseScript, type Script } from '../../src/shell/script.ts';
import { plainMap } from '../../src/text/map.ts';

const read = (text: string): Script => parseScript(text, { map: plainMap(text.length, 0), dialect: 'posix' });

/** `a[x,y]` per command: its joint before, wrappers with a tilde, what it stands in behind. */
const one = ({ name, word, args, joint, wrappers, assignments, redirects, within }: Command): string =>
  [
    joint === 'start' ? '' : `${joint} `,
    ...wrappers.map((it) => `${it.name}~`),
    ...assignments.map((it) => `${it.name}= `),
    name ?? `?${word.raw}`,
    args.length > 0 ? `[${args.map((it) => (it.literal ? it.text : `?${it.text}`)).join(',')}]` : '',
    ...redirects.map((it) => ` ${it.descriptor ?? ''}${it.operator}${it.target?.text ?? ''}`),
    within.length > 0 ? ` {${within.join(' ')}}` : '',
  ].join('');
const show = ({ commands, parsed, reason }: Script): string =>
  [...(parsed ? [] : [`(${reason})`]), ...commands.map(one)].join(' · ');

describe('commands', () => {
  test.for<[string, string]>([
    ['a', 'a'],
    ['', ''],
    ['# only a comment', ''],
    ['a b "c d" \'e\' f\\ g', 'a[b,c d,e,f g]'],
    ['a && b || c; d', 'a · && b · || c · ; d'],
    ['a | b |& c', 'a · | b · |& c'],
    ['a & b', 'a · & b'],
    ['a\nb', 'a · ; b'],
    ['/usr/bin/apt-get update', 'apt-get[update]'],
    ['./install.sh', 'install.sh'],
    ['\\cp a b', 'cp[a,b]'],
    ['"apt-get" update', 'apt-get[update]'],
    ["'a'pt up", 'apt[up]'],
    ['$CMD x', '?$CMD[x]'],
    ['${SHELL} x', '?${SHELL}[x]'],
    ['$HOME/bin/conda x', 'conda[x]'],
    ['${A}/b/c.sh', 'c.sh'],
    ['$A/$B', '?$A/$B'],
    ['a/$B/c', '?a/$B/c'],
    [
      'a $b ${c} $(d) `e` *.f ~/g {h,i}',
      'a[?$b,?${c},?$(d),?`e`,?*.f,~/g,?{h,i}] · d {substitution} · e {substitution}',
    ],
    ["a $'x\\ty'", 'a[x\ty]'],
    ['a "b$c"', 'a[?b$c]'],
    ['A=1 B="$x" c', 'A= B= c'],
    ['a >b 2>&1 <c', 'a >b 2>&1 <c'],
    ['>b', ''],
    ['A=$(b)', 'b {substitution}'],
    ['a # b c', 'a'],
    ['a#b', 'a#b'],
    ['[ -f x ] && a', '[[-f,x,]] · && a'],
    ['[[ -f x ]] && a', '&& a'],
    [': > /x', ': >/x'],
    ['a --x=y -z', 'a[--x=y,-z]'],
    ['a \\\n b', 'a[b]'],
    ['echo "it\'s" && b', "echo[it's] · && b"],
  ])('%s', ([text, expected]) => expect(show(read(text))).toBe(expected));
});

describe('what they stand in', () => {
  test.for<[string, string]>([
    ['(a; b)', 'a {subshell} · ; b {subshell}'],
    ['{ a; b; }', 'a {group} · ; b {group}'],
    [
      'if a; then b; elif c; then d; else e; fi',
      'a {if condition} · b {if} · c {else condition} · d {else} · e {else}',
    ],
    ['while a; do b; done', 'a {loop condition} · b {loop}'],
    ['until a; do b; done', 'a {loop condition} · b {loop}'],
    ['for x in $(a); do b $x; done', 'a {substitution} · b[?$x] {loop}'],
    ['for ((i=0;i<3;i++)); do b; done', 'b {loop}'],
    ['case $x in a) b;; *) c;; esac', 'b {case} · c {case}'],
    ['f() { a; }; f', 'a {function group} · ; f'],
    ['! a', 'a {negation}'],
    ['time a', 'a'],
    ['a "$(b "$(c)")"', 'a[?$(b "$(c)")] · b[?$(c)] {substitution} · c {substitution substitution}'],
    ['A=$(b) c', 'A= c · b {substitution}'],
    ['a <(b) >(c)', 'a[?<(b),?>(c)] · b {substitution} · c {substitution}'],
    ['a `b \\`c\\``', 'a[?`b \\`c\\``] · b[?`c`] {substitution} · c {substitution substitution}'],
    ['a > $(b)', 'a >$(b) · b {substitution}'],
    ['a ${x:-$(b)}', 'a[?${x:-$(b)}] · b {substitution}'],
    ['{ a; } > b', 'a {group}'],
    ['(a && b) || c', 'a {subshell} · && b {subshell} · || c'],
  ])('%s', ([text, expected]) => expect(show(read(text))).toBe(expected));
});

describe('wrappers are peeled off', () => {
  test.for<[string, string]>([
    ['sudo a', 'sudo~a'],
    ['sudo -u root -E a b', 'sudo~a[b]'],
    ['sudo --user=root a', 'sudo~a'],
    ['sudo -nH -- a', 'sudo~a'],
    ['sudo A=1 a', 'sudo~A= a'],
    ['sudo -i', 'sudo[-i]'],
    ['sudo', 'sudo'],
    ['sudo --odd a', 'sudo[--odd,a]'],
    ['env a', 'env~a'],
    ['env -i A=1 B=2 /bin/a b', 'env~A= B= a[b]'],
    ['env -u X a', 'env~a'],
    ['env', 'env'],
    ['env A=1', 'env[A=1]'],
    ['env -S "a b"', 'env[-S,a b]'],
    ['exec a', 'exec~a'],
    ['exec -a name a', 'exec~a'],
    ['command a', 'command~a'],
    ['command -v a', 'command[-v,a]'],
    ['builtin cd x', 'builtin~cd[x]'],
    ['nohup a &', 'nohup~a'],
    ['timeout 5 a b', 'timeout~a[b]'],
    ['timeout -k 5 -s KILL 10m a', 'timeout~a'],
    ['timeout 5', 'timeout[5]'],
    ['nice -n 10 a', 'nice~a'],
    ['nice -10 a', 'nice~a'],
    ['xargs a', 'xargs~a'],
    ['b | xargs -0 -n 1 -I{} a {}', 'b · | xargs~a[{}]'],
    ['xargs -r -P4 rm -f', 'xargs~rm[-f]'],
    ['gosu user a', 'gosu~a'],
    ['su-exec user:group a', 'su-exec~a'],
    ['chroot /mnt a', 'chroot~a'],
    ['busybox wget x', 'busybox~wget[x]'],
    ['stdbuf -oL a', 'stdbuf~a'],
    ['setsid -w a', 'setsid~a'],
    ['tini -- a', 'tini~a'],
    ['flock /lock a', 'flock~a'],
    ['sudo env nice a', 'sudo~env~nice~a'],
    ['parallel a', 'parallel[a]'],
    ['/usr/bin/sudo a', 'sudo~a'],
    ['constructor a', 'constructor[a]'],
  ])('%s', ([text, expected]) => expect(show(read(text))).toBe(expected));
});

describe('scripts in words', () => {
  test.for<[string, string]>([
    ['sh -c "a && b"', 'sh[-c,a && b] · a {string} · && b {string}'],
    ['bash -lc \'a "b c"\'', 'bash[-lc,a "b c"] · a[b c] {string}'],
    ["bash -euxo pipefail -c 'a | b'", 'bash[-euxo,pipefail,-c,a | b] · a {string} · | b {string}'],
    ["bash -ceo pipefail 'a'", 'bash[-ceo,pipefail,a]'],
    ['sh -c "a $x"', 'sh[-c,?a $x]'],
    ['sh script.sh -c a', 'sh[script.sh,-c,a]'],
    ['eval "a b"', 'eval[a b] · a[b] {string}'],
    ['eval a b', 'eval[a,b]'],
    ['trap "a" EXIT', 'trap[a,EXIT] · a {string}'],
    ['trap - EXIT', 'trap[-,EXIT]'],
    ["su - user -c 'a'", 'su[-,user,-c,a] · a {string}'],
    ['sudo sh -c "a"', 'sudo~sh[-c,a] · a {string}'],
    ['sh <<EOF\na b\nEOF', 'sh << · a[b] {string}'],
    ['cat <<EOF\na $(b)\nEOF', 'cat << · b {substitution}'],
    ["cat <<'EOF'\na $(b)\nEOF", 'cat <<'],
  ])('%s', ([text, expected]) => expect(show(read(text))).toBe(expected));
});

describe('what cannot be read says why', () => {
  test.for<[string, string]>([
    ['a && (', '(syntax) · a'],
    ['if a; then', '(syntax) · a {if condition}'],
    ['{{ x }} (', '(template) · {{[x,}}]'],
    ['echo "', '(syntax) · echo[]'],
  ])('%s', ([text, expected]) => expect(show(read(text))).toBe(expected));

  test('shells of other families are not read', () => {
    for (const dialect of ['cmd', 'powershell', 'other'] as const) {
      const script = parseScript('a && b', { map: plainMap(6, 0), dialect });
      expect([script.parsed, script.reason, script.commands.length]).toEqual([false, 'dialect', 0]);
    }
  });

  test('nesting beyond reason ends, and says so', () => {
    for (const text of [
      '$( '.repeat(5000),
      '('.repeat(5000),
      '{ '.repeat(5000),
      '"$('.repeat(2000),
      '`'.repeat(5001),
    ]) {
      expect(read(text).parsed).toBe(false);
    }
    expect(read(`${'(a;'.repeat(150)}b${')'.repeat(150)}`).reason).toBe('depth');
  });

  test('a long script is read whole', () => {
    expect(read(`${'echo one two three && '.repeat(50_000)}true`).commands).toHaveLength(50_001);
  });
});

test('what the script sets for itself', () => {
  const { sets } = read('set -eux -o pipefail; a; set +x; set -- b');
  expect(sets.map(({ option, on }) => `${on ? '-' : '+'}${option}`)).toEqual([
    '-errexit',
    '-nounset',
    '-xtrace',
    '-pipefail',
    '+xtrace',
  ]);
});

describe('exec form', () => {
  const exec = (...argv: string[]) => {
    let at = 0;
    const words = argv.map((text) => {
      const span = { start: at, end: at + text.length + 2 };
      at = span.end + 2;
      return { text, raw: `"${text}"`, span, map: plainMap(text.length, span.start + 1) };
    });
    return show(execCommand(words, 'posix'));
  };
  test.for<[string[], string]>([
    [['/usr/bin/apt-get', 'update'], 'apt-get[update]'],
    [['a', '&&', 'b'], 'a[&&,b]'],
    [['a', '$x'], 'a[$x]'],
    [['sh', '-c', 'a && b'], 'sh[-c,a && b] · a {string} · && b {string}'],
    [['/bin/bash', '-o', 'pipefail', '-c', 'a | b'], 'bash[-o,pipefail,-c,a | b] · a {string} · | b {string}'],
    [['tini', '--', 'a'], 'tini~a'],
    [[], ''],
  ])('%j', ([argv, expected]) => expect(exec(...argv)).toBe(expected));
});

test('every span leads to its words in the file, through continuations', () => {
  const file = 'RUN apt-get \\\n  install "a b" \\\n  # note\n  && sh -c "rm \\\n  -rf /x"';
  const pieces: { at: number; length: number; from: number; to: number }[] = [];
  let text = '';
  for (const match of file.matchAll(/apt-get | {2}install "a b" | {2}&& sh -c "rm | {2}-rf \/x"/g)) {
    pieces.push({ at: text.length, length: match[0].length, from: match.index, to: match.index + match[0].length });
    text += match[0];
  }
  const { commands } = parseScript(text, { map: pieces, dialect: 'posix' });
  const slice = ({ start, end }: { start: number; end: number }): string => file.slice(start, end);
  expect(commands.map(({ word, args }) => [word, ...args].map(({ span }) => slice(span)))).toEqual([
    ['apt-get', 'install', '"a b"'],
    ['sh', '-c', '"rm \\\n  -rf /x"'],
    ['rm', '-rf', '/x'],
  ]);
  expect(slice(commands[1]!.jointSpan!)).toBe('&&');
});

test('any text: no exception, every span in the file', () => {
  const token = fc.constantFrom(
    ...[
      'a',
      'sudo',
      'sh -c',
      '"',
      "'",
      '$(',
      ')',
      '`',
      '\\',
      ' ',
      '\n',
      ';',
      '&&',
      '|',
      '{',
      '}',
      '<<EOF',
      'EOF',
      '$x',
      '${',
      'if',
      'then',
      'fi',
      '#',
      '>',
      '(',
      'do',
      'for',
      'x=',
      'case',
      'esac',
      'é',
      '😀',
    ],
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(token, { maxLength: 60 }).map((tokens) => tokens.join('')),
  );
  fc.assert(
    fc.property(text, (it) => {
      for (const { span, args, word } of read(it).commands) {
        for (const { start, end } of [span, word.span, ...args.map((arg) => arg.span)]) {
          expect(start >= 0 && start <= end && end <= it.length).toBe(true);
        }
      }
    }),
    { numRuns: 3000 },
  );
});
