import { from, nothing, refuses } from './table.ts';

/** What BuildKit refuses when it reads a file, one by one: the place, the words, what was meant. */

refuses('the file', nothing, [
  ['nothing', '', ['', 'The file has no instruction; a Dockerfile begins with FROM.']],
  ['nothing but blanks', ' \n\t\n', ['', 'The file has no instruction; a Dockerfile begins with FROM.']],
  ['nothing but comments', '# a\n', ['', 'The file has no instruction; a Dockerfile begins with FROM.']],
  ['nothing but directives', '# syntax=a\n', ['', 'The file has no instruction; a Dockerfile begins with FROM.']],
  [
    'an instruction before FROM',
    'RUN a\nFROM b',
    ['RUN', 'RUN comes before the first FROM, where only ARG is allowed.'],
  ],
  [
    'ARG may, what follows it may not',
    'ARG a\nENV b=c\nFROM d',
    ['ENV', 'ENV comes before the first FROM, where only ARG is allowed.'],
  ],
  ['no FROM', 'WORKDIR /a\nRUN b', ['WORKDIR', 'WORKDIR comes before the first FROM, where only ARG is allowed.']],
  [
    'two that stand before',
    'RUN a\nENV b=c\nFROM c',
    ['RUN', 'RUN comes before the first FROM, where only ARG is allowed.'],
    ['ENV', 'ENV comes before the first FROM, where only ARG is allowed.'],
  ],
  ['an escape character and nothing', '\\', ['', 'This continues nothing: no instruction follows.']],
  ['at the end', 'FROM a\n\\\n', ['', 'This continues nothing: no instruction follows.']],
  ['behind FROM, with a comment', 'FROM a\n\\\n# b\n', ['', 'This continues nothing: no instruction follows.']],
  [
    'a line that is too long',
    `FROM a\nRUN ${'b'.repeat(65532)}`,
    [
      `RUN ${'b'.repeat(65532)}`,
      'The line is longer than 65535 bytes, the most that BuildKit reads; split it with a backslash.',
    ],
  ],
  [
    'its bytes count',
    `FROM a\nRUN ${'é'.repeat(32766)}`,
    [
      `RUN ${'é'.repeat(32766)}`,
      'The line is longer than 65535 bytes, the most that BuildKit reads; split it with a backslash.',
    ],
  ],
]);

refuses('directives', nothing, [
  ['an escape that is none', '# escape=x\nFROM a', ['x', 'The escape character can be \\ or `, not x.', '`']],
  ['of two characters', '#escape=\\\\\nFROM a', ['\\\\', 'The escape character can be \\ or `, not \\\\.', '`']],
  [
    'twice',
    '# escape=`\n# escape=`\nFROM a',
    ['# escape=`', 'The directive escape is given twice; only one is allowed. Remove this line.'],
  ],
  [
    'twice, in another case',
    '# syntax=a\n# SYNTAX=b\nFROM c',
    ['# SYNTAX=b', 'The directive syntax is given twice; only one is allowed. Remove this line.'],
  ],
  [
    'an escape that is continued',
    '# escape=`\\\nFROM a',
    ['`\\', 'The escape character can be \\ or `, not `\\.', '`'],
  ],
]);

refuses('unknown instructions', from, [
  ['a slip', 'RUNN b', ['RUNN', 'There is no instruction RUNN; RUN is likely meant.', 'RUN']],
  ['in small letters', 'expost 80', ['expost', 'There is no instruction expost; EXPOSE is likely meant.', 'EXPOSE']],
  [
    'two letters off',
    'MANTANER b',
    ['MANTANER', 'There is no instruction MANTANER; MAINTAINER is likely meant.', 'MAINTAINER'],
  ],
  ['nothing near', 'FOOBAR b', ['FOOBAR', 'There is no instruction FOOBAR.']],
  ['short words are near to little', 'ln -s b c', ['ln', 'There is no instruction ln.']],
  ['quotes around', '"RUN" b', ['"RUN"', 'There is no instruction "RUN"; RUN is likely meant.', 'RUN']],
  ['a colon', 'RUN: b', ['RUN:', 'A space is missing after RUN.', 'RUN']],
  ['a missing blank', 'CMD["b"]', ['CMD["b"]', 'A space is missing after CMD.', 'CMD ["b"]']],
  ['an equals sign', 'CMD=b', ['CMD=b', 'A space is missing after CMD.', 'CMD b']],
  [
    'a no-break space',
    'RUN\u00a0b',
    [
      'RUN\u00a0b',
      'This word contains an invisible character, such as a no-break space; write a plain space.',
      'RUN b',
    ],
  ],
  [
    'a zero-width space',
    'RUN\u200b b',
    ['RUN\u200b', 'This word contains an invisible character, such as a no-break space; write a plain space.', 'RUN'],
  ],
  [
    'an em space',
    'RUN\u2003b',
    [
      'RUN\u2003b',
      'This word contains an invisible character, such as a no-break space; write a plain space.',
      'RUN b',
    ],
  ],
  [
    'a lost continuation of RUN',
    'RUN b\n && c',
    ['&&', 'There is no instruction &&; the RUN above probably lacks a trailing backslash.'],
  ],
  [
    'without an operator',
    'RUN apt-get install\n  curl',
    ['curl', 'There is no instruction curl; the RUN above probably lacks a trailing backslash.'],
  ],
  [
    'a command behind a blank line',
    'RUN apt-get update\n\n# the tools\napt-get install -y curl',
    ['apt-get', 'There is no instruction apt-get; a command needs RUN before it.'],
  ],
  [
    'an operator behind a blank line',
    'RUN b\n\n && c',
    ['&&', 'There is no instruction &&; the RUN above probably lacks a trailing backslash.'],
  ],
  [
    'of ENV',
    'ENV b=c\n  d=e',
    ['d=e', 'There is no instruction d=e; the ENV above probably lacks a trailing backslash.'],
  ],
  ['a word after COPY', 'COPY b c\nsomething d', ['something', 'There is no instruction something.']],
  [
    'a run of lines is one mistake',
    'RUN b\ncurl\nwget\ngit',
    ['curl', 'There is no instruction curl; the RUN above probably lacks a trailing backslash.'],
  ],
  [
    'but each slip is its own',
    'RUNN b\nCPOY c d',
    ['RUNN', 'There is no instruction RUNN; RUN is likely meant.', 'RUN'],
    ['CPOY', 'There is no instruction CPOY; COPY is likely meant.', 'COPY'],
  ],
  ['a comment with slashes', '// b', ['//', 'A comment begins with #, not with //.', '#']],
  ['a conflict', '<<<<<<< HEAD', ['<<<<<<<', 'This is a merge conflict marker; keep one of the two sides.']],
  [
    'the lines of a here-document that is none',
    "RUN echo don't <<EOF\nhello\nEOF",
    ['hello', 'There is no instruction hello; SHELL is likely meant.', 'SHELL'],
  ],
  [
    'a flag on a line of its own',
    '--link b c',
    ['--link', 'There is no instruction --link; the FROM above probably lacks a trailing backslash.'],
  ],
  ['a here-document behind a word without instruction', 'FOO <<EOF', ['FOO', 'There is no instruction FOO.']],
]);

refuses('FROM', nothing, [
  ['nothing', 'FROM', ['FROM', 'FROM takes an image, or an image, AS and a stage name; nothing follows.']],
  [
    'nothing but a flag',
    'FROM --platform=a',
    ['FROM', 'FROM takes an image, or an image, AS and a stage name; nothing follows.'],
  ],
  [
    'two words',
    'FROM a b',
    ['b', 'FROM takes an image, or an image, AS and a stage name; b is one word too many.', 'AS b'],
  ],
  [
    'three, and no AS',
    'FROM a b c',
    ['b', 'FROM takes an image, or an image, AS and a stage name; b is one word too many.'],
  ],
  [
    'AS and no name',
    'FROM a AS',
    ['a AS', 'FROM takes an image, or an image, AS and a stage name; something is missing here.'],
  ],
  [
    'a word too many',
    'FROM a AS b c',
    ['c', 'FROM takes an image, or an image, AS and a stage name; c is one word too many.'],
  ],
  [
    'a comment',
    'FROM a # b',
    ['#', 'FROM takes an image, or an image, AS and a stage name; a comment needs a line of its own.'],
  ],
  [
    'a comment behind the name',
    'FROM a AS b # c',
    ['#', 'FROM takes an image, or an image, AS and a stage name; a comment needs a line of its own.'],
  ],
  [
    'a carriage return alone ends no line',
    'FROM a\rRUN b',
    ['RUN', 'FROM takes an image, or an image, AS and a stage name; RUN is one word too many.'],
  ],
  [
    'a name that begins with a digit',
    'FROM a AS 1b',
    ['1b', '1b cannot name a stage: a name begins with a letter and goes on with letters, digits, -, _ and .'],
  ],
  [
    'a sign in a name',
    'FROM a AS b/c',
    ['b/c', 'b/c cannot name a stage: a name begins with a letter and goes on with letters, digits, -, _ and .'],
  ],
  [
    'a quoted name',
    'FROM a AS "b"',
    ['"b"', '"b" cannot name a stage: a name begins with a letter and goes on with letters, digits, -, _ and .', 'b'],
  ],
  [
    'a variable as a name',
    'FROM a AS $b',
    ['$b', '$b cannot name a stage: a name begins with a letter and goes on with letters, digits, -, _ and .'],
  ],
  [
    'a letter of another script',
    'FROM a AS é',
    ['é', 'é cannot name a stage: a name begins with a letter and goes on with letters, digits, -, _ and .'],
  ],
]);

refuses('flags', from, [
  ['unknown', 'RUN --foo b', ['foo', 'RUN has no flag --foo; it takes --mount, --network, --security, --device.']],
  ['a slip', 'COPY --form=b c d', ['form', 'COPY has no flag --form; --from is likely meant.', 'from']],
  ['capitals', 'COPY --FROM=b c d', ['FROM', 'COPY has no flag --FROM; --from is likely meant.', 'from']],
  ['an option of the command', 'CMD --help', ['help', 'CMD has no flag --help; it takes none.']],
  ['ENTRYPOINT has none', 'ENTRYPOINT --b c', ['b', 'ENTRYPOINT has no flag --b; it takes none.']],
  [
    'ADD has no --from',
    'ADD --from=b c d',
    [
      'from',
      'ADD has no flag --from; it takes --chown, --chmod, --link, --exclude, --keep-git-dir, --checksum, --unpack.',
    ],
  ],
  [
    'COPY has no --checksum',
    'COPY --checksum=b c d',
    ['checksum', 'COPY has no flag --checksum; it takes --from, --chown, --chmod, --link, --exclude, --parents.'],
  ],
  ['ENV has none', 'ENV --b c=d', ['b', 'ENV has no flag --b; it takes none.']],
  ['LABEL has none', 'LABEL --b c=d', ['b', 'LABEL has no flag --b; it takes none.']],
  ['WORKDIR has none', 'WORKDIR --b /c', ['b', 'WORKDIR has no flag --b; it takes none.']],
  ['USER has none', 'USER --b c', ['b', 'USER has no flag --b; it takes none.']],
  ['EXPOSE has none', 'EXPOSE --b 80', ['b', 'EXPOSE has no flag --b; it takes none.']],
  ['VOLUME has none', 'VOLUME --b /c', ['b', 'VOLUME has no flag --b; it takes none.']],
  ['SHELL has none', 'SHELL --b ["c"]', ['b', 'SHELL has no flag --b; it takes none.']],
  ['MAINTAINER has none', 'MAINTAINER --b c', ['b', 'MAINTAINER has no flag --b; it takes none.']],
  ['ONBUILD has none', 'ONBUILD --b RUN c', ['b', 'ONBUILD has no flag --b; it takes none.']],
  ['twice', 'COPY --from=b --from=c d e', ['--from=c', 'The flag --from is given twice; only one is allowed.']],
  ['a boolean twice', 'COPY --link --link d e', ['--link', 'The flag --link is given twice; only one is allowed.']],
  ['without a value', 'COPY --from b c', ['--from', '--from needs a value: --from=…', '--from=']],
  ['a list without one', 'RUN --mount b', ['--mount', '--mount needs a value: --mount=…', '--mount=']],
  ['a boolean that is none', 'COPY --link=1 b c', ['1', '--link takes true, false or no value, not 1.']],
  ['an empty boolean', 'COPY --link= b c', ['--link=', '--link takes true, false or no value, not an empty one.']],
  ['no name', 'RUN --=b c', ['', 'RUN has no flag --; it takes --mount, --network, --security, --device.']],
  [
    'several mistakes, several errors',
    'COPY --foo --link=x --chown b c',
    ['foo', 'COPY has no flag --foo; it takes --from, --chown, --chmod, --link, --exclude, --parents.'],
    ['x', '--link takes true, false or no value, not x.'],
    ['--chown', '--chown needs a value: --chown=…', '--chown='],
  ],
  [
    'a name that every object has',
    'RUN --constructor b',
    ['constructor', 'RUN has no flag --constructor; it takes --mount, --network, --security, --device.'],
  ],
  [
    'with a value',
    'RUN --toString=b c',
    ['toString', 'RUN has no flag --toString; it takes --mount, --network, --security, --device.'],
  ],
  [
    'in a backtick file',
    'RUN --netwrk=none b',
    ['netwrk', 'RUN has no flag --netwrk; --network is likely meant.', 'network'],
  ],
]);

refuses('RUN', from, [
  ['an unknown network', 'RUN --network=foo b', ['foo', '--network can be default, none or host, not foo.']],
  [
    'a slip of a network',
    'RUN --network=hots b',
    ['hots', '--network can be default, none or host, not hots.', 'host'],
  ],
  ['capitals', 'RUN --network=Host b', ['Host', '--network can be default, none or host, not Host.', 'host']],
  ['an empty network', 'RUN --network= b', ['', '--network can be default, none or host, not empty.']],
  ['an unknown security', 'RUN --security=foo b', ['foo', '--security can be sandbox or insecure, not foo.']],
  ['an empty mount', 'RUN --mount= b', ['', '--mount needs options, such as type=cache,target=/path.']],
  [
    'a variable in from',
    'RUN --mount=type=bind,from=$b,target=/c d',
    ['$b', 'from= takes no variables; write FROM $NAME AS name, and from=name.'],
  ],
  [
    'a quote in a mount',
    'RUN --mount=type=bind,target=b\\"c d',
    ['target=b\\"c', 'A double quote is not allowed inside an option of a mount.'],
  ],
  ['a device without a key', 'RUN --device=b,c d', ['c', '--device takes a name and the option required, not c.']],
  [
    'a device with an unknown key',
    'RUN --device=b,c=d e',
    ['c=d', '--device takes a name and the option required, not c=d.'],
  ],
  ['an empty device', 'RUN --device= b', ['', '--device takes a name and the option required, not nothing.']],
  [
    'a device that is hardly required',
    'RUN --device=b,required=maybe c',
    ['required=maybe', '--device takes a name and the option required, not required=maybe.'],
  ],
  [
    'a number in the array',
    'RUN ["b", 1]',
    ['1', 'A JSON array of arguments takes only strings; put double quotes around this.'],
  ],
]);

refuses('JSON', from, [
  ['a number', 'CMD [1]', ['1', 'A JSON array of arguments takes only strings; put double quotes around this.']],
  ['null', 'CMD ["b", null]', ['null', 'A JSON array of arguments takes only strings; put double quotes around this.']],
  [
    'an array',
    'ENTRYPOINT [["b"]]',
    ['[', 'A JSON array of arguments takes only strings; put double quotes around this.'],
  ],
  [
    'an object',
    'CMD [{"b": "c"}]',
    ['{', 'A JSON array of arguments takes only strings; put double quotes around this.'],
  ],
  ['true', 'VOLUME [true]', ['true', 'A JSON array of arguments takes only strings; put double quotes around this.']],
  [
    'in COPY: one error only',
    'COPY [1, 2]',
    ['1', 'A JSON array of arguments takes only strings; put double quotes around this.'],
  ],
  [
    'in HEALTHCHECK',
    'HEALTHCHECK CMD [1]',
    ['1', 'A JSON array of arguments takes only strings; put double quotes around this.'],
  ],
  ['in SHELL', 'SHELL [1]', ['1', 'A JSON array of arguments takes only strings; put double quotes around this.']],
  [
    'under ONBUILD',
    'ONBUILD CMD [1]',
    ['1', 'A JSON array of arguments takes only strings; put double quotes around this.'],
  ],
  [
    'a deep one',
    'CMD [[[]]]',
    ['[[]]', 'A JSON array of arguments takes only strings; put double quotes around this.'],
  ],
]);

refuses('COPY and ADD', from, [
  ['nothing', 'COPY', ['COPY', 'COPY takes one or more sources and a destination; nothing follows.']],
  ['only a flag', 'ADD --link', ['ADD', 'ADD takes one or more sources and a destination; nothing follows.']],
  ['one word', 'COPY b', ['b', 'COPY needs a source and a destination; only b is given.']],
  ['one word of ADD', 'ADD b', ['b', 'ADD needs a source and a destination; only b is given.']],
  ['one in JSON', 'COPY ["b"]', ['"b"', 'COPY needs a source and a destination; only b is given.']],
  ['none in JSON', 'ADD []', ['ADD', 'ADD needs a source and a destination.']],
  [
    'a here-document as the destination',
    'COPY b <<EOF\nEOF',
    ['<<EOF', 'A here-document cannot be the destination of COPY.'],
  ],
  ['in JSON', 'COPY ["b", "<<EOF"]', ['"<<EOF"', 'A here-document cannot be the destination of COPY.']],
  [
    'one here-document and nothing else',
    'COPY <<EOF\nb\nEOF',
    ['<<EOF', 'COPY needs a source and a destination; only <<EOF is given.'],
  ],
]);

refuses('ENV, LABEL, ARG', from, [
  ['nothing', 'ENV', ['ENV', 'ENV takes name=value; nothing follows.']],
  ['of LABEL', 'LABEL', ['LABEL', 'LABEL takes name=value; nothing follows.']],
  ['of ARG', 'ARG', ['ARG', 'ARG takes one or more names, each with or without a default; nothing follows.']],
  ['a name alone', 'ENV b', ['b', 'ENV takes name=value; b has no value.', 'b=']],
  ['of LABEL', 'LABEL b', ['b', 'LABEL takes name=value; b has no value.', 'b=']],
  ['a name in quotes', 'ENV "b"', ['"b"', 'ENV takes name=value; "b" has no value.', '"b"=']],
  [
    'a word without an equals sign',
    'ENV b=c d',
    ['d', 'ENV takes name=value; d has no equals sign. Put quotes around a value with spaces.'],
  ],
  [
    'a blank behind the equals sign',
    'ENV b= c',
    ['c', 'ENV takes name=value; c has no equals sign. Put quotes around a value with spaces.'],
  ],
  [
    'blanks around it, the second time',
    'ENV b=c d = e',
    ['d', 'ENV takes name=value; d has no equals sign. Put quotes around a value with spaces.'],
  ],
  [
    'one error for all of them',
    'ENV b=c d e f=g h',
    ['d', 'ENV takes name=value; d has no equals sign. Put quotes around a value with spaces.'],
  ],
  ['a comment', 'ENV b=c # d', ['#', 'ENV takes name=value; a comment needs a line of its own.']],
  ['no name', 'ENV =b', ['=b', 'ENV needs a name before =.']],
  ['no name, the second time', 'LABEL b=c =d', ['=d', 'LABEL needs a name before =.']],
  ['ARG without a name', 'ARG =b', ['=b', 'ARG needs a name before =.']],
  ['ARG without a name, among others', 'ARG b =c d', ['=c', 'ARG needs a name before =.']],
  [
    'a no-break space divides no name from its value',
    'ENV b\u00a0c',
    ['b\u00a0c', 'ENV takes name=value; b\u00a0c has no value.', 'b\u00a0c='],
  ],
  [
    'a word over lines',
    'ENV b=c \\\n  d\\\ne',
    ['d\\\ne', 'ENV takes name=value; de has no equals sign. Put quotes around a value with spaces.'],
  ],
]);

refuses('instructions with one argument or more', from, [
  ['WORKDIR', 'WORKDIR', ['WORKDIR', 'WORKDIR takes a path; nothing follows.']],
  ['USER', 'USER  ', ['USER', 'USER takes a user; nothing follows.']],
  ['STOPSIGNAL', 'STOPSIGNAL', ['STOPSIGNAL', 'STOPSIGNAL takes a signal; nothing follows.']],
  ['MAINTAINER', 'MAINTAINER', ['MAINTAINER', 'MAINTAINER takes a name; nothing follows.']],
  ['EXPOSE', 'EXPOSE', ['EXPOSE', 'EXPOSE takes one or more ports; nothing follows.']],
  ['VOLUME', 'VOLUME', ['VOLUME', 'VOLUME takes one or more paths; nothing follows.']],
  ['VOLUME, in JSON', 'VOLUME []', ['VOLUME', 'VOLUME needs a path.']],
  ['an empty path', 'VOLUME ["/b", ""]', ['""', 'The path of a VOLUME cannot be empty.']],
  ['a blank path', 'VOLUME [" "]', ['" "', 'The path of a VOLUME cannot be empty.']],
  ['a path of a no-break space', 'VOLUME /b \u2003 /c', ['\u2003', 'The path of a VOLUME cannot be empty.']],
  ['only --', 'WORKDIR --', ['WORKDIR', 'WORKDIR takes a path; nothing follows.']],
]);

refuses('SHELL, HEALTHCHECK, ONBUILD', from, [
  [
    'SHELL without an array',
    'SHELL bash -c',
    ['bash -c', 'SHELL takes a JSON array: the shell and its options, each in double quotes.'],
  ],
  ['SHELL and nothing', 'SHELL', ['SHELL', 'SHELL takes a JSON array: the shell and its options; nothing follows.']],
  ['an empty array', 'SHELL []', ['SHELL', 'SHELL needs the name of a shell.']],
  [
    'nearly an array',
    "SHELL ['b']",
    ["['b']", 'SHELL takes a JSON array: the shell and its options, each in double quotes.'],
  ],
  [
    'HEALTHCHECK and nothing',
    'HEALTHCHECK',
    ['HEALTHCHECK', 'HEALTHCHECK takes CMD and a command, or NONE; nothing follows.'],
  ],
  [
    'only flags',
    'HEALTHCHECK --interval=5s',
    ['HEALTHCHECK', 'HEALTHCHECK takes CMD and a command, or NONE; nothing follows.'],
  ],
  ['no CMD', 'HEALTHCHECK curl b', ['curl', 'HEALTHCHECK is followed by CMD or NONE, not curl.', 'CMD curl']],
  ['a slip', 'HEALTHCHECK NON', ['NON', 'HEALTHCHECK is followed by CMD or NONE, not NON.', 'NONE']],
  ['an array', 'HEALTHCHECK ["b"]', ['["b"]', 'HEALTHCHECK is followed by CMD or NONE, not ["b"].', 'CMD ["b"]']],
  ['CMD and nothing', 'HEALTHCHECK CMD', ['CMD', 'HEALTHCHECK CMD needs a command.']],
  ['an empty array', 'HEALTHCHECK CMD []', ['CMD', 'HEALTHCHECK CMD needs a command.']],
  ['NONE and more', 'HEALTHCHECK NONE b', ['b', 'HEALTHCHECK NONE takes no arguments.']],
  ['NONE and an array', 'HEALTHCHECK NONE ["b"]', ['["b"]', 'HEALTHCHECK NONE takes no arguments.']],
  [
    'a blank that is none',
    'HEALTHCHECK CMD\u2003b',
    ['CMD\u2003b', 'HEALTHCHECK is followed by CMD or NONE, not CMD\u2003b.', 'CMD b'],
  ],
  ['no unit', 'HEALTHCHECK --interval=5 CMD b', ['5', '--interval=5 lacks a unit: 5s for seconds.', '5s']],
  [
    'no duration',
    'HEALTHCHECK --timeout=soon CMD b',
    ['soon', '--timeout is a duration such as 30s, 1m30s or 500ms, not soon.'],
  ],
  [
    'too short',
    'HEALTHCHECK --start-period=999us CMD b',
    ['999us', '--start-period cannot be shorter than a millisecond; 0 means the default.'],
  ],
  [
    'negative',
    'HEALTHCHECK --start-interval=-1s CMD b',
    ['-1s', '--start-interval cannot be shorter than a millisecond; 0 means the default.'],
  ],
  [
    'too long',
    'HEALTHCHECK --interval=2562048h CMD b',
    ['2562048h', '--interval is a duration such as 30s, 1m30s or 500ms, not 2562048h.'],
  ],
  [
    'a unit that is none',
    'HEALTHCHECK --interval=1d CMD b',
    ['1d', '--interval is a duration such as 30s, 1m30s or 500ms, not 1d.'],
  ],
  ['retries: a word', 'HEALTHCHECK --retries=b CMD c', ['b', '--retries is a whole number, not b.']],
  ['retries: negative', 'HEALTHCHECK --retries=-1 CMD b', ['-1', '--retries cannot be negative.']],
  [
    'retries: too many',
    'HEALTHCHECK --retries=2147483648 CMD b',
    ['2147483648', '--retries is a whole number, not 2147483648.'],
  ],
  ['retries: half a one', 'HEALTHCHECK --retries=1.5 CMD b', ['1.5', '--retries is a whole number, not 1.5.']],
  [
    'an unknown flag',
    'HEALTHCHECK --intervall=5s CMD b',
    ['intervall', 'HEALTHCHECK has no flag --intervall; --interval is likely meant.', 'interval'],
  ],
  ['ONBUILD and nothing', 'ONBUILD', ['ONBUILD', 'ONBUILD takes an instruction; nothing follows.']],
  ['only --', 'ONBUILD --', ['ONBUILD', 'ONBUILD takes an instruction; nothing follows.']],
  ['ONBUILD ONBUILD', 'ONBUILD ONBUILD RUN b', ['ONBUILD', 'ONBUILD cannot be triggered by ONBUILD.']],
  ['FROM', 'ONBUILD FROM b', ['FROM', 'FROM cannot be triggered by ONBUILD.']],
  ['MAINTAINER', 'onbuild maintainer b', ['maintainer', 'MAINTAINER cannot be triggered by ONBUILD.']],
  ['ENV of the wrong shape', 'ONBUILD ENV b', ['b', 'ENV takes name=value; b has no value.', 'b=']],
  [
    'LABEL too',
    'ONBUILD LABEL b=c d',
    ['d', 'LABEL takes name=value; d has no equals sign. Put quotes around a value with spaces.'],
  ],
]);

refuses('here-documents', from, [
  ['no end', 'RUN <<EOF\nb\n', ['<<EOF', 'This here-document does not end: no line contains only EOF.']],
  ['and nothing at all', 'RUN <<EOF', ['<<EOF', 'This here-document does not end: no line contains only EOF.']],
  ['in COPY', 'COPY <<b /c\nd\n', ['<<b', 'This here-document does not end: no line contains only b.']],
  ['in ONBUILD', 'ONBUILD RUN <<EOF\nb', ['<<EOF', 'This here-document does not end: no line contains only EOF.']],
  ['the second of two', 'RUN <<b <<c\n1\nb\n2\n', ['<<c', 'This here-document does not end: no line contains only c.']],
  [
    'a blank behind the end',
    'RUN <<EOF\nb\nEOF \nRUN c',
    ['<<EOF', 'The line that ends this here-document has spaces around EOF; it must contain only EOF.'],
  ],
  [
    'a blank before it',
    'RUN <<-EOF\nb\n  EOF\nRUN c',
    ['<<-EOF', 'The line that ends this here-document has spaces around EOF; it must contain only EOF.'],
  ],
  [
    'tabs without the dash',
    'RUN <<EOF\nb\n\tEOF\nRUN c',
    ['<<EOF', 'The line that ends this here-document has spaces around EOF; it must contain only EOF.'],
  ],
  [
    'a redirection in the word',
    'RUN cat <<EOF>/f\nb\nEOF\nRUN c',
    [
      '<<EOF>/f',
      'BuildKit takes the whole word EOF>/f for the delimiter of this here-document, and no line is just that; put a space after EOF.',
      '<<EOF >/f',
    ],
  ],
  [
    'a pipe in the word',
    'RUN cat <<-EOF|sh\nb\n\tEOF\nRUN c',
    [
      '<<-EOF|sh',
      'BuildKit takes the whole word EOF|sh for the delimiter of this here-document, and no line is just that; put a space after EOF.',
      '<<-EOF |sh',
    ],
  ],
  [
    'a bracket in the word',
    'RUN (cat <<EOF)\nb\nEOF',
    [
      '<<EOF)',
      'BuildKit takes the whole word EOF) for the delimiter of this here-document, and no line is just that; put a space after EOF.',
      '<<EOF )',
    ],
  ],
  [
    'a semicolon',
    'RUN cat <<EOF; b\nc\nEOF',
    [
      '<<EOF;',
      'BuildKit takes the whole word EOF; for the delimiter of this here-document, and no line is just that; put a space after EOF.',
      '<<EOF ;',
    ],
  ],
  ['a shift', 'RUN echo $(( 1 << 2 ))\nRUN c', ['<< 2', 'This here-document does not end: no line contains only 2.']],
  [
    'the rest of the file is read again behind what was likely the end',
    'RUN cat <<EOF;\nb\nEOF\nRUNN c',
    [
      '<<EOF;',
      'BuildKit takes the whole word EOF; for the delimiter of this here-document, and no line is just that; put a space after EOF.',
      '<<EOF ;',
    ],
    ['RUNN', 'There is no instruction RUNN; RUN is likely meant.', 'RUN'],
  ],
  [
    'a line that is too long',
    `RUN <<EOF\n${'b'.repeat(65536)}\nEOF`,
    [
      `${'b'.repeat(65536)}`,
      'The line is longer than 65535 bytes, the most that BuildKit reads; split it with a backslash.',
    ],
  ],
  ['a commented one', 'RUN b # <<c\nRUN d', ['<<c', 'This here-document does not end: no line contains only c.']],
]);

refuses('many mistakes', nothing, [
  [
    'five mistakes give five errors',
    '# escape=x\nFROM a b\nRUNN c\nCOPY --form=d e f\nENV g=h i\nHEALTHCHECK --interval=5 CMD j',
    ['x', 'The escape character can be \\ or `, not x.', '`'],
    ['b', 'FROM takes an image, or an image, AS and a stage name; b is one word too many.', 'AS b'],
    ['RUNN', 'There is no instruction RUNN; RUN is likely meant.', 'RUN'],
    ['form', 'COPY has no flag --form; --from is likely meant.', 'from'],
    ['i', 'ENV takes name=value; i has no equals sign. Put quotes around a value with spaces.'],
    ['5', '--interval=5 lacks a unit: 5s for seconds.', '5s'],
  ],
  [
    'what is between them is read',
    'FROM\nRUN a\nCOPY b\nRUN c\nUSER\nRUN d',
    ['FROM', 'FROM takes an image, or an image, AS and a stage name; nothing follows.'],
    ['b', 'COPY needs a source and a destination; only b is given.'],
    ['USER', 'USER takes a user; nothing follows.'],
  ],
]);
