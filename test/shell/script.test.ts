import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command, Dialect } from '../../src/shell/command.ts';
import { execCommand, parseScript, type Script, words } from '../../src/shell/script.ts';
import { type Piece, plainMap } from '../../src/text/map.ts';
import type { Span } from '../../src/text/span.ts';

const read = (text: string, dialect: Dialect = 'posix'): Script =>
  parseScript(text, { map: plainMap(text.length, 0), dialect });

/** `a[x,y]` per command: its joint before, wrappers with a tilde, what it stands in behind. */
const one = ({ name, word, args, joint, wrappers, assignments, redirects, within }: Command): string =>
  [
    joint === 'start' ? '' : `${joint} `,
    ...wrappers.map((it) => `${it.name}~`),
    ...assignments.map((it) => `${it.name}= `),
    name ?? (word.raw === '' ? '' : `?${word.raw}`),
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
    ['>b', ' >b'],
    ['A=1', 'A= '],
    ['A=1 && b', 'A=  · && b'],
    ['A=$(b)', 'A=  · b {substitution}'],
    ['A=(x $(b))', 'A=  · b {substitution}'],
    ['a # b c', 'a'],
    ['a#b', 'a#b'],
    ['[ -f x ] && a', '[[-f,x,]] · && a'],
    ['[[ -f x ]] && a', '&& a'],
    [': > /x', ': >/x'],
    ['a --x=y -z', 'a[--x=y,-z]'],
    ['export A="b c" D=\'e\'', 'export[A=b c,D=e]'],
    ['export A="$b"', 'export[?A=$b]'],
    ['dd if="x y" of=z', 'dd[if=x y,of=z]'],
    ['a "{b,c}" \\{b,c} {} {b} x{1..3} d{e,f}', 'a[{b,c},{b,c},{},{b},?x{1..3},?d{e,f}]'],
    ['a \\*.f "*" \'?\' [ab] b?', 'a[*.f,*,?,?[ab],?b?]'],
    ['a "\\$x" \\$x \'$x\' $', 'a[$x,$x,$x,$]'],
    ['"/opt/my tools/a" b', 'a[b]'],
    ['a 2>/dev/null >>b 3<&0 &>c', 'a 2>/dev/null >>b 3<&0 &>c'],
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
    ['time a', 'time~a'],
    ['time -p a | b', 'time~a · | b'],
    ['time', ''],
    ['! time a', 'time~a {negation}'],
    ['time -f %e a', 'time~a'],
    ['a "$(b "$(c)")"', 'a[?$(b "$(c)")] · b[?$(c)] {substitution} · c {substitution substitution}'],
    ['A=$(b) c', 'A= c · b {substitution}'],
    ['a <(b) >(c)', 'a[?<(b),?>(c)] · b {substitution} · c {substitution}'],
    ['a `b \\`c\\``', 'a[?`b \\`c\\``] · b[?`c`] {substitution} · c {substitution substitution}'],
    ['a > $(b)', 'a >$(b) · b {substitution}'],
    ['a ${x:-$(b)}', 'a[?${x:-$(b)}] · b {substitution}'],
    ['{ a; } > b', 'a {group}'],
    ['(a) > $(b)', 'a {subshell} · b {substitution}'],
    ['{ a; b; } | c', 'a {group} · ; b {group} · | c'],
    ['a && (b || c) && d', 'a · b {subshell} · || c {subshell} · && d'],
    ['a && if b; then c; fi || d', 'a · b {if condition} · c {if} · || d'],
    ['a || { b; exit 1; }', 'a · b {group} · ; exit[1] {group}'],
    ['if ! a; then b; fi', 'a {if condition negation} · b {if}'],
    ['if a && b; then c; fi', 'a {if condition} · && b {if condition} · c {if}'],
    ['select x in a b; do c; done', 'c {loop}'],
    ['case "$(a)" in $(b)) c;; esac', 'a {substitution} · b {substitution} · c {case}'],
    ['for x in 1; do if a; then b; fi; done', 'a {loop if condition} · b {loop if}'],
    ['function f { a; }', 'a {function group}'],
    ['f() ( a )', 'a {function subshell}'],
    ['[[ -n $(a) ]] && b', 'a {substitution} · && b'],
    ['((x=$(a))); b', 'a {substitution} · ; b'],
    ['a $((1+$(b)))', 'a[?$((1+$(b)))] · b {substitution}'],
    ['for ((i=$(a);i<3;i++)); do b; done', 'a {substitution} · b {loop}'],
    ['a ${x[$(b)]} ${y:$(c)}', 'a[?${x[$(b)]},?${y:$(c)}] · b {substitution} · c {substitution}'],
    ['a ${x/$(b)/$(c)}', 'a[?${x/$(b)/$(c)}] · b {substitution} · c {substitution}'],
    ['export A=$(b)', 'export[?A=$(b)] · b {substitution}'],
    ['a {$(b),c}', 'a[?{$(b),c}] · b {substitution}'],
    ['coproc a', 'a'],
    ['a; b & c', 'a · ; b · & c'],
    ['a && b || c; d | e & f', 'a · && b · || c · ; d · | e · & f'],
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
    ['env -S "a b"', 'env~a[b]'],
    ['env -S "A=1 a b" c', 'env~A= a[b,c]'],
    ['env "-Sa b"', 'env~a[b]'],
    ['env --split-string="a b"', 'env~a[b]'],
    ['env -S "a \'b c\'"', "env[-S,a 'b c']"],
    ['env -iu X a', 'env~a'],
    ['env - a', 'env~a'],
    ['env --chdir=/x a', 'env~a'],
    ['sudo -Eu root a', 'sudo~a'],
    ['sudo -uroot a', 'sudo~a'],
    ['sudo --preserve-env=PATH a', 'sudo~a'],
    ['sudo -i a b', 'sudo~a[b]'],
    ['sudo -l', 'sudo[-l]'],
    ['sudo -l a', 'sudo[-l,a]'],
    ['sudo $OPTIONS', 'sudo~?$OPTIONS'],
    ['doas -u user a', 'doas~a'],
    ['command -pv a', 'command[-pv,a]'],
    ['command -p a', 'command~a'],
    ['command -V a', 'command[-V,a]'],
    ['exec -cl a', 'exec~a'],
    ['exec >x', 'exec >x'],
    ['timeout --signal=KILL 5 a', 'timeout~a'],
    ['timeout -s9 5 a', 'timeout~a'],
    ['timeout $T a', 'timeout~a'],
    ['ionice -c2 -n 7 a', 'ionice~a'],
    ['ionice -p 12', 'ionice[-p,12]'],
    ['chrt -f 10 a b', 'chrt~a[b]'],
    ['nice --adjustment=5 a', 'nice~a'],
    ['xargs -0rn1 a', 'xargs~a'],
    ['xargs -0I{} a {}', 'xargs~a[{}]'],
    ['xargs -i a {}', 'xargs~a[{}]'],
    ['xargs --max-args=1 a', 'xargs~a'],
    ['xargs -d "\\n" a', 'xargs~a'],
    ['xargs', 'xargs'],
    ['runuser -u user -- a -b', 'runuser~a[-b]'],
    ['runuser -l user', 'runuser[-l,user]'],
    ['chroot --userspec=a:b /mnt /bin/a', 'chroot~a'],
    ['chroot /mnt', 'chroot[/mnt]'],
    ['unshare -rm a', 'unshare~a'],
    ['busybox --install', 'busybox[--install]'],
    ['eatmydata -- a -b', 'eatmydata~a[-b]'],
    ['tini -g -- a', 'tini~a'],
    ['dumb-init -c -- a', 'dumb-init~a'],
    ['catchsegv a', 'catchsegv~a'],
    ['faketime "2020-01-01" a', 'faketime~a'],
    ['watch -n 2 a b', 'watch~a[b]'],
    ['flock -n /lock a', 'flock~a'],
    ['unbuffer a', 'unbuffer~a'],
    ['retry 3 a', 'retry[3,a]'],
    ['strace a', 'strace[a]'],
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
    ["bash -ceo pipefail 'a'", 'bash[-ceo,pipefail,a] · a {string}'],
    ['sh -c "a $x"', 'sh[-c,?a $x]'],
    ['sh script.sh -c a', 'sh[script.sh,-c,a]'],
    ['eval "a b"', 'eval[a b] · a[b] {string}'],
    ['eval a b', 'eval[a,b] · a[b] {string}'],
    ['eval $x', 'eval[?$x]'],
    ['eval "$(a)"', 'eval[?$(a)] · a {substitution}'],
    ["bash -c -e 'a'", 'bash[-c,-e,a] · a {string}'],
    ["bash -c -- 'a' name", 'bash[-c,--,a,name] · a {string}'],
    ["bash --login -c 'a'", 'bash[--login,-c,a] · a {string}'],
    ["bash --rcfile f -c 'a'", 'bash[--rcfile,f,-c,a] · a {string}'],
    ["busybox sh -c 'a'", 'busybox~sh[-c,a] · a {string}'],
    ['sh -c \'sh -c "a"\'', 'sh[-c,sh -c "a"] · sh[-c,a] {string} · a {string string}'],
    ["(sh -c 'a') && b", 'sh[-c,a] {subshell} · a {subshell string} · && b'],
    [
      "sh -c 'a; if b; then c; fi'",
      'sh[-c,a; if b; then c; fi] · a {string} · b {string if condition} · c {string if}',
    ],
    ["sh -c 'a ('", 'sh[-c,a (] · a {string}'],
    ["sh -c $'a\\tb'", 'sh[-c,a\tb] · a[b] {string}'],
    ['sh -c a\\ b', 'sh[-c,a b] · a[b] {string}'],
    ['trap -- "a" EXIT', 'trap[--,a,EXIT] · a {string}'],
    ['trap "" INT', 'trap[,INT]'],
    ['trap EXIT', 'trap[EXIT]'],
    ["su -c 'a b' user", 'su[-c,a b,user] · a[b] {string}'],
    ["su --command='a b' user", 'su[--command=a b,user] · a[b] {string}'],
    ["su user -s /bin/sh -lc 'a'", 'su[user,-s,/bin/sh,-lc,a] · a {string}'],
    ["runuser -l user -c 'a b'", 'runuser[-l,user,-c,a b] · a[b] {string}'],
    ["script -qc 'a b' /dev/null", 'script[-qc,a b,/dev/null] · a[b] {string}'],
    ["flock /lock -c 'a b'", 'flock[/lock,-c,a b] · a[b] {string}'],
    ["watch 'a | b'", 'watch[a | b] · a {string} · | b {string}'],
    ['find . -exec a {} \\;', 'find[.,-exec,a,{},;] · a[{}] {string}'],
    [
      'find . -type f -execdir a {} + -ok b \\; && c',
      'find[.,-type,f,-execdir,a,{},+,-ok,b,;] · a[{}] {string} · b {string} · && c',
    ],
    [
      'find . -exec sh -c \'a "$1"\' _ {} \\;',
      'find[.,-exec,sh,-c,a "$1",_,{},;] · sh[-c,a "$1",_,{}] {string} · a[?$1] {string string}',
    ],
    ['find . -exec a', 'find[.,-exec,a]'],
    ['cmd /c "dir x & del y"', 'cmd[/c,dir x & del y] · dir[x] {string} · & del[y] {string}'],
    [
      'pwsh -NoProfile -Command "Get-A; Get-B"',
      'pwsh[-NoProfile,-Command,Get-A; Get-B] · get-a {string} · ; get-b {string}',
    ],
    ['bash -s <<EOF\na\nEOF', 'bash[-s] << · a {string}'],
    ['bash -euo pipefail <<EOF\na\nEOF', 'bash[-euo,pipefail] << · a {string}'],
    ['bash -s -- x <<EOF\na\nEOF', 'bash[-s,--,x] << · a {string}'],
    ['bash /dev/stdin <<EOF\na\nEOF', 'bash[/dev/stdin] << · a {string}'],
    ['bash file <<EOF\na\nEOF', 'bash[file] <<'],
    ['sudo bash <<EOF\na\nEOF', 'sudo~bash << · a {string}'],
    ["sh <<'EOF' && z\na $(b)\nEOF\nc", 'sh << · && z · a[?$(b)] {string} · b {string substitution} · ; c'],
    ['sh <<EOF\na \\$x\nEOF', 'sh << · a[?$x] {string}'],
    ['sh <<-EOF\n\tcat <<X\n\tb\n\tX\n\tc\n\tEOF', 'sh <<- · cat << {string} · ; c {string}'],
    ['sh <<< "a b"', 'sh <<<a b · a[b] {string}'],
    ['python3 <<EOF\nimport os\nEOF', 'python3 <<'],
    ['cat <<EOF | a\n$(b)\nEOF', 'cat << · | a · b {substitution}'],
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
    ['a @VERSION@ (', '(template) · a[@VERSION@]'],
    ['a <%= x %> (', '(template) · a[x,%] <%= >'],
    ['a ${b:-${c}} (', '(syntax) · a[?${b:-${c}}]'],
    ['a $(if b)', '(syntax) · a[?$(if b)] · b {substitution if condition}'],
    ['echo "', '(syntax) · echo[]'],
  ])('%s', ([text, expected]) => expect(show(read(text))).toBe(expected));

  test('a script for another interpreter', () => expect(show(read('print(1)', 'other'))).toBe('(dialect)'));

  test('nesting beyond reason ends, and says so', () => {
    for (const text of [
      '$( '.repeat(5000),
      '('.repeat(5000),
      '{ '.repeat(5000),
      '"$('.repeat(2000),
      '`'.repeat(5001),
      '$(('.repeat(5000),
      'if a; then '.repeat(5000),
      'coproc '.repeat(5000),
      'echo $(a `'.repeat(2000),
    ]) {
      expect(read(text).parsed).toBe(false);
    }
    expect(read(`${'(a;'.repeat(150)}b${')'.repeat(150)}`).reason).toBe('depth');
  });

  test('a long script is read whole', () => {
    expect(show(read(`a ${'$b'.repeat(300_000)}c`)).length).toBe(600_005);
    expect(read(`sh -c '${'echo one two three; '.repeat(20_000)}'`).commands).toHaveLength(20_001);
    expect(read(`${'echo one two three && '.repeat(50_000)}true`).commands).toHaveLength(50_001);
  });
});

describe('what the script sets for itself', () => {
  test.for<[string, string]>([
    ['set -eux -o pipefail; a; set +x; set -- b', '-errexit -nounset -xtrace -pipefail +xtrace'],
    ['set -euo pipefail; a', '-errexit -nounset -pipefail'],
    ['set -- -e', ''],
    ['set x -e', ''],
    ['set -o', ''],
    ["sh -c 'set -e; a'", ''],
    ['#!/bin/bash -e\na', '-errexit'],
    ['#!/bin/sh -eu\na', '-errexit -nounset'],
    ['#!/usr/bin/env bash\na', ''],
    ['#!/bin/bash -eo pipefail', ''],
  ])('%s', ([text, expected]) =>
    expect(
      read(text)
        .sets.map(({ option, on }) => `${on ? '-' : '+'}${option}`)
        .join(' '),
    ).toBe(expected),
  );

  test('from which command on', () => {
    const { sets, commands } = read('a && set -e; b');
    expect(sets[0]!.from).toBe(commands[1]);
  });
});

describe('cmd', () => {
  test.for<[string, string]>([
    ['dir', 'dir'],
    ['DIR C:\\x', 'dir[C:\\x]'],
    ['a && b || c & d | e', 'a · && b · || c · & d · | e'],
    ['"C:\\Program Files\\Git\\git.EXE" clone "a b"', 'git[clone,a b]'],
    ['msiexec.exe /i "x.msi" /qn', 'msiexec[/i,x.msi,/qn]'],
    ['echo "a && b" && c', 'echo[a && b] · && c'],
    ['echo %PATH% x', 'echo[?%PATH%,x]'],
    ['a > nul 2>&1', 'a >nul 2>&1'],
    ['a 2>nul', 'a 2>nul'],
    ['call a b', 'call~a[b]'],
    ['timeout 5', 'timeout[5]'],
    ["echo 'a & b'", "echo['a] · & b'"],
    ['cmd /S /C "a & b"', 'cmd[/S,/C,a & b] · a {string} · & b {string}'],
    ['powershell -Command "Get-A; Get-B"', 'powershell[-Command,Get-A; Get-B] · get-a {string} · ; get-b {string}'],
    // not certain
    ['if exist x (a) else (b)', ''],
    ['if exist x a', ''],
    ['for %i in (*) do a', ''],
    ['rem a & b', ''],
    ['@echo off', ''],
    ['echo ^& b', ''],
    ['echo "a', ''],
    ['a >', ''],
  ])('%s', ([text, expected]) =>
    expect(show(read(text, 'cmd'))).toBe(expected ? `(dialect) · ${expected}` : '(dialect)'),
  );
});

describe('PowerShell', () => {
  test.for<[string, string]>([
    ['Get-A', 'get-a'],
    [
      'Install-WindowsFeature Web-Server -Name "x y"; Remove-Item -Recurse C:\\a',
      'install-windowsfeature[Web-Server,-Name,x y] · ; remove-item[-Recurse,C:\\a]',
    ],
    ['choco.exe install git -y | Out-Null', 'choco[install,git,-y] · | out-null'],
    ['a && b || c', 'a · && b · || c'],
    ["$ErrorActionPreference = 'Stop'; Get-A", 'ErrorActionPreference=  · ; get-a'],
    ["$P='x'; Get-A", 'P=  · ; get-a'],
    ['$x = Get-A b', 'x= get-a[b]'],
    ['$env:PATH = "a;b"', 'env:PATH= '],
    ['[Net.A]::B = [Net.C]::D; Get-A', '; get-a'],
    ['Get-A $x "$y" \'$z\'', 'get-a[?$x,?$y,$z]'],
    ['Get-A > x 2>&1', 'get-a >x 2>&1'],
    ['Get-A # Get-B\nGet-C', 'get-a · ; get-c'],
    ['cmd /c "a & b"', 'cmd[/c,a & b] · a {string} · & b {string}'],
    // not certain
    ['if ($x) { a }', ''],
    ['Get-A | % { $_ }', ''],
    ['Get-A (Get-B)', ''],
    ['Get-A `\n -B', ''],
    ["@'\na\n'@", ''],
    ['& "a b" c', ''],
    ['Get-A "$(Get-B)"', ''],
    ["a 'it''s'", ''],
    ['a "b', ''],
  ])('%s', ([text, expected]) =>
    expect(show(read(text, 'powershell'))).toBe(expected ? `(dialect) · ${expected}` : '(dialect)'),
  );
});

describe('exec form', () => {
  const exec = (argv: string[], dialect: Dialect = 'posix') => {
    let at = 0;
    const words = argv.map((text) => {
      const span = { start: at, end: at + text.length + 2 };
      at = span.end + 2;
      return { text, raw: `"${text}"`, span, map: plainMap(text.length, span.start + 1) };
    });
    return show(execCommand(words, dialect));
  };
  test.for<[string[], string]>([
    [['/usr/bin/apt-get', 'update'], 'apt-get[update]'],
    [['a', '&&', 'b'], 'a[&&,b]'],
    [['a', '$x'], 'a[$x]'],
    [['sh', '-c', 'a && b'], 'sh[-c,a && b] · a {string} · && b {string}'],
    [['/bin/bash', '-o', 'pipefail', '-c', 'a | b'], 'bash[-o,pipefail,-c,a | b] · a {string} · | b {string}'],
    [['tini', '--', 'a'], 'tini~a'],
    [['env', 'A=b c', 'x'], 'env~A= x'],
    [['bash', '-c', 'a ('], 'bash[-c,a (] · a {string}'],
    [['sh', '-c', 'cat <<E\nx\nE\nb'], 'sh[-c,cat <<E\nx\nE\nb] · cat << {string} · ; b {string}'],
    [['a b', 'c'], 'a b[c]'],
    [[], ''],
  ])('%j', ([argv, expected]) => expect(exec(argv)).toBe(expected));

  test('on Windows', () => {
    expect(exec(['cmd', '/S', '/C', 'a && b'], 'cmd')).toBe('cmd[/S,/C,a && b] · a {string} · && b {string}');
    expect(exec(['PowerShell.exe', '-Command', 'Get-A;', 'Get-B x'], 'powershell')).toBe(
      'powershell[-Command,Get-A;,Get-B x] · get-a {string} · ; get-b[x] {string}',
    );
    expect(exec(['sudo', 'a'], 'cmd')).toBe('sudo[a]');
  });
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

describe('spans in the file', () => {
  const at = (file: string, { start, end }: Span): string => file.slice(start, end);

  test.for<[text: string, expected: string[]]>([
    ['a && b || c; d | e & f |& g', ['&&', '||', ';', '|', '&', '|&']],
    ['a # x; y\nb', []],
    ['a &\nb\n\nc ; d', ['&', ';']],
    ['cat <<E && b; c\nx && y;\nE\nd', ['&&', ';']],
    ['(a) && { b; } || c', ['||']],
    ['a \\\n && b \\\n ; c', ['&&', ';']],
  ])('joints of %s', ([text, expected]) => {
    const spans = read(text).commands.flatMap(({ jointSpan }) => jointSpan ?? []);
    expect(spans.map((span) => at(text, span))).toEqual(expected);
  });

  test('assignments, redirections and wrappers', () => {
    const text = 'A="x y" sudo -E env B=\'z\' "C=$d" e 2>/dev/null';
    const [command] = read(text).commands;
    expect(
      command!.assignments.map(({ name, span, value }) => [name, at(text, span), at(text, value!.span), value!.text]),
    ).toEqual([
      ['A', 'A="x y"', '"x y"', 'x y'],
      ['B', "B='z'", "'z'", 'z'],
      ['C', '"C=$d"', '"C=$d"', '$d'],
    ]);
    expect(command!.wrappers.map(({ word }) => at(text, word.span))).toEqual(['sudo', 'env']);
    expect(command!.redirects.map(({ span, target }) => [at(text, span), at(text, target!.span)])).toEqual([
      ['2>/dev/null', '/dev/null'],
    ]);
    expect(at(text, command!.span)).toBe(text);
  });

  test.for<[text: string, expected: string[]]>([
    ['sh -c \'a "b c" && d\'', ['a', '"b c"', 'd']],
    ['sh -c "a \\"b c\\" && d"', ['a', '"b c\\"', 'd']],
    ["sh -c 'a '\"b c\"' d'", ['a', 'b', 'c', 'd']],
    ["sh -c $'a b'", ['a', 'b']],
    ['eval a "b c"', ['a', 'b', 'c']],
    ["su --command='a b'", ['a', 'b']],
    ['sh <<-E\n\ta \\$b\n\tE', ['a', '$b']],
    ['env -S "a bc" d', ['a', 'bc', 'd']],
    ['cmd /c "a & b c"', ['a', 'b', 'c']],
  ])('words of the inner script of %s', ([text, expected]) => {
    const inner = read(text).commands.filter(
      ({ within, wrappers }) => within.includes('string') || wrappers.length > 0,
    );
    expect(inner.flatMap(({ word, args }) => [word, ...args].map(({ span }) => at(text, span)))).toEqual(expected);
  });

  test('texts that stand in the file in another form lead to the whole of it', () => {
    const text = "sh -c $'a\\tb' `c \\`d\\``";
    const found = read(text).commands.map(({ name, word }) => [name, at(text, word.span)]);
    expect(found).toEqual([
      ['sh', 'sh'],
      ['a', "$'a\\tb'"],
      ['c', '`c \\`d\\``'],
      ['d', '`c \\`d\\``'],
    ]);
  });

  test('a JSON string with escapes', () => {
    const file = '["sh", "-c", "a \\"b\\" && c"]';
    const inner = 'a "b" && c';
    const map: Piece[] = [];
    for (let index = 14, length = 0; length < inner.length; length++) {
      const width = file[index] === '\\' ? 2 : 1;
      map.push({ at: length, length: 1, from: index, to: index + width });
      index += width;
    }
    const argv = [
      { text: 'sh', raw: '"sh"', span: { start: 1, end: 5 }, map: plainMap(2, 2) },
      { text: '-c', raw: '"-c"', span: { start: 7, end: 11 }, map: plainMap(2, 8) },
      { text: inner, raw: file.slice(13, -1), span: { start: 13, end: file.length - 1 }, map },
    ];
    const { commands } = execCommand(argv, 'posix');
    const found = commands.slice(1).flatMap(({ word, args }) => [word, ...args].map(({ span }) => at(file, span)));
    expect(found).toEqual(['a', '\\"b\\"', 'c']);
  });

  test('commands of one pipeline share its number, others do not', () => {
    const numbers = read('a | b && c | x $(d | e) f; sh -c "g | h"').commands.map((it) => `${it.name}${it.pipeline}`);
    expect(numbers.join(' ')).toBe('a0 b0 c1 x1 d2 e2 sh3 g4 h4');
  });
});

describe('what a script says beyond its commands', () => {
  test.for<[string, string]>([
    ['a $b "${c:-$d}"', '$b argument · "${c:-$d}" argument · "$d" argument nested'],
    ['a=$b c >$d', '$b assignment · $d redirect'],
    ['export a=$(b)', '$(b) declaration'],
    ['a=($b)', '$b array'],
    ['for i in $a; do b `c`; done', '$a list · `c` argument'],
    ['case $a in $b) ;; esac', '$a case · $b case'],
    ['[[ $a == "$b" ]]', '$a test · "$b" test'],
    ['cat <<E\n$a\nE', '"$a" here-document'],
    ["cat <<'E'\n$a\nE", ''],
    ['cat <<<$a', '$a here-string'],
    ['a $((b + $c)) <(d)', '$((b + $c)) argument · "$c" arithmetic nested · <(d) argument'],
    ['sh -c "a $b"', '"$b" argument'],
    ["sh -c 'a $b'", '$b argument'],
    ['a `b \\`c\\``', '`b \\`c\\`` argument · `c` argument'],
    ['$a b', '$a name'],
    ['a (', ''],
  ])('expansions of %s', ([text, expected]) => {
    const { expansions } = read(text).syntax;
    const found = expansions.map(
      ({ raw, quoted, nested, word }) =>
        `${quoted ? `"${raw.replace(/^"|"$/g, '')}"` : raw} ${word.context}${nested ? ' nested' : ''}`,
    );
    expect(found.join(' · ')).toBe(expected);
  });

  test('an expansion has its parts, its command and what it runs', () => {
    const [first, second, third] = read('a "${!b[1]//x/y}" $(c | d $(e)) `f`').syntax.expansions;
    expect(first).toMatchObject({ name: 'b', prefix: '!', operator: '//', index: '1', kind: 'variable' });
    expect(first!.word.command?.name).toBe('a');
    expect(second!.commands.map(({ name }) => name)).toEqual(['c', 'd']);
    expect(third!.commands.map(({ name }) => name)).toEqual(['e']);
  });

  test.for<[string, string]>([
    ['a; b', 'a ignored · b last'],
    ['a && b; c', 'a checked · b ignored · c last'],
    ['a || b', 'a checked · b last'],
    ['if a; then b; fi', 'a checked · b last'],
    ['if a; then b; fi; c', 'a checked · b ignored · c last'],
    ['while a; do b; done', 'a checked · b ignored'],
    ['(a; b) && c', 'a ignored · b checked · c last'],
    ['a | b', 'a ignored · b last'],
    ['! a; b', 'a checked · b last'],
    ['a &', 'a ignored'],
    ['f() { a; b; }; f', 'a ignored · b last · f last'],
    ['a $(b; c)', 'a last · b ignored · c last'],
  ])('statuses in %s', ([text, expected]) => {
    const { statuses } = read(text).syntax;
    expect([...statuses].map(([{ name }, status]) => `${name} ${status}`).join(' · ')).toBe(expected);
  });

  test.for<[string, string]>([
    ['[[ a ]] && ((b))', 'double-bracket · double-parenthesis'],
    ['for ((i=0; i<3; i++)); do :; done', 'arithmetic-for · arithmetic-operator ++'],
    ['select a in b; do :; done', 'select'],
    ['function a { :; }', 'function-keyword'],
    ['a-b() { :; }', 'function-name a-b'],
    ['a <<<b &>c', 'here-string · redirect-both &>'],
    ['a >&b; c >&2 2>&-', 'redirect-both >&'],
    ['a {b}>c', 'named-descriptor b'],
    ['a </dev/tcp/b/1', 'network-redirect'],
    ['a |& b', 'pipe-both'],
    ['a+=b; c=(d)', 'append · array c'],
    ['case a in b) ;& c) ;; esac', 'case-fallthrough ;&'],
    ['a && b || c', ''],
  ])('constructs of %s', ([text, expected]) => {
    const { constructs } = read(text).syntax;
    expect(constructs.map(({ kind, detail }) => `${kind} ${detail}`.trim()).join(' · ')).toBe(expected);
  });

  test('lists and loops', () => {
    const { lists, loops } = read('a && [[ b ]] || c; if d || e; then :; fi; for x in 1 $y; do :; done').syntax;
    expect(lists.map(({ operators, condition }) => [operators.join(' '), condition])).toEqual([
      ['&& ||', false],
      ['||', true],
    ]);
    expect(lists[0]!.parts.map(({ command }) => command?.name)).toEqual(['a', undefined, 'c']);
    expect(loops.map(({ name, words: items }) => [name, items.map(({ raw }) => raw)])).toEqual([['x', ['1', '$y']]]);
  });

  test('the parts of a word', () => {
    const word = read("a b\"c\"'d'$e*{f,g}$'h'").syntax.words[1]!;
    expect(word.parts.map(({ kind, raw }) => `${kind} ${raw}`)).toEqual([
      'literal b',
      'double "c"',
      "single 'd'",
      'expansion $e',
      'glob *',
      'brace {f,g}',
      "ansi $'h'",
    ]);
  });

  test('a script in a string has the language of its shell, and no exact places', () => {
    const { expansions } = read("a $b; bash -c 'c $d'; sh <<E\ne \\$f\nE").syntax;
    expect(expansions.map(({ raw, dialect, exact }) => [raw, dialect, exact])).toEqual([
      ['$b', 'posix', true],
      ['$d', 'bash', false],
      ['$f', 'posix', false],
    ]);
  });
});

test('a mistake has its place', () => {
  const { errors } = read('a && b; fi');
  expect(errors.map(({ span }) => span.start)).toEqual([8]);
});

test('the words of a command', () => expect(words(read('sudo a "b c"').commands[0]!)).toEqual(['a', 'b c']));

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
      for (const dialect of ['posix', 'cmd', 'powershell'] as const) {
        // parts of the file are left out of the text, as continuations are
        const map = Array.from({ length: Math.ceil(it.length / 3) }, (_, index) => piece(index * 3, it.length));
        for (const span of spans(parseScript(it, { map: map.length > 0 ? map : plainMap(0, 0), dialect }))) {
          expect(span.start >= 0 && span.start <= span.end && span.end <= it.length * 2).toBe(true);
        }
      }
    }),
    { numRuns: 3000 },
  );
});

/** Three units of the text, with a gap as wide behind them. */
const piece = (at: number, whole: number): Piece => {
  const length = Math.min(3, whole - at);
  return { at, length, from: at * 2, to: at * 2 + length };
};

const spans = ({ commands, errors, syntax }: Script): readonly Span[] => [
  ...[...syntax.expansions, ...syntax.words, ...syntax.lists, ...syntax.constructs].map(({ span }) => span),
  ...syntax.words.flatMap(({ parts }) => parts.map(({ span }) => span)),
  ...errors.map(({ span }) => span),
  ...commands.flatMap(({ span, jointSpan, word, args, wrappers, redirects, assignments }) => [
    span,
    ...(jointSpan ? [jointSpan] : []),
    ...[word, ...args, ...wrappers.map((it) => it.word)].map((it) => it.span),
    ...[...redirects, ...assignments].map((it) => it.span),
    ...redirects.flatMap(({ target }) => target?.span ?? []),
    ...assignments.flatMap(({ value }) => value?.span ?? []),
  ]),
];
