import { describe, expect, test } from 'vitest';
import { historyOf, instructionOf, writerOf } from '../../src/image/history.ts';
import { matchImage } from '../../src/image/index.ts';
import { analyze, parse, position } from '../../src/index.ts';
import { linesOf } from '../../src/text/lines.ts';
import type { History } from './archives.ts';

/** A file with everything that a history shows in its own way. */
const dockerfile = `ARG TAG=1
FROM debian:$TAG AS base
ARG VERSION=2
ENV A=1 B="two words"
LABEL org.example.title="An app"
FROM base
WORKDIR /srv
COPY --chown=app:app package.json package-lock.json ./
COPY --from=base --link /etc/a /etc/b
COPY ["a b.txt", "/opt/"]
ADD https://example.com/x.tgz /tmp/$VERSION/
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN --mount=type=cache,target=/c make \\
    # a comment
    -j4
RUN ["make", "install"]
RUN <<EOF
set -e
make check
EOF
COPY <<EOT /etc/conf
x=1
EOT
ONBUILD RUN make again
USER app
EXPOSE 80 443/udp
VOLUME ["/data", "/logs"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s CMD curl -f http://localhost/
ENTRYPOINT ["node", "a.js"]
CMD node b.js
`;

/** The base image of a real one: Debian's, and one that BuildKit built with instructions like ours. */
const base: History[] = [
  { created_by: "# debian.sh --arch 'amd64' out/ 'trixie'", comment: 'debuerreotype 0.15' },
  { created_by: 'ENV A=other', comment: 'buildkit.dockerfile.v0', empty_layer: true },
  { created_by: 'RUN /bin/sh -c apt-get update # buildkit', comment: 'buildkit.dockerfile.v0' },
  { created_by: 'CMD ["bash"]', comment: 'buildkit.dockerfile.v0', empty_layer: true },
];

const HASH = '01b0553b128d4b3874da2687f49510d7a1f9882a69db52690c33df2a986d2d7f';
const nop = (text: string): string => `/bin/sh -c #(nop) ${text}`;
/** Line, what the history says, whether it makes a layer. */
type Row = readonly [line: number, text: string, layer?: true];

const buildkit: Row[] = [
  [3, 'ARG VERSION=2'],
  [4, 'ENV A=1 B=two words'],
  [5, 'LABEL org.example.title=An app'],
  [7, 'WORKDIR /srv', true],
  [8, 'COPY --chown=app:app package.json package-lock.json ./ # buildkit', true],
  [9, 'COPY /etc/a /etc/b # buildkit', true],
  [10, 'COPY a b.txt /opt/ # buildkit', true],
  [11, 'ADD https://example.com/x.tgz /tmp/2/ # buildkit', true],
  [12, 'SHELL [/bin/bash -o pipefail -c]'],
  [13, 'RUN |1 VERSION=2 /bin/bash -o pipefail -c make     -j4 # buildkit', true],
  [16, 'RUN |1 VERSION=2 make install # buildkit', true],
  [17, 'RUN |1 VERSION=2 /bin/bash -o pipefail -c set -e\nmake check\n # buildkit', true],
  [21, 'COPY <<EOT /etc/conf # buildkit', true],
  [25, 'USER app'],
  [26, 'EXPOSE map[443/udp:{} 80/tcp:{}]'],
  [27, 'VOLUME [/data /logs]'],
  [28, 'STOPSIGNAL SIGTERM'],
  [29, 'HEALTHCHECK &{["CMD-SHELL" "curl -f http://localhost/"] "30s" "0s" "0s" "0s" \'\\x00\'}'],
  [30, 'ENTRYPOINT ["node" "a.js"]'],
  [31, 'CMD ["/bin/bash" "-o" "pipefail" "-c" "node b.js"]'],
];

const classic: Row[] = [
  [3, nop(' ARG VERSION=2')],
  [4, nop(' ENV A=1 B=two words')],
  [5, nop(' LABEL org.example.title=An app')],
  [7, nop('WORKDIR /srv'), true],
  [8, nop(`COPY --chown=app:app multi:${HASH} in ./ `), true],
  [9, nop(`COPY file:${HASH} in /etc/b `), true],
  [10, nop(`COPY file:${HASH} in /opt/ `), true],
  [11, nop(`ADD ${HASH} in /tmp/2/ `), true],
  [12, nop(' SHELL [/bin/bash -o pipefail -c]')],
  [13, '|1 VERSION=2 /bin/bash -o pipefail -c make     -j4', true],
  [16, '|1 VERSION=2 make install', true],
  [24, nop(' ONBUILD RUN make again')],
  [25, nop(' USER app')],
  [26, nop(' EXPOSE 443/udp 80')],
  [27, nop(' VOLUME [/data /logs]')],
  [28, nop(' STOPSIGNAL SIGTERM')],
  [29, nop(' HEALTHCHECK &{["CMD-SHELL" "curl -f http://localhost/"] "30s" "0s" "0s" \'\\x00\'}')],
  [30, nop(' ENTRYPOINT ["node" "a.js"]')],
  [31, nop(' CMD ["/bin/bash" "-o" "pipefail" "-c" "node b.js"]')],
];

const buildah: Row[] = [
  [3, nop('ARG VERSION=2')],
  [4, nop('ENV A=1 B="two words"')],
  [5, nop('LABEL org.example.title="An app"')],
  [7, nop('WORKDIR /srv')],
  [8, nop(`COPY multi:${HASH} in ./ `), true],
  [9, nop(`COPY file:${HASH} in /etc/b  --link`), true],
  [10, nop(`COPY file:${HASH} in /opt/ `), true],
  [11, nop(`ADD ${HASH} in /tmp/$VERSION/ `), true],
  [12, nop('SHELL ["/bin/bash", "-o", "pipefail", "-c"]')],
  [13, '|1 VERSION=2 /bin/sh -c --mount=type=cache,target=/c make     -j4', true],
  [16, '|1 VERSION=2 /bin/sh -c ["make", "install"]', true],
  [17, '|1 VERSION=2 /bin/sh -c <<EOF\nset -e\nmake check', true],
  [21, nop(`COPY ${HASH} in /etc/conf `), true],
  [24, nop('ONBUILD RUN make again')],
  [25, nop('USER app')],
  [26, nop('EXPOSE 80 443/udp')],
  [27, nop('VOLUME ["/data", "/logs"]')],
  [28, nop('STOPSIGNAL SIGTERM')],
  [29, nop('HEALTHCHECK --interval=30s CMD curl -f http://localhost/')],
  [30, nop('ENTRYPOINT ["node", "a.js"]')],
  [31, nop('CMD node b.js')],
];

const kaniko: Row[] = [
  [7, 'WORKDIR /srv', true],
  [8, 'COPY --chown=app:app package.json package-lock.json ./', true],
  [9, 'COPY --from=base --link /etc/a /etc/b', true],
  [10, 'COPY ["a b.txt", "/opt/"]', true],
  [11, 'ADD https://example.com/x.tgz /tmp/$VERSION/', true],
  [13, 'RUN --mount=type=cache,target=/c make     -j4', true],
  [16, 'RUN ["make", "install"]', true],
  [17, 'RUN <<EOF', true],
  [21, 'COPY <<EOT /etc/conf', true],
];

const marks: Record<string, Partial<History>> = {
  buildkit: { comment: 'buildkit.dockerfile.v0' },
  classic: {},
  buildah: { comment: 'FROM debian:1' },
  kaniko: { author: 'kaniko' },
};

function matched(own: readonly Row[], writer: string, text = dockerfile, squash: History[] = []) {
  const entries: History[] = own.map(([, created_by, layer]) => ({
    created_by,
    ...marks[writer],
    ...(layer ? {} : { empty_layer: true }),
  }));
  const all = [...base, ...entries, ...squash];
  const history = historyOf(all, all.filter((it) => !it.empty_layer).length);
  const model = analyze(parse(text).ast);
  const found = matchImage({ writer: writerOf({}, history), history }, model)!;
  const lines = linesOf(text);
  const lineOf = (it: (typeof found.instructions)[number]): number =>
    position(lines, it.layer.instruction.span.start).line;
  const pairs = found.instructions.flatMap((it) =>
    it.entry === undefined ? [] : [[it.entry - base.length, lineOf(it)] as const],
  );
  return {
    writer: writerOf({}, history),
    lines: Object.fromEntries(pairs),
    firstOwn: found.firstOwn - base.length,
    strangers: found.strangers.map((it) => it - base.length),
    drifted: found.drifted.map(lineOf),
    unrelated: found.unrelated,
    squashed: found.squashed,
  };
}

const whole = (rows: readonly Row[]) => Object.fromEntries(rows.map(([line], index) => [index, line]));
const clean = { firstOwn: 0, strangers: [], drifted: [], unrelated: false, squashed: false };
// the classic builder reads no here-documents
const older = dockerfile.replace(/RUN <<EOF[\s\S]*?\nEOT\n/, '#\n'.repeat(7));

describe('every instruction is found in the history of its builder', () => {
  test.for<[string, readonly Row[], string]>([
    ['buildkit', buildkit, dockerfile],
    ['classic', classic, older],
    ['buildah', buildah, dockerfile],
    ['kaniko', kaniko, dockerfile],
  ])('%s', ([writer, rows, text]) => {
    expect(matched(rows, writer, text)).toEqual({ writer, lines: whole(rows), ...clean });
  });
});

describe('another version of the file', () => {
  const rows = buildkit;
  const at = (line: number): number => rows.findIndex(([it]) => it === line);
  test('an instruction that the image does not have', () => {
    const less = rows.toSpliced(at(16), 1);
    expect(matched(less, 'buildkit')).toEqual({ writer: 'buildkit', lines: whole(less), ...clean, drifted: [16] });
  });
  test('an entry that the file does not have', () => {
    const more = rows.toSpliced(at(16), 0, [0, 'RUN /bin/sh -c rm -rf /old # buildkit', true]);
    const { lines, ...rest } = matched(more, 'buildkit');
    expect(rest).toEqual({ writer: 'buildkit', ...clean, strangers: [at(16)] });
    expect(lines).not.toHaveProperty(String(at(16)));
  });
  test('a command that was changed, a little or altogether', () => {
    for (const text of ['make     -j8 -k', 'ninja']) {
      const other: Row = [13, `RUN |1 VERSION=2 /bin/bash -o pipefail -c ${text} # buildkit`, true];
      const found = matched(rows.with(at(13), other), 'buildkit');
      expect(found).toEqual({ writer: 'buildkit', lines: whole(rows), ...clean, drifted: [13] });
    }
  });
  test('the first instruction of the file is new: the base is not taken for it', () => {
    const text = dockerfile.replace('ARG VERSION=2', 'RUN apt-get upgrade');
    expect(matched(rows.slice(1), 'buildkit', text)).toMatchObject({ firstOwn: 0, drifted: [3], strangers: [] });
  });
  test('another file altogether', () => {
    const other = 'FROM alpine\nRUN apk add curl\nCOPY main.go /go/\nRUN go build\nCMD ["/go/main"]\n';
    expect(matched(rows, 'buildkit', other)).toEqual({
      writer: 'buildkit',
      lines: {},
      firstOwn: rows.length,
      strangers: [],
      drifted: [],
      unrelated: true,
      squashed: false,
    });
  });
});

describe('one layer for all', () => {
  const emptied = (rows: readonly Row[]): Row[] => rows.map(([line, text]) => [line, text]);
  test('buildah without --layers', () => {
    const rows = emptied(buildah).with(-1, [31, buildah.at(-1)![1], true]);
    expect(matched(rows, 'buildah')).toEqual({ writer: 'buildah', lines: whole(rows), ...clean, squashed: true });
  });
  test('docker build --squash', () => {
    const merge = [{ comment: `merge sha256:${HASH} to sha256:${HASH}` }];
    const found = matched(emptied(classic), 'classic', older, merge);
    expect(found).toEqual({ writer: 'classic', lines: whole(classic), ...clean, squashed: true });
  });
  test('kaniko --single-snapshot', () => {
    const rows: Row[] = [[21, 'COPY <<EOT /etc/conf', true]];
    expect(matched(rows, 'kaniko')).toEqual({ writer: 'kaniko', lines: { 0: 21 }, ...clean, squashed: true });
  });
  test('a file that makes one layer is not squashed', () => {
    const text = 'FROM a\nENV A=1\nRUN make\nCMD ["x"]\n';
    const rows: Row[] = [
      [2, 'ENV A=1'],
      [3, 'RUN /bin/sh -c make # buildkit', true],
      [4, 'CMD ["x"]'],
    ];
    expect(matched(rows, 'buildkit', text)).toEqual({ writer: 'buildkit', lines: whole(rows), ...clean });
  });
});

test('a file that is only FROM', () => {
  expect(matched([], 'buildkit', 'FROM a\n')).toMatchObject({ firstOwn: 0, unrelated: false, drifted: [] });
});

test.for<[string, string | undefined, string]>([
  ['RUN |2 A=1 B=a b /bin/sh -c make all # buildkit', 'RUN', 'make all'],
  ['RUN /bin/sh -c make # buildkit', 'RUN', 'make'],
  ['RUN /bin/bash -euo pipefail -c make # buildkit', 'RUN', 'make'],
  ['RUN sh x.sh -c y # buildkit', 'RUN', 'sh x.sh -c y'],
  ['/bin/sh -c make', 'RUN', 'make'],
  ['|1 A=1 make install', 'RUN', 'make install'],
  ['/bin/sh -c #(nop)  CMD ["a"]', 'CMD', '["a"]'],
  ['/bin/sh -c #(nop) copy file:1 in /a ', 'COPY', 'file:1 in /a'],
  ['ENV A=1', 'ENV', 'A=1'],
  ['run something', undefined, 'run something'],
  ['bazel build //:image', undefined, 'bazel build //:image'],
  ['', undefined, ''],
])('read: %s', ([createdBy, keyword, text]) => {
  expect(instructionOf(createdBy)).toEqual({ keyword, text });
});

test('what BuildKit makes of ports, and of variables and folders that only the base image knows', () => {
  const text = 'FROM a\nWORKDIR app\nENV PATH=/opt/bin:$PATH B=2\nEXPOSE 80:80 90/UDP 8000-8001\n';
  const rows = ['WORKDIR /app', 'ENV PATH=/opt/bin:/usr/bin:/bin B=2', 'EXPOSE [80/tcp 8000/tcp 8001/tcp 90/udp]'];
  const config = rows.map((created_by) => ({
    created_by,
    comment: 'buildkit.dockerfile.v0',
    empty_layer: !created_by.startsWith('WORKDIR'),
  }));
  const match = matchImage({ writer: 'buildkit', history: historyOf(config, 1) }, analyze(parse(text).ast))!;
  expect(match.drifted.map(({ layer }) => layer.instruction.keyword.text)).toEqual([]);
});

// as BuildKit writes it where the base is a folder, or an image without a history
test('layers of the base without an entry, for which BuildKit adds one at the end', () => {
  const dockerfile = { comment: 'buildkit.dockerfile.v0' };
  const added = { created_by: 'mount / from exec /bin/cp /a /b', comment: 'buildkit.exporter.image.v0' };
  const own = ['COPY a /a # buildkit', 'RUN /bin/cp /a /b # buildkit'].map((it) => ({ created_by: it, ...dockerfile }));
  const layersOf = (history: History[], layers: number) =>
    historyOf(history, layers).map(({ createdBy, layer }) => [createdBy.slice(0, 6), layer]);
  const [copy, run] = [
    ['COPY a', 1],
    ['RUN /b', 2],
  ];
  expect(layersOf([...own, added], 3)).toEqual([copy, run]);
  const next = { created_by: 'COPY b /b # buildkit', ...dockerfile };
  expect(layersOf([...own, added, next], 4)).toEqual([copy, run, ['COPY b', 3]]);
  // what no Dockerfile made has these only
  expect(layersOf([added, added], 2).map(([, layer]) => layer)).toEqual([0, 1]);
});
