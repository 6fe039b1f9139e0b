import fc from 'fast-check';
import { editedText, likelyText, samples } from '../grammar/arbitrary.ts';

/** Dockerfiles that use much of what the rules look at, whole and damaged. */

const scripts = [
  ...[
    'apt-get update',
    'apt-get install -y curl git=1:2',
    'rm -rf /var/lib/apt/lists/*',
    'apk add --no-cache curl',
    'yum install -y x',
  ],
  ...[
    'npm ci',
    'npm install',
    'pip install -r requirements.txt',
    'pip install a b==1',
    'go build ./...',
    'bundle install',
    'cargo build',
  ],
  ...[
    'cd /app',
    'cd ..',
    'sudo a',
    'curl -sSL http://x/y.tar.gz | tar xz',
    'wget -O /f http://x',
    'cat f | grep a',
    'useradd -m app',
  ],
  ...[
    'export A=$(b)',
    'A=b',
    'echo $A',
    'echo "$A" > /f',
    'chmod 755 /app/f',
    'chown -R app /app',
    'mkdir -p /app',
    'ln -s a b',
    'set -eux',
  ],
  ...[
    'if [ "$A" == b ]; then c; fi',
    'for i in $(ls); do echo $i; done',
    '[[ -f x ]]',
    '{ a; }',
    '(a)',
    'case $a in b) c;; esac',
    '`a`',
    '$((1+1))',
  ],
  ...[
    'sh -c "a | b"',
    "bash -c 'set -o pipefail; a | b'",
    'find . -name *.py | xargs rm',
    'source x',
    'useradd -u 1000 a && su a',
    'cp a b',
    'true',
    'useless',
  ],
  ...[
    'cat <<E\nx\nE\n',
    'eval $x',
    'exec a',
    "sed -i 's/a/b/' f",
    'tee /f',
    'make',
    'make install',
    'git clone https://x/y.git',
  ],
];
const joints = [' && ', ' && ', ' && \\\n    ', '; ', ' || ', ' | ', ' & ', ' '];
const script = fc
  .array(fc.tuple(fc.constantFrom(...scripts), fc.constantFrom(...joints)), { minLength: 1, maxLength: 5 })
  .map((all) => all.map(([it, joint], index) => it + (index < all.length - 1 ? joint : '')).join(''));
const lines = [
  ...[
    'FROM alpine',
    'FROM debian:12 AS a',
    'FROM a',
    'FROM node:20 AS b',
    'FROM scratch',
    'FROM --platform=$BUILDPLATFORM golang:1.24',
    'FROM $A',
    'from a as c',
  ],
  ...[
    'ARG A',
    'ARG A=b',
    'ARG A=$B',
    'ENV A=b',
    'ENV A $A',
    'ENV A=$A$A B="c d"',
    'ENV PATH=/x:$PATH',
    'LABEL a=b "c"=d',
    'MAINTAINER x',
  ],
  ...[
    'COPY . .',
    'COPY package*.json ./',
    'COPY --from=a /x /y',
    'COPY --from=0 / /',
    'COPY --chown=app a b c/',
    'ADD http://x/y.tgz /z/',
    'ADD a.tar /b',
    'COPY ["a b", "c"]',
  ],
  ...[
    'COPY <<E /x\na $A\nE',
    'RUN <<E\na\ncd b\nE',
    'RUN --mount=type=cache,target=/root/.cache pip install x',
    'RUN --mount=from=a,target=/x make',
    'RUN ["a", "b"]',
  ],
  ...[
    'WORKDIR /app',
    'WORKDIR app',
    'USER app',
    'USER root',
    'USER 1000:1000',
    'EXPOSE 80 443/tcp',
    'VOLUME /app',
    'SHELL ["/bin/bash", "-c"]',
    'STOPSIGNAL 9',
  ],
  ...[
    'CMD a b',
    'CMD ["a"]',
    'ENTRYPOINT ["sh", "-c", "a"]',
    'ENTRYPOINT a',
    'HEALTHCHECK CMD curl x || exit 1',
    'HEALTHCHECK NONE',
    'ONBUILD COPY . .',
    'ONBUILD RUN apt-get update',
  ],
  ...[
    '# dflint ignore=all',
    '# dflint ignore-file=sudo -- why',
    '# hadolint ignore=DL3008',
    '# check=skip=all',
    '# syntax=docker/dockerfile:1',
    '# escape=`',
    '# hadolint shell=bash',
    '# a',
    '',
  ],
];
const line = fc.oneof(
  fc.constantFrom(...lines),
  script.map((it) => `RUN ${it}`),
  fc
    .tuple(fc.constantFrom('CMD', 'ENTRYPOINT', 'HEALTHCHECK CMD', 'ONBUILD RUN', 'run'), script)
    .map(([keyword, it]) => `${keyword} ${it}`),
);
const written = fc
  .tuple(
    fc.constantFrom('', 'FROM alpine\n', 'FROM debian:12\n', 'FROM node:20 AS a\n'),
    fc.array(line, { maxLength: 10 }),
    fc.constantFrom('\n', '\n', '\r\n'),
  )
  .map(([first, all, end]) => (first + all.join('\n') + (all.length > 0 ? '\n' : '')).replaceAll('\n', end));

/** Small Dockerfiles only: how it goes on with large ones is another question. */
const small = samples().filter((text) => text.split('\n').length <= 30);

export const wholeText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: written },
  { weight: 3, arbitrary: written.chain((text) => editedText([text])) },
  { weight: 2, arbitrary: editedText(small) },
  { weight: 1, arbitrary: likelyText },
);
