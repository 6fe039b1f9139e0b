import { from, nothing, reads } from './table.ts';

/** From bytes to lines: line ends, directives, comments, continuations. */

reads('bytes and lines', nothing, [
  ['a line ends at a newline', 'FROM a\nRUN b\n', 'From image=«a» | Run command=«b»'],
  ['the last line needs no newline', 'FROM a\nRUN b', 'From image=«a» | Run command=«b»'],
  ['CRLF reads as LF does', 'FROM a\r\nRUN b\r\nENV c=d\r\n', 'From image=«a» | Run command=«b» | Env pairs=[«c»=«d»]'],
  [
    'any number of carriage returns before a newline is dropped',
    'FROM a\r\r\nRUN b\r\r\r\n',
    'From image=«a» | Run command=«b»',
  ],
  ['carriage returns at the end of the file are dropped', 'FROM a\r', 'From image=«a»'],
  ['a byte order mark is dropped', '\ufeffFROM a', 'From image=«a»'],
  ['behind a byte order mark a directive is one', '\ufeff# escape=`\nFROM a`\nb', 'From image=«ab»~«a`⏎b»'],
  ['NUL is a character like others', 'FROM a\0b', 'From image=«aU+0b»'],
  ['white space of any kind may stand before a keyword', '\u00a0\u2003 \tFROM a', 'From image=«a»'],
  ['white space of any kind behind the last word is dropped', 'FROM a\u00a0 \u2003', 'From image=«a»'],
  [
    'between keyword and words stand blanks, tabs, form feeds',
    'FROM\t\f a \v AS \t b',
    'From image=«a» as=«AS» name=«b»',
  ],
  [
    'a blank of another kind does not divide words',
    'FROM a\nEXPOSE 80\u00a081',
    'From image=«a» | Expose ports=[«80⍽81»]',
  ],
  ['a line of white space is empty', 'FROM a\n \u00a0\t\nRUN b', 'From image=«a» | Run command=«b»'],
  ['a form feed line is empty', '\f\nFROM a', 'From image=«a»'],
  [
    'the keyword may be in any case',
    'from a\nRun b\ncOpY c d',
    'From image=«a» | Run command=«b» | Copy sources=[«c»] destination=«d»',
  ],
  [
    'characters beyond the basic plane are two units',
    'FROM a\nENV é=😀x b=ü',
    'From image=«a» | Env pairs=[«é»=«😀x», «b»=«ü»]',
  ],
]);

reads('directives', nothing, [
  ['escape: a backtick', '# escape=`\nFROM a`\nb', 'From image=«ab»~«a`⏎b»'],
  ['escape: the backslash, said aloud', '# escape=\\\nFROM a\\\nb', 'From image=«ab»~«a\\⏎b»'],
  ['no blanks are needed', '#escape=`\nFROM a`\nb', 'From image=«ab»~«a`⏎b»'],
  ['blanks are allowed everywhere', ' #  escape =  `  \nFROM a`\nb', 'From image=«ab»~«a`⏎b»'],
  ['the name may be in any case', '# EsCaPe=`\nFROM a`\nb', 'From image=«ab»~«a`⏎b»'],
  [
    'several directives in consecutive lines',
    '# syntax=docker/dockerfile:1\n# check=skip=all\n# escape=`\nFROM a`\nb',
    'From image=«ab»~«a`⏎b»',
  ],
  ['an empty line ends the zone', '\n# escape=`\nFROM a\\\nb', 'From image=«ab»~«a\\⏎b»'],
  ['a comment ends the zone', '# hi\n# escape=`\nFROM a\\\nb', 'From image=«ab»~«a\\⏎b»'],
  [
    'an unknown directive is a comment and ends the zone',
    '# foo=bar\n# escape=`\nFROM a\\\nb',
    'From image=«ab»~«a\\⏎b»',
  ],
  ['an instruction ends the zone', 'FROM a\n# escape=`\nRUN b\\\nc', 'From image=«a» | Run command=«bc»~«b\\⏎c»'],
  ['without a value it is a comment', '# escape=\n# escape=`\nFROM a\\\nb', 'From image=«ab»~«a\\⏎b»'],
  ['behind two number signs it is a comment', '## escape=`\nFROM a\\\nb', 'From image=«ab»~«a\\⏎b»'],
  ['a directive that is not continued: the escape is in the value', '# syntax=a\\\nFROM b', 'From image=«b»'],
  [
    'a directive inside a continuation is a comment',
    'FROM a\nRUN b \\\n# escape=`\n c \\\n d',
    'From image=«a» | Run command=«b  c  d»~«b \\⏎# escape=`⏎ c \\⏎ d» comment=«escape=`»~«# escape=`»',
  ],
]);

reads('comments', from, [
  ['a comment is no instruction', '# RUN b\nRUN c', 'Run command=«c»'],
  ['an indented comment too', '  \t# RUN b\nRUN c', 'Run command=«c»'],
  ['a comment does not continue', '# b \\\nRUN c', 'Run command=«c»'],
  ["a comment at the end of a RUN is the shell's", 'RUN b # c', 'Run command=«b # c»'],
  ['of ARG, a comment is three names', 'ARG b # c', 'Arg pairs=[«b», «#», «c»]'],
  ['of EXPOSE, words', 'EXPOSE 80 # web', 'Expose ports=[«80», «#», «web»]'],
  ['of WORKDIR, a part of the path', 'WORKDIR /b # c', 'Workdir path=«/b # c»'],
  [
    'inside a continuation a comment line is taken out',
    'RUN b \\\n# c\n d',
    'Run command=«b  d»~«b \\⏎# c⏎ d» comment=«c»~«# c»',
  ],
  ['an indented one too', 'RUN b \\\n   # c\n d', 'Run command=«b  d»~«b \\⏎   # c⏎ d» comment=«c»~«# c»'],
  ['inside quotes too', 'ENV b="c\\\n# d\ne"', 'Env pairs=[«b»=«ce»~«"c\\⏎# d⏎e"»] comment=«d»~«# d»'],
  ['inside a JSON array too', 'CMD ["b", \\\n# c\n"d"]', 'Cmd command=[«b»~«"b"», «d»~«"d"»] comment=«c»~«# c»'],
  [
    'its backslash continues nothing and ends nothing',
    'RUN b \\\n# c \\\n# d\n e',
    'Run command=«b  e»~«b \\⏎# c \\⏎# d⏎ e» comment=«c \\»~«# c \\» comment=«d»~«# d»',
  ],
  ['a comment before the keyword of a continued line', '\\\n# b\nRUN c', 'Run command=«c»'],
  [
    'comments behind the last continuation of a file belong to the instruction',
    'RUN b \\\n# c\n# d',
    'Run command=«b»',
  ],
]);

reads('continuations', from, [
  ['the next line is appended with its blanks', 'RUN b \\\n   c', 'Run command=«b    c»~«b \\⏎   c»'],
  ['nothing is put in between', 'RUN b\\\nc', 'Run command=«bc»~«b\\⏎c»'],
  ['a word may be cut', 'WORKDIR /b\\\nc/$D\\\nE', 'Workdir path=«/bc/$DE»~«/b\\⏎c/$D\\⏎E»{DE}'],
  ['a keyword may be cut', 'RU\\\nN b', 'Run command=«b»'],
  ["a variable's name may be cut", 'WORKDIR $b\\\nc/${d\\\ne}', 'Workdir path=«$bc/${de}»~«$b\\⏎c/${d\\⏎e}»{bc}{de}'],
  ['a flag may be cut', 'COPY --fr\\\nom=b\\\nc d e', 'Copy flags=[from=«bc»~«b\\⏎c»] sources=[«d»] destination=«e»'],
  ['AS may be cut', 'FROM b A\\\nS c', 'From image=«b» as=«AS»~«A\\⏎S» name=«c»'],
  ['blanks behind the escape do not matter', 'RUN b \\ \t \n c', 'Run command=«b  c»~«b \\ ⇥ ⏎ c»'],
  ['with CRLF too', 'RUN b \\\r\n c\r\n', 'Run command=«b  c»~«b \\␍⏎ c»'],
  ['a doubled escape continues nothing', 'RUN b \\\\\nRUN c', 'Run command=«b \\\\» | Run command=«c»'],
  ['a tripled one neither', 'RUN b \\\\\\\nRUN c', 'Run command=«b \\\\\\» | Run command=«c»'],
  ['an escape character alone on its line continues', 'RUN b \\\n\\\n c', 'Run command=«b  c»~«b \\⏎\\⏎ c»'],
  [
    'a carriage return behind the escape, and more: no continuation',
    'RUN b \\\r x\nRUN c',
    'Run command=«b \\␍ x» | Run command=«c»',
  ],
  ['an empty line inside is skipped', 'RUN b \\\n\n c', 'Run command=«b  c»~«b \\⏎⏎ c»'],
  ['a line of blanks too', 'RUN b \\\n \t\r\n c', 'Run command=«b  c»~«b \\⏎ ⇥␍⏎ c»'],
  ['so two instructions become one', 'RUN b \\\n\nRUN c', 'Run command=«b RUN c»~«b \\⏎⏎RUN c»'],
  ['the end of the file ends a continuation', 'RUN b \\', 'Run command=«b»'],
  ['with a newline behind', 'RUN b \\\n', 'Run command=«b»'],
  ['an escape and a newline before an instruction', '\\\nRUN b', 'Run command=«b»'],
  ['only the first line loses its blanks', '  RUN b\\\n  c\\\n\td', 'Run command=«b  c⇥d»~«b\\⏎  c\\⏎⇥d»'],
  ['inside a JSON array', 'CMD [\\\n "b", \\\n "c" \\\n ]', 'Cmd command=[«b»~«"b"», «c»~«"c"»]'],
  ['inside a JSON string', 'CMD ["b\\\n c"]', 'Cmd command=[«b c»~«"b\\⏎ c"»]'],
  ['inside a JSON escape', 'CMD ["b\\u00\\\n41c"]', 'Cmd command=[«bAc»~«"b\\u00\\⏎41c"»]'],
]);

reads('with the backtick as the escape', { text: '# escape=`\nFROM a\n', tree: 'From image=«a» | ' }, [
  ['a backslash continues nothing', 'RUN b \\\nRUN c', 'Run command=«b \\» | Run command=«c»'],
  ['a backtick does', 'RUN b `\n c', 'Run command=«b  c»~«b `⏎ c»'],
  ['a doubled backtick does not', 'RUN b ``\nRUN c', 'Run command=«b ``» | Run command=«c»'],
  ['a Windows path keeps its backslashes', 'WORKDIR C:\\b\\c', 'Workdir path=«C:\\b\\c»'],
  ['also at the end', 'COPY b C:\\c\\', 'Copy sources=[«b»] destination=«C:\\c\\»'],
  ['a backtick protects a blank of ENV', 'ENV b=c` d e=`"f', 'Env pairs=[«b»=«c d»~«c` d», «e»=«"f»~«`"f»]'],
  ['a backslash does not', 'ENV b=c\\ d=e', 'Env pairs=[«b»=«c\\», «d»=«e»]'],
  ['a backtick protects a dollar', 'WORKDIR `$b\\$c', 'Workdir path=«$b\\$c»~«`$b\\$c»{c}'],
  ['in double quotes a backtick protects a quote', 'ENV b="c`"d\\"', 'Env pairs=[«b»=«c"d\\»~«"c`"d\\"»]'],
  ['JSON keeps its own escape', 'CMD ["b\\\\c`"]', 'Cmd command=[«b\\c`»~«"b\\\\c`"»]'],
  ['here-documents keep theirs', 'RUN <<\\EOF\nb\nEOF', 'Run command=«<<\\EOF» heredocs=[<<EOF«b⏎»]'],
  [
    'a flag may have a backtick',
    'COPY --chown=b` c d e',
    'Copy flags=[chown=«b c»~«b` c»] sources=[«d»] destination=«e»',
  ],
]);
