import { from, nothing, reads } from './table.ts';

/** name=value: ENV, LABEL, ARG. */

reads('ENV and LABEL', from, [
  ['a pair', 'ENV b=c', 'Env pairs=[«b»=«c»]'],
  ['several', 'ENV b=c d=e\\\n f=g', 'Env pairs=[«b»=«c», «d»=«e», «f»=«g»]'],
  ['an empty value', 'ENV b=', 'Env pairs=[«b»=«»]'],
  ['a value with an equals sign', 'ENV b=c=d', 'Env pairs=[«b»=«c=d»]'],
  ['double quotes group', 'ENV b="c d" e=f', 'Env pairs=[«b»=«c d»~«"c d"», «e»=«f»]'],
  ['single quotes too', "ENV b='c d' e=f", "Env pairs=[«b»=«c d»~«'c d'», «e»=«f»]"],
  ['in the middle of a word', 'ENV b=c"d e"f', 'Env pairs=[«b»=«cd ef»~«c"d e"f»]'],
  ['an escape keeps a blank', 'ENV b=c\\ d e=f', 'Env pairs=[«b»=«c d»~«c\\ d», «e»=«f»]'],
  ['an escaped quote', 'ENV b=\\"c d=\\"', 'Env pairs=[«b»=«"c»~«\\"c», «d»=«"»~«\\"»]'],
  ['an escaped quote in quotes', 'ENV b="c\\"d e"', 'Env pairs=[«b»=«c"d e»~«"c\\"d e"»]'],
  ['in single quotes a backslash is itself', "ENV b='c\\' d=e", "Env pairs=[«b»=«c\\»~«'c\\'», «d»=«e»]"],
  ['a quote in other quotes', `ENV b="c'd" e='f"g'`, `Env pairs=[«b»=«c'd»~«"c'd"», «e»=«f"g»~«'f"g'»]`],
  [
    'an open quote takes the rest, and is found out later',
    'ENV b="c d=e',
    'Env pairs=[«b»=«c d=e»~«"c d=e»!unterminated-quote«"c d=e»]',
  ],
  ['an apostrophe too', "LABEL b=it's c=d", "Label pairs=[«b»=«its c=d»~«it's c=d»!unterminated-quote«'s c=d»]"],
  ['white space of any kind divides', 'ENV b=c\u00a0d=e\u2003f=g', 'Env pairs=[«b»=«c», «d»=«e», «f»=«g»]'],
  ['also before the first', 'ENV \u00a0b=c', 'Env pairs=[«b»=«c»]'],
  ['quoted keys', 'LABEL "b"=c', 'Label pairs=[«b»~«"b"»=«c»]'],
  ['quoted keys with blanks', 'LABEL "b c"=d', 'Label pairs=[«b c»~«"b c"»=«d»]'],
  [
    'a quoted key with an equals sign breaks there',
    'LABEL "b=c"=d',
    'Label pairs=[«b»~«"b»!unterminated-quote«"b»=«c=d»~«c"=d»!unterminated-quote«"=d»]',
  ],
  [
    'variables in keys and values',
    `LABEL $b=$c "\${d}"='$e'`,
    `Label pairs=[«$b»{b}=«$c»{c}, «\${d}»~«"\${d}"»{d}=«$e»~«'$e'»]`,
  ],
  ['keys with dots', 'LABEL a.b.c=d', 'Label pairs=[«a.b.c»=«d»]'],
  [
    'a blank in an operand divides',
    'ENV b=${c:-d e=f}',
    'Env pairs=[«b»=«${c:-d»{c :- d}!missing-brace«${c:-d», «e»=«f}»]',
  ],
  ['in quotes it does not', 'ENV b="${c:-d e}"', 'Env pairs=[«b»=«${c:-d e}»~«"${c:-d e}"»{c :- d e}]'],
  ['JSON is nothing here', 'ENV b=["c"]', 'Env pairs=[«b»=«[c]»~«["c"]»]'],
  ['a here-document is none', 'ENV b=<<EOF', 'Env pairs=[«b»=«<<EOF»]'],
  [
    'an equals sign in quotes counts',
    'ENV "b=c d"',
    'Env pairs=[«b»~«"b»!unterminated-quote«"b»=«c d»~«c d"»!unterminated-quote«"»]',
  ],
  ['a pair over lines, inside quotes', 'ENV b="c \\\n  d"', 'Env pairs=[«b»=«c   d»~«"c \\⏎  d"»]'],
]);

reads('the legacy form', from, [
  ['a name and the rest of the line', 'ENV b c d', 'Env pairs=[«b»=«c d»] legacy'],
  ['blanks inside the value are kept', 'ENV b  c   d', 'Env pairs=[«b»=«c   d»] legacy'],
  ['with an equals sign behind', 'ENV b c=d', 'Env pairs=[«b»=«c=d»] legacy'],
  ['an equals sign by itself', 'ENV b = c', 'Env pairs=[«b»=«= c»] legacy'],
  ['quotes of the value come off', 'ENV b "c  d"', 'Env pairs=[«b»=«c  d»~«"c  d"»] legacy'],
  ['escapes too', 'ENV b c\\ d', 'Env pairs=[«b»=«c d»~«c\\ d»] legacy'],
  ['variables', 'ENV $b $c', 'Env pairs=[«$b»{b}=«$c»{c}] legacy'],
  [
    'a quoted key is cut at the blank',
    'ENV "b c" d',
    'Env pairs=[«b»~«"b»!unterminated-quote«"b»=«c d»~«c" d»!unterminated-quote«" d»] legacy',
  ],
  ['LABEL', 'LABEL b c d', 'Label pairs=[«b»=«c d»] legacy'],
  ['a tab divides', 'ENV b\tc', 'Env pairs=[«b»=«c»] legacy'],
  ['of other blanks, none', 'ENV b \u00a0c', 'Env pairs=[«b»=«⍽c»] legacy'],
  ['continued', 'ENV b \\\n  c', 'Env pairs=[«b»=«c»] legacy'],
  ['an open quote', "ENV b it's", "Env pairs=[«b»=«its»~«it's»!unterminated-quote«'s»] legacy"],
  ['a comment is a value', 'ENV b # c', 'Env pairs=[«b»=«# c»] legacy'],
]);

reads('ARG', nothing, [
  ['a name', 'ARG b\nFROM a', 'Arg pairs=[«b»] | From image=«a»'],
  ['a default', 'ARG b=c\nFROM a', 'Arg pairs=[«b»=«c»] | From image=«a»'],
  ['an empty default', 'ARG b=\nFROM a', 'Arg pairs=[«b»=«»] | From image=«a»'],
  ['several', 'ARG b c=d e\nFROM a', 'Arg pairs=[«b», «c»=«d», «e»] | From image=«a»'],
  ['quotes', 'ARG b="c d" e\nFROM a', 'Arg pairs=[«b»=«c d»~«"c d"», «e»] | From image=«a»'],
  ['a quoted name', 'ARG "b"\nFROM a', 'Arg pairs=[«b»~«"b"»] | From image=«a»'],
  [
    'a quoted word with an equals sign',
    'ARG "b=c d"\nFROM a',
    'Arg pairs=[«b»~«"b»!unterminated-quote«"b»=«c d»~«c d"»!unterminated-quote«"»] | From image=«a»',
  ],
  ['variables', 'ARG b=${c:-d}\nFROM a', 'Arg pairs=[«b»=«${c:-d}»{c :- d}] | From image=«a»'],
  [
    'white space of any kind divides',
    'ARG b\u00a0c\u2003d=e\nFROM a',
    'Arg pairs=[«b», «c», «d»=«e»] | From image=«a»',
  ],
  ['continued', 'ARG b \\\n c\nFROM a', 'Arg pairs=[«b», «c»] | From image=«a»'],
  ['an open quote', 'ARG b="c d\nFROM a', 'Arg pairs=[«b»=«c d»~«"c d»!unterminated-quote«"c d»] | From image=«a»'],
]);
