import { expect, test } from 'vitest';
import { parse } from '../../src/index.ts';
import { divided, dockerfile, type Files, outcome } from './divided.ts';

const main = 'int main(void) { return 0; }';

const table: readonly [caption: string, text: string, last: readonly string[], files?: Files][] = [
  [
    'a compiler',
    dockerfile`
      FROM gcc:14-trixie
      COPY . /usr/src/myapp
      WORKDIR /usr/src/myapp
      RUN gcc -o myapp main.c
      CMD ["./myapp"]
    `,
    [
      'FROM debian:trixie-slim',
      'WORKDIR /usr/src/myapp',
      'COPY --from=build /usr/src/myapp/myapp ./myapp',
      'CMD ["./myapp"]',
    ],
    {
      'main.c': main,
    },
  ],
  [
    'C++ with the libraries of the compiler',
    dockerfile`
      FROM gcc:14-trixie
      WORKDIR /app
      COPY *.cpp words.txt ./
      RUN g++ -fopenmp *.cpp -o words
      CMD ["./words", "words.txt"]
    `,
    [
      'FROM debian:trixie-slim',
      'RUN apt-get update \\',
      ' && apt-get install -y --no-install-recommends \\',
      '      libgomp1 \\',
      ' && rm -rf /var/lib/apt/lists/*',
      'WORKDIR /app',
      'COPY --from=build /app/words ./words',
      'COPY --from=build /usr/local/lib64*/libstdc++.so.6* /usr/local/lib/',
      'COPY --from=build /usr/local/lib64*/libgcc_s.so.1* /usr/local/lib/',
      'COPY --from=build /usr/local/lib64*/libgomp.so.1* /usr/local/lib/',
      'COPY words.txt ./words.txt',
      'RUN ldconfig',
      'CMD ["./words", "words.txt"]',
    ],
    {
      'main.cpp': main,
      'words.txt': 'x',
    },
  ],
  [
    'make install, as the Makefile tells',
    dockerfile`
      FROM debian:bookworm
      RUN apt-get update && apt-get install -y build-essential git
      ADD . /usr/src/d
      RUN cd /usr/src/d && make && make install
      CMD ["d", "-c", "/etc/d/d.conf"]
    `,
    [
      'FROM debian:bookworm-slim',
      'COPY --from=build /usr/local/bin/d /usr/local/bin/d',
      'COPY --from=build /etc/d/d.conf /etc/d/d.conf',
      'CMD ["d", "-c", "/etc/d/d.conf"]',
    ],
    {
      'main.c': main,
      'd.conf': 'x',
      Makefile: `PREFIX ?= /usr/local
d: main.o
	$(CC) -o $@ $^
install: d
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)/etc/d
	install -m 755 d $(DESTDIR)$(PREFIX)/bin/
	install -m 644 d.conf $(DESTDIR)/etc/d/
`,
    },
  ],
  [
    'make install with a prefix',
    dockerfile`
      FROM debian:bookworm
      RUN apt-get update && apt-get install -y gcc make
      WORKDIR /src
      COPY . .
      RUN make install PREFIX=/opt/d
      CMD ["/opt/d/bin/d"]
    `,
    [
      'FROM debian:bookworm-slim',
      'WORKDIR /src',
      'COPY --from=build /opt/d/bin/d /opt/d/bin/d',
      'CMD ["/opt/d/bin/d"]',
    ],
    {
      'main.c': main,
      Makefile: `PREFIX=/usr
install:
	mkdir -p $(PREFIX)/bin
	cp d $(PREFIX)/bin
`,
    },
  ],
  [
    'cmake, and the libraries of headers',
    dockerfile`
      FROM debian:bookworm-slim
      RUN apt-get update && apt-get install -y --no-install-recommends g++ make cmake libssl-dev
      WORKDIR /opt/calc
      COPY . .
      RUN mkdir -p build && cd build && cmake .. && make -j$(nproc)
      ENTRYPOINT ["/opt/calc/build/calc"]
    `,
    [
      'FROM debian:bookworm-slim',
      'RUN apt-get update \\',
      ' && apt-get install -y --no-install-recommends \\',
      '      libssl3 \\',
      ' && rm -rf /var/lib/apt/lists/*',
      'WORKDIR /opt/calc',
      'COPY --from=build /opt/calc/build/calc ./build/calc',
      'COPY data ./data',
      'ENTRYPOINT ["/opt/calc/build/calc"]',
    ],
    {
      'CMakeLists.txt': 'add_executable(calc main.cc)',
      'main.cc': 'int main() { open("data/a.csv"); }',
      'data/a.csv': 'x',
    },
  ],
  [
    'cmake --install',
    dockerfile`
      FROM debian:trixie
      RUN apt-get update && apt-get install -y cmake g++ ninja-build
      COPY CMakeLists.txt /src/
      COPY src /src/src
      RUN cmake -S /src -B /tmp/build -DCMAKE_INSTALL_PREFIX=/opt/g && cmake --build /tmp/build && cmake --install /tmp/build
      CMD ["/opt/g/bin/g"]
    `,
    ['FROM debian:trixie-slim', 'COPY --from=build /opt/g /opt/g', 'CMD ["/opt/g/bin/g"]'],
    {
      'CMakeLists.txt': `add_library(g SHARED src/g.cpp)
install(TARGETS g DESTINATION lib)`,
      'src/g.cpp': main,
    },
  ],
  [
    'a library of its own comes with its folder',
    dockerfile`
      FROM debian:bookworm
      RUN apt-get update && apt-get install -y gcc make
      WORKDIR /srv
      COPY . /srv
      RUN make
      ENV LD_LIBRARY_PATH=/srv/lib
      CMD ["./bin/app"]
    `,
    [
      'FROM debian:bookworm-slim',
      'WORKDIR /srv',
      'COPY --from=build /srv /srv',
      'ENV LD_LIBRARY_PATH=/srv/lib',
      'CMD ["./bin/app"]',
    ],
    {
      'app.c': main,
      Makefile: `bin/app: app.c
	gcc -shared -fPIC -o lib/libfoo.so foo.c
	gcc -o bin/app app.c -Llib -lfoo`,
    },
  ],
  [
    'a script that starts the program, which starts another',
    dockerfile`
      FROM debian:bookworm
      RUN apt-get update && apt-get install -y build-essential python3
      COPY . /app
      WORKDIR /app
      RUN make -C src
      ENTRYPOINT ["sh", "./run.sh"]
    `,
    [
      'FROM debian:bookworm-slim',
      'RUN apt-get update \\',
      ' && apt-get install -y \\',
      '      python3 \\',
      ' && rm -rf /var/lib/apt/lists/*',
      'WORKDIR /app',
      'COPY --from=build /app/src/ex ./src/ex',
      'COPY run.sh ./run.sh',
      'COPY tools ./tools',
      'ENTRYPOINT ["sh", "./run.sh"]',
    ],
    {
      'run.sh': `#!/bin/sh
./src/ex`,
      'src/Makefile': `ex: main.c
	cc -o ex main.c`,
      'src/main.c': 'int main(void) { return system("python3 tools/report.py"); }',
      'tools/report.py': 'x',
    },
  ],
  [
    'meson',
    dockerfile`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install -y meson ninja-build gcc
      WORKDIR /build
      COPY . .
      RUN meson setup out && ninja -C out && ninja -C out install
      ENTRYPOINT ["/usr/local/bin/mes"]
    `,
    [
      'FROM debian:trixie-slim',
      'WORKDIR /build',
      'COPY --from=build /usr/local /usr/local',
      'RUN ldconfig',
      'ENTRYPOINT ["/usr/local/bin/mes"]',
    ],
    {
      'meson.build': `executable('mes', 'mes.c', install: true)`,
      'mes.c': main,
    },
  ],
  [
    'a program whose compiler is removed again',
    dockerfile`
      FROM debian:bookworm
      RUN apt-get update && apt-get install -y build-essential bc
      ADD main.c /tmp/main.c
      RUN gcc /tmp/main.c -o /usr/local/bin/calc && rm /tmp/main.c && apt-get remove -y build-essential
      CMD calc
    `,
    [
      'FROM debian:bookworm-slim',
      'RUN apt-get update \\',
      ' && apt-get install -y \\',
      '      bc \\',
      ' && rm -rf /var/lib/apt/lists/*',
      'COPY --from=build /usr/local/bin/calc /usr/local/bin/calc',
      'CMD calc',
    ],
    {
      'main.c': main,
    },
  ],
  [
    'refused: an install among the files of the system',
    dockerfile`
      FROM debian:bookworm
      RUN apt-get update && apt-get install -y autoconf automake make gcc
      COPY . /src
      WORKDIR /src
      RUN autoreconf -fi && ./configure --prefix=/usr && make && make install
      CMD hello
    `,
    ['line 5: what it installs in /usr stands among the files of the base image'],
    {
      'configure.ac': 'x',
      'Makefile.am': 'bin_PROGRAMS = hello',
      'main.c': main,
    },
  ],
  [
    'refused: an install that the Makefile does not tell',
    dockerfile`
      FROM debian:bookworm
      RUN apt-get update && apt-get install -y make gcc
      COPY . /src
      WORKDIR /src
      RUN make install
      CMD hello
    `,
    ['line 5: where make install puts its files is not told by the Makefile'],
    {
      'main.c': main,
      Makefile: `install:
	./install.sh $(shell uname)`,
    },
  ],
  [
    'refused: it builds when it starts',
    dockerfile`
      FROM gcc:14-trixie
      COPY . /src
      WORKDIR /src
      RUN make
      CMD make run
    `,
    ['line 5: make run builds when the container starts'],
    {
      'main.c': main,
      Makefile: 'x',
    },
  ],
];

test.each(table)('%s', (_, text, last, files) => {
  expect(outcome(text, files)).toEqual(last);
  const { text: after } = divided(text, files);
  expect(parse(after).errors).toEqual([]);
  expect(divided(after, files).text).toBe(after);
});

test('the build stage has what lies beside the folder in which it builds', () => {
  const text = dockerfile`
    FROM debian:bookworm
    WORKDIR /game
    COPY include include/
    COPY src src/
    COPY levels levels/
    COPY run.conf /etc/game.conf
    RUN make -C src
    CMD ["./src/game"]
  `;
  const files = { 'include/a.h': 'x', 'src/Makefile': 'x', 'src/a.c': main, 'levels/one': 'x', 'run.conf': 'x' };
  const { text: after } = divided(text, files);
  expect(after.slice(0, after.lastIndexOf('FROM')).trim().split('\n')).toEqual([
    'FROM debian:bookworm AS build',
    'WORKDIR /game',
    'COPY include include/',
    'COPY src src/',
    'COPY levels levels/',
    'RUN make -C src',
  ]);
  expect(outcome(text, files)).toEqual([
    'FROM debian:bookworm-slim',
    'WORKDIR /game',
    'COPY levels levels/',
    'COPY run.conf /etc/game.conf',
    'COPY --from=build /game/src/game ./src/game',
    'CMD ["./src/game"]',
  ]);
});
