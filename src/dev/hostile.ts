import type { Input } from './whole.ts';

/** Texts that grow in one direction: what somebody may write who wants a linter to stand still. */

type Make = (size: number) => string | Input;

const many = (size: number, one: string | ((index: number) => string), between = ''): string =>
  Array.from({ length: size }, (_, index) => (typeof one === 'string' ? one : one(index))).join(between);

const run = (script: string): string => `FROM debian:12\nRUN ${script}\n`;
const lines = (size: number, one: string | ((index: number) => string), head = 'FROM debian:12\n'): string =>
  `${head}${many(size, one, '\n')}\n`;
const nested = (size: number, open: string, inner: string, close: string): string =>
  run(`${many(size, open)}${inner}${many(size, close)}`);
const contextOf = (size: number): Readonly<Record<string, string>> =>
  Object.fromEntries(Array.from({ length: size }, (_, index) => [`d${index % 10}/f${index}.txt`, 'x']));

/** By name; the size is how often the thing stands there. */
export const hostile: Readonly<Record<string, Make>> = {
  // lines and instructions
  'empty continuation lines': (n) => `FROM a\nRUN a \\\n${many(n, '\\\n')}b\n`,
  'blank continuation lines': (n) => `FROM a\nRUN a \\\n${many(n, '\n')}b\n`,
  'continuation lines': (n) => run(`a${many(n, ' \\\n  && a')}`),
  'comments in a continuation': (n) => run(`a \\\n${many(n, '# c\n')} b`),
  comments: (n) => lines(n, '# a comment'),
  'instructions without a keyword': (n) => lines(n, 'fo bar'),
  RUN: (n) => lines(n, 'RUN a'),
  'RUN apt-get': (n) => lines(n, 'RUN apt-get update && apt-get install -y foo'),
  'RUN with other commands': (n) => lines(n, (i) => `RUN make part${i} > /out/${i} && rm -rf /tmp/${i}`),
  'RUN that writes and one that removes': (n) =>
    lines(n, (i) => `RUN curl -o /tmp/f${i} http://x/${i}\nRUN rm /tmp/f${i}`),
  'RUN chmod': (n) => lines(n, (i) => `COPY f${i} /app/f${i}\nRUN chmod 755 /app/f${i}`),
  'RUN mkdir and cd': (n) => lines(n, (i) => `RUN mkdir -p /a/${i} && cd /a/${i} && touch x`),
  'RUN npm install': (n) => lines(n, (i) => `COPY . .\nRUN npm install p${i}`),
  'RUN pip install': (n) => lines(n, (i) => `RUN pip install p${i}`),
  'RUN sudo': (n) => lines(n, (i) => `USER u${i}\nRUN sudo a`),
  ENV: (n) => lines(n, (i) => `ENV A${i}=b`),
  'ENV that uses the one before': (n) => lines(n, (i) => `ENV A${i + 1}=$A${i}`),
  'ENV that doubles': (n) => lines(n, 'ENV A=$A$A', 'FROM a\nENV A=b\n'),
  'ENV in one': (n) => `FROM a\nENV ${many(n, (i) => `A${i}=b`, ' ')}\n`,
  'ENV in one, of others': (n) => `FROM a\nENV ${many(n, (i) => `A${i + 1}=$A${i}`, ' ')}\n`,
  'ENV, old form': (n) => lines(n, (i) => `ENV A${i} b`),
  'a value of many variables': (n) => `FROM a\nENV A=b\nENV B=${many(n, '$A')}\nRUN echo $B\n`,
  ARG: (n) => lines(n, (i) => `ARG A${i}=b`),
  'ARG ahead of FROM': (n) => `${many(n, (i) => `ARG A${i}=$A${i - 1}\n`)}FROM a:$A1\n`,
  'ARG and RUN': (n) => lines(n, (i) => `ARG A${i}\nRUN echo $A${i}`),
  COPY: (n) => lines(n, (i) => `COPY f${i} /app/`),
  'COPY . .': (n) => lines(n, 'COPY . .'),
  'COPY of many sources': (n) => `FROM a\nCOPY ${many(n, (i) => `f${i}`, ' ')} /app/\n`,
  'COPY with a context': (n) => ({ text: lines(n, (i) => `COPY d${i % 10}/f${i}.txt /app/`), files: contextOf(n) }),
  ADD: (n) => lines(n, (i) => `ADD http://x/f${i}.tar.gz /app/`),
  LABEL: (n) => lines(n, (i) => `LABEL a${i}=b`),
  'LABEL in one': (n) => `FROM a\nLABEL ${many(n, (i) => `a${i}=b`, ' ')}\n`,
  'LABEL of many lines': (n) => `FROM a\nLABEL ${many(n, (i) => `a${i}=b`, ' \\\n  ')}\n`,
  EXPOSE: (n) => lines(n, (i) => `EXPOSE ${i}`),
  'EXPOSE in one': (n) => `FROM a\nEXPOSE ${many(n, (i) => `${i}`, ' ')}\n`,
  VOLUME: (n) => lines(n, (i) => `VOLUME /v${i}`),
  WORKDIR: (n) => lines(n, (i) => `WORKDIR d${i}`),
  'USER and WORKDIR': (n) => lines(n, (i) => `USER u${i}\nWORKDIR /d${i}\nRUN a`),
  SHELL: (n) => lines(n, 'SHELL ["/bin/bash", "-c"]\nRUN a | b'),
  'CMD, ENTRYPOINT and HEALTHCHECK': (n) => lines(n, 'CMD a\nENTRYPOINT b\nHEALTHCHECK CMD c'),
  ONBUILD: (n) => `FROM a AS b\n${many(n, 'ONBUILD RUN apt-get update && apt-get install -y x\n')}FROM b\nRUN c\n`,
  'ONBUILD with here-documents': (n) => lines(n, 'ONBUILD RUN <<E\na\nE'),
  MAINTAINER: (n) => lines(n, 'MAINTAINER a'),

  // stages
  FROM: (n) => many(n, 'FROM a\n'),
  'stages, each on the one before': (n) => `FROM a AS s0\n${many(n, (i) => `FROM s${i} AS s${i + 1}\nRUN a\n`)}`,
  'stages, each with ENV': (n) =>
    `FROM a AS s0\n${many(n, (i) => `FROM s${i} AS s${i + 1}\nENV A${i}=b\nCOPY x /y${i}\n`)}`,
  'stages, each copies from the one before': (n) =>
    `FROM a AS s0\n${many(n, (i) => `FROM a AS s${i + 1}\nCOPY --from=s${i} /x /y\n`)}`,
  'stages, all are copied from': (n) =>
    `${many(n, (i) => `FROM a AS s${i}\nRUN make\n`)}FROM scratch\n${many(n, (i) => `COPY --from=s${i} /x /y${i}\n`)}`,
  'stages of one name': (n) => many(n, 'FROM a AS s\nRUN b\n'),
  'stages with mounts from each other': (n) =>
    `FROM a AS s0\n${many(n, (i) => `FROM a AS s${i + 1}\nRUN --mount=from=s${i},target=/x make\n`)}`,
  'COPY --from one stage': (n) => `FROM a AS b\nRUN make\nFROM a\n${many(n, (i) => `COPY --from=b /x${i} /y${i}\n`)}`,

  // flags and here-documents
  'mounts in one': (n) => run(`${many(n, (i) => `--mount=type=cache,target=/c${i} `)}a`),
  'RUN with a mount': (n) => lines(n, 'RUN --mount=type=cache,target=/root/.cache pip install x'),
  flags: (n) => run(`${many(n, '--network=none ')}a`),
  'keys of a mount': (n) => run(`--mount=type=cache,${many(n, 'target=/a', ',')} a`),
  'here-documents': (n) => lines(n, 'RUN <<EOF\na\nb\nEOF'),
  'here-documents in one': (n) => run(`${many(n, (i) => `<<E${i} `)}cat\n${many(n, (i) => `x\nE${i}\n`)}`),
  'here-documents that are open': (n) => run(many(n, (i) => `<<E${i} `)),
  'openers below each other': (n) => lines(n, (i) => `RUN <<E${i}`),
  'lines of a here-document': (n) => run(`<<EOF\n${many(n, 'apt-get update && apt-get install -y x\n')}EOF`),
  'here-documents within one': (n) => run(`<<EOF\n${many(n, (i) => `cat <<E${i} > /f${i}\nx\nE${i}\n`)}EOF`),
  'lines of a copied here-document': (n) => `FROM a\nCOPY <<EOF /x\n${many(n, 'a $b\n')}EOF\n`,

  // words
  words: (n) => run(`echo ${many(n, 'word', ' ')}`),
  packages: (n) => run(`apt-get install -y ${many(n, (i) => `p${i}`, ' ')}`),
  'packages of pip': (n) => run(`pip install ${many(n, (i) => `p${i}`, ' ')}`),
  'one long word': (n) => run(`echo ${many(n, 'abcdefgh')}`),
  'one long path': (n) => `FROM a\nCOPY ${many(n, 'a/')}b ${many(n, '/../x')}\nWORKDIR ${many(n, 'c/./')}\n`,
  'one long image': (n) => `FROM ${many(n, 'a.b-c/')}d:${many(n, 'e.')}\n`,
  'one long digest': (n) => `FROM a@sha256:${many(n, 'f0')}\nFROM ${many(n, ':')}\nFROM ${many(n, '/')}\n`,
  'one long comment': (n) => `# ${many(n, 'dflint ignore ')}\n# check=${many(n, 'skip=')}\nFROM a\n`,
  'one long value': (n) => `FROM a\nENV A="${many(n, 'a b ')}" B=${many(n, '\\ ')}x\nLABEL c="${many(n, '=')}"\n`,
  'spaces in a line': (n) => `FROM a\nRUN a${many(n, ' ')}b${many(n, '\t')}\nCOPY a${many(n, ' ')}b\n`,
  'a URL': (n) => run(`curl http://${many(n, 'a.')}b/${many(n, 'c/')}?${many(n, 'd=e&')} -o /x`),
  quotes: (n) => run(`echo ${many(n, '"a"')}`),
  'single quotes': (n) => run(`echo ${many(n, "'a' ")}`),
  'open quotes': (n) => lines(n, 'RUN echo "a'),
  backslashes: (n) => run(`echo ${many(n, '\\\\')}`),
  'escaped quotes': (n) => run(`echo "${many(n, '\\"')}"`),
  braces: (n) => run(`echo ${many(n, '{')}${many(n, '}')}`),
  'brace expansions': (n) => run(`echo ${many(n, '{a,b}')}`),
  'variables in a word': (n) => run(`echo ${many(n, '$A')}`),
  'variables in words': (n) => run(`echo ${many(n, (i) => `$A${i} "\${B${i}}"`, ' ')}`),
  'nested variables': (n) => `FROM a\nENV A=${many(n, '${B:-')}${many(n, '}')}\n`,
  'nested variables of the shell': (n) => run(`echo ${many(n, '${B:-')}${many(n, '}')}`),
  'patterns of variables': (n) =>
    `FROM a\nENV A=${many(n, 'ab')}\nENV B=\${A%%${many(n, '*a')}c}\nENV C=\${A//a*b*/x}\n`,
  globs: (n) => `FROM a\nCOPY ${many(n, '*')}a ${many(n, '?')} /x/\nRUN rm -rf ${many(n, '/a*')}\n`,
  'globs over a context': (n) => ({ text: `FROM a\nCOPY ${many(n, 'd*/f*', ' ')} /x/\n`, files: contextOf(50) }),
  'JSON items': (n) => `FROM a\nCMD [${many(n, '"a"', ', ')}]\nCOPY [${many(n, '"a"', ', ')}, "/x/"]\n`,
  'broken JSON': (n) => `FROM a\nCMD [${many(n, '"a", ')}\nENTRYPOINT ${many(n, '[')}\n`,
  'bytes of no language': (n) => `FROM a\n${many(n, '\u0001\u009b漢\ud800')}\n`,

  // scripts
  pipes: (n) => run(many(n, 'a', ' | ')),
  'and then': (n) => run(many(n, 'a', ' && ')),
  'or else': (n) => run(many(n, 'a', ' || ')),
  'and or': (n) => run(many(n, 'a && b || c', '; ')),
  semicolons: (n) => run(many(n, 'a', '; ')),
  'apt-get chain': (n) => run(many(n, 'apt-get update && apt-get install -y x', ' && ')),
  'apk chain': (n) => run(many(n, 'apk add x && rm -rf /var/cache/apk/*', ' && ')),
  'yum and rm chain': (n) => run(many(n, 'yum install -y x && yum clean all', ' && ')),
  'curl chain': (n) => run(many(n, (i) => `curl -o /t${i} http://x/${i} | tar x`, ' && ')),
  'cd chain': (n) => run(many(n, (i) => `cd d${i}`, ' && ')),
  'cd and back': (n) => run(many(n, 'cd a; b; cd ..', '; ')),
  'variables set and used': (n) => run(many(n, (i) => `A${i}=$(b $A${i - 1}) && echo $A${i}`, ' && ')),
  'a variable set again': (n) => run(many(n, 'A=$A$A', '; ')),
  exports: (n) => run(many(n, (i) => `export A${i}=b`, '; ')),
  'mkdir and rm': (n) => run(many(n, (i) => `mkdir /a${i} && touch /a${i}/b && rm -rf /a${i}`, ' && ')),
  redirects: (n) => run(many(n, (i) => `echo a > /f${i}`, ' && ')),
  'redirects of one': (n) => run(`echo a ${many(n, (i) => `> /f${i}`, ' ')}`),
  assignments: (n) => run(`${many(n, (i) => `A${i}=b `)}c`),
  'set -e': (n) => run(many(n, 'set -eux', '; ')),
  tests: (n) => run(many(n, '[ "$a" = b ]', ' && ')),
  'test of many': (n) => run(`[ ${many(n, '-n "$a"', ' -a ')} ]`),
  'double brackets': (n) => run(many(n, '[[ $a == b* ]]', ' && ')),
  'double parentheses': (n) => run(many(n, '(( a + 1 ))', ' && ')),
  'open substitutions': (n) => run(many(n, '$(a ')),
  'nested substitutions': (n) => nested(n, '$(a ', 'b', ')'),
  'substitutions beside each other': (n) => run(`echo ${many(n, '$(a)', ' ')}`),
  'nested backticks': (n) => run(many(n, '`a` ')),
  'nested subshells': (n) => nested(n, '(', 'a', ')'),
  'nested groups': (n) => nested(n, '{ ', 'a; ', '}; '),
  'nested if': (n) => nested(n, 'if a; then ', 'b; ', 'fi; '),
  'nested for': (n) => nested(n, 'for i in a; do ', 'b; ', 'done; '),
  'nested while': (n) => nested(n, 'while a; do ', 'b; ', 'done; '),
  'nested case': (n) => nested(n, 'case a in b) ', 'c ', ';; esac '),
  'nested sh -c': (n) => run(`${many(n, 'sh -c "')}a${many(n, '"')}`),
  'nested arithmetic': (n) => nested(n, '$((', '1', '))'),
  'nested [[ (': (n) => run(`[[ ${many(n, '( ')}a${many(n, ' )')} ]]`),
  'else if': (n) => run(`if a; then b; ${many(n, 'elif c; then d; ')}fi`),
  'arms of case': (n) => run(`case $a in ${many(n, (i) => `${i}) b;; `)}esac`),
  'loops beside each other': (n) => run(many(n, 'for i in $(ls); do echo $i; done', '; ')),
  functions: (n) => run(many(n, (i) => `f${i}() { a; }`, '; ')),
  'nots and wrappers': (n) => run(`${many(n, 'env ')}a; ${many(n, 'sudo ')}b; ${many(n, 'time ')}c; ${many(n, '! ')}d`),
  xargs: (n) => run(`find / ${many(n, '-name a -o ')}-exec rm {} + | ${many(n, 'xargs ')}b`),
  'here-documents of the shell': (n) => run(`<<EOF\n${many(n, 'cat <<A\n')}${many(n, 'A\n')}EOF`),
  'find and xargs': (n) => run(many(n, 'find . | xargs rm', '; ')),
  powershell: (n) => `FROM a\nSHELL ["powershell", "-Command"]\nRUN ${many(n, 'Remove-Item x', '; ')}\n`,

  // comments that steer
  'ignore comments': (n) => lines(n, '# dflint ignore=unpinned-base-image\nRUN cd /a'),
  'ignore comments that silence nothing': (n) => `${many(n, '# dflint ignore=sudo\n')}FROM a\n`,
  'names in one ignore comment': (n) => `# dflint ignore=${many(n, 'sudo', ',')}\nFROM a\nRUN sudo a\n`,
  'hadolint comments': (n) => lines(n, '# hadolint ignore=DL3004\nRUN sudo a'),
  'comments for the file': (n) => `${many(n, '# dflint ignore-file=sudo\n')}FROM a\n${many(n, 'RUN sudo a\n')}`,
  'check comments': (n) => `${many(n, '# check=skip=JSONArgsRecommended\n')}FROM a\nCMD a\n`,
  'check comments above instructions': (n) => lines(n, '# check=skip=JSONArgsRecommended;experimental=all\nCMD a'),
  'names in one check comment': (n) => `# check=skip=${many(n, 'A', ',')};experimental=${many(n, 'B', ',')}\nFROM a\n`,
  'shell comments': (n) => lines(n, '# hadolint shell=/bin/bash\nRUN a | b'),
  'shellcheck comments': (n) => run(`a \\\n${many(n, '# shellcheck disable=SC2086\n')} && echo $a`),
  'syntax directives': (n) => `${many(n, '# syntax=docker/dockerfile:1\n')}FROM a\n`,

  // the build context
  'patterns of .dockerignore': (n) => ({
    text: 'FROM a\nCOPY . .\nRUN a\n',
    files: { ...contextOf(200), '.dockerignore': many(n, (i) => `**/g${i}*\n!h${i}\n`) },
  }),
  'files of the context': (n) => ({
    text: 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\n',
    files: { ...contextOf(n), 'package.json': '{}', '.dockerignore': '**/*.log\nd1\n' },
  }),
  'COPY . . over a context': (n) => ({ text: lines(n, 'COPY . /app\nRUN make'), files: contextOf(100) }),
};
