import { describe, expect, test } from 'vitest';
import { context } from '../../src/model/context/context.ts';
import { memoryHost } from '../../src/model/context/memory.ts';
import { bringsOf } from '../../src/model/files/brings.ts';
import { lines, modelOf } from './model.ts';

/** What the last step does: `kind path[/**] means[ bytes][ ?]`, and `...` where that is not all. */
function told(text: string, files?: Readonly<Record<string, string>>): string[] {
  const options = files ? { context: context(memoryHost(files), 'Dockerfile') } : {};
  const step = modelOf(`FROM debian:12 ⏎ ${text}`, options).stages[0]!.steps.at(-1)!;
  const { all, complete } = step.effects;
  const rows = all
    .filter(({ means }) => means !== 'packages' && means !== 'cache')
    .map(({ kind, path, deep, means, bytes, sure }) =>
      [kind, path + (deep ? '/**' : ''), means, ...(bytes === undefined ? [] : [bytes]), ...(sure ? [] : ['?'])].join(
        ' ',
      ),
    );
  return complete ? rows : [...rows, '...'];
}

describe('what a step does to files', () => {
  test.for<[string, string[]]>([
    // COPY and ADD
    ['COPY a.txt /srv/', ['write /srv/a.txt copy']],
    ['COPY a.txt b.txt /srv/', ['write /srv/a.txt copy', 'write /srv/b.txt copy']],
    ['COPY a.txt /srv/b.txt', ['write /srv/b.txt copy']],
    ['COPY a.txt /tmp', ['write /tmp/a.txt copy']],
    ['WORKDIR /app ⏎ COPY . .', ['write /app/** copy']],
    ['WORKDIR app ⏎ COPY a.txt ./', ['write /app/a.txt copy']],
    ['COPY src /app/src', ['write /app/src/** copy']],
    ['COPY --from=b /libs/*.jar /app/app.jar', ['write /app/app.jar/** copy']],
    ['COPY *.sh /usr/local/bin/', ['write /usr/local/bin/*.sh/** copy']],
    ['ENV D=/d ⏎ COPY a.txt $D/', ['write /d/a.txt copy']],
    ['ARG D=/d ⏎ COPY a.txt $D/', ['write /d/a.txt copy']],
    ['ARG D ⏎ COPY a.txt $D/x', ['...']],
    ['COPY --from=build /out/app.bin /usr/bin/', ['write /usr/bin/app.bin copy']],
    ['ADD rootfs.tar.xz /', ['write //** extract']],
    ['ADD https://example.com/v1/tool.zip?x=1 /opt/', ['write /opt/tool.zip download']],
    ['ADD https://example.com/x.git#v1 /src', ['write /src/** clone']],
    ['ADD --unpack https://example.com/a.tar?x=1 /src', ['write /src/** extract']],
    ['ADD --unpack=false a.tar /src/', ['write /src/a.tar copy']],
    [
      'COPY <<a.conf <<b.conf /etc/x/ ⏎ one ⏎ a.conf ⏎ two2 ⏎ b.conf',
      ['write /etc/x/a.conf copy 4', 'write /etc/x/b.conf copy 5'],
    ],
    ['WORKDIR /a/b', ['write /a/b folder']],
    ['ENV A=1', []],
    // files by commands
    ['RUN mkdir -p /a /b && touch /a/x', ['write /a folder', 'write /b folder', 'write /a/x file']],
    ['RUN rm -rf /a/{b,c} /tmp/*', ['remove /a/b/** remove', 'remove /a/c/** remove', 'remove /tmp/*/** remove']],
    [
      'WORKDIR /w ⏎ RUN cd src && rm x && (cd /y; rm z) ; cp a b',
      [
        'read /w/src enter',
        'remove /w/src/x remove',
        'read /y enter',
        'remove /y/z remove',
        'read /w/src/a read',
        'write /w/src/b file',
      ],
    ],
    ['RUN cp -r /a /b /c/', ['read /a/** read', 'read /b/** read', 'write /c/a/** file', 'write /c/b/** file']],
    ['RUN mv /a/x.bin /usr/bin/x', ['remove /a/x.bin/** remove', 'write /usr/bin/x/** move']],
    ['RUN install -m 755 -t /usr/bin /x/y', ['read /x/y read', 'write /usr/bin/y file']],
    ['RUN install -d /x/y', ['write /x/y folder']],
    ['RUN ln -s /a /b', ['write /b link']],
    [
      'RUN ln -s /a/b /usr/bin && cp /a/c /usr/bin',
      ['write /usr/bin/b link', 'read /a/c read', 'write /usr/bin/c file'],
    ],
    ['RUN chown -R app:app /app && chmod 755 /run.sh', ['change /app/** owner', 'change /run.sh mode']],
    ['RUN chmod -R u+x /app/bin', ['change /app/bin/** mode']],
    ["RUN sed -i 's/a/b/' /etc/x && sed -n 1p /etc/y", ['change /etc/x edit', 'read /etc/y read']],
    [
      'RUN echo a > /a 2>/dev/null && echo b >> /b && cat < /c',
      ['write /a redirect', 'change /b edit', 'read /c read'],
    ],
    ['RUN if true; then rm /x; fi', ['remove /x remove ?']],
    ['RUN test -f /x || rm /y', ['read /x/** read ?', 'remove /y remove ?']],
    // the script goes on where one of them fails
    ['RUN cd /a && touch b || true; touch c', ['read /a enter ?', 'write /a/b file ?', '...']],
    ['RUN (true && touch /a) || :', ['write /a file ?']],
    ['RUN rm -rf /a || true', ['remove /a/** remove']],
    [
      'WORKDIR /w ⏎ RUN [ ! -e a ] && [ b -nt /c ] && [ "$x" = y ]',
      ['read /w/a/** read', 'read /w/b/** read', 'read /c/** read'],
    ],
    ['WORKDIR /w ⏎ RUN [ -f $X ] || true', ['...']],
    [
      'SHELL ["/bin/bash", "-c"] ⏎ WORKDIR /w ⏎ RUN [[ -d a && b -ot /c && $x == y* ]] && true',
      ['read /w/a/** read ?', 'read /w/b/** read ?', 'read /c/** read ?'],
    ],
    ['WORKDIR /w ⏎ RUN ls; du -s; grep -r x; grep x', ['read /w/** read', 'read /w/** read', 'read /w/** read']],
    [
      'WORKDIR /w ⏎ RUN echo *.txt "*" && for i in a/*; do true; done',
      ['read /w/*.txt/** read ?', 'read /w/a/*/** read ?'],
    ],
    [
      'WORKDIR /w ⏎ RUN sh -c "cd a && rm b"; rm c',
      ['read /w/a enter', 'remove /w/a/b remove', 'remove /w/c remove', '...'],
    ],
    [
      'RUN cd /a && sh -c "rm x" && cd /b && rm y',
      ['read /a enter', 'remove /a/x remove', 'read /b enter', 'remove /b/y remove', '...'],
    ],
    ['RUN cd $X && touch /y', ['write /y file', '...']],
    ['RUN export > /x', ['write /x redirect', '...']],
    ['RUN set -eux; export A=1', []],
    ['RUN echo "abc  /t.tgz" | sha256sum -c -', ['read /t.tgz read']],
    ['RUN sha256sum -c /sums', ['read /sums read', '...']],
    ['RUN curl -K /k -d @/d --cacert /c https://x', ['read /k read', 'read /d read', 'read /c read']],
    ['RUN D=/d && rm -r $D/x', ['remove /d/x/** remove']],
    ['RUN D=/d; D=/e; rm -r $D/x', ['...']],
    ['RUN rm $(cat /x)', ['read /x read ?', '...']],
    ['USER app ⏎ RUN touch ~/x $HOME/y', ['write ~/x file', 'write ~/y file']],
    ['RUN touch ~/x', ['write /root/x file']],
    // what brings files
    ['RUN curl -fsSLo /tmp/a.tgz https://x/y.tgz', ['write /tmp/a.tgz download']],
    ['WORKDIR /d ⏎ RUN curl -O https://x/y.tgz && curl https://x/z | sh', ['write /d/y.tgz download', '...']],
    ['WORKDIR /d ⏎ RUN wget -q https://x/y.tgz && wget -O - https://x | cat', ['write /d/y.tgz download']],
    ['WORKDIR /d ⏎ RUN wget -P /p https://x/y.tgz', ['write /p/y.tgz download']],
    ['RUN tar xzf /t.tgz -C /opt', ['read /t.tgz read', 'write /opt/** extract']],
    ['RUN tar -cf /t.tar /etc', ['write /t.tar file', 'read /etc/** read']],
    ['RUN unzip -q /a.zip -d /b', ['read /a.zip read', 'write /b/** extract']],
    ['RUN git clone --depth 1 https://x/y.git /src', ['write /src/** clone']],
    ['WORKDIR /d ⏎ RUN git clone https://x/y.git', ['write /d/y/** clone']],
    ['WORKDIR /d ⏎ RUN gunzip x.gz', ['remove /d/x.gz remove', 'write /d/x extract']],
    ['RUN find /x -name y -delete && find /z -type f', ['remove /x/** remove ?', 'read /z/** read']],
    // installs
    ['RUN apt-get update && apt-get install -y curl', []],
    ['RUN pip install flask==3.1.0', []],
    ['WORKDIR /a ⏎ RUN pip install -r requirements.txt', ['read /a/requirements.txt read', '...']],
    ['WORKDIR /a ⏎ RUN pip install wheels/x-1.whl', ['read /a/wheels/x-1.whl read']],
    ['WORKDIR /a ⏎ RUN pipenv run pip install x', ['...']],
    ['WORKDIR /a ⏎ RUN npm install -g pnpm', ['read /a/.npmrc read', 'read /a/package.json read']],
    ['RUN apt-get --root /x install -y y', ['...']],
    // what nobody knows
    ['RUN make', ['...']],
    ['RUN find / -name x | xargs rm', ['read //** read', '...']],
    ['RUN ["rm", "/x"]', ['remove /x remove']],
    // mounts are no part of the layer
    ['RUN --mount=type=cache,target=/c touch /c/x /d', ['write /d file']],
  ])('%s', ([text, expected]) => {
    expect(told(text)).toEqual(expected);
  });

  test('sizes come from the context', () => {
    const files = { 'a/x.js': '12345', 'a/y.js': '123', run: '1', '.dockerignore': 'a/y.js' };
    expect(told('COPY a /app', files)).toEqual(['write /app/** copy 5']);
    expect(told('COPY run /app/', files)).toEqual(['write /app/run copy 1']);
    expect(told('COPY a/*.js /app/', files)).toEqual(['write /app/x.js copy 5']);
    expect(told('COPY none /app/', files)).toEqual(['write /app/** copy']);
  });
});

/** Each waste: `kind path: words → words[ bytes]`. */
function wasted(text: string, files?: Readonly<Record<string, string>>): string[] {
  const options = files ? { context: context(memoryHost(files), 'Dockerfile') } : {};
  const model = modelOf(text, options);
  const source = lines(text);
  const words = ({ start, end }: { start: number; end: number }): string => source.slice(start, end);
  return model.target!.waste.map(
    ({ kind, path, written, again, bytes }) =>
      `${kind} ${path}: ${words(written.effect.at)} → ${words(again.effect.at)}${bytes === undefined ? '' : ` ${bytes}`}`,
  );
}

describe('what two layers waste', () => {
  test.for<[string, string[]]>([
    ['FROM a ⏎ COPY a.sh /tmp/ ⏎ RUN rm /tmp/a.sh', ['removed /tmp/a.sh: a.sh → rm /tmp/a.sh']],
    [
      'FROM a ⏎ RUN curl -o /x.tgz u ⏎ RUN tar xf /x.tgz -C /opt && rm /x.tgz',
      ['removed /x.tgz: curl -o /x.tgz u → rm /x.tgz'],
    ],
    ['FROM a ⏎ RUN curl -o /x.tgz u && rm /x.tgz', []],
    ['FROM a ⏎ RUN curl -o /x.tgz u ⏎ RUN test -f /y || rm /x.tgz', []],
    ['FROM a AS b ⏎ COPY a.sh /a.sh ⏎ FROM b ⏎ RUN rm /a.sh', ['removed /a.sh: a.sh → rm /a.sh']],
    ['FROM a AS b ⏎ COPY a.sh /a.sh ⏎ RUN rm /a.sh ⏎ FROM a ⏎ COPY --from=b / /', []],
    [
      'FROM a ⏎ RUN git clone https://x/y /y ⏎ RUN rm -rf /y/.git',
      ['removed /y/.git: git clone https://x/y /y → rm -rf /y/.git'],
    ],
    ['FROM a ⏎ COPY . /y ⏎ RUN rm -rf /y/tests', []],
    ['FROM a ⏎ COPY . /y ⏎ RUN rm -rf /y', ['removed /y: . → rm -rf /y']],
    ['FROM a ⏎ COPY . /app ⏎ RUN chown -R app /app', ['changed /app: . → chown -R app /app']],
    ['FROM a ⏎ COPY --chown=app:app . /app ⏎ RUN chown -R app /app', []],
    ['FROM a ⏎ COPY . /app ⏎ RUN chown -R root:root /app', []],
    ['FROM a ⏎ COPY --chmod=+x run /app/run ⏎ RUN chmod +x /app/run', []],
    ['FROM a ⏎ COPY --chmod=755 run /app/run ⏎ RUN chmod a+x /app/run', []],
    [
      'FROM a ⏎ COPY --chmod=644 r.sh /app/r.sh ⏎ RUN chmod +x /app/r.sh',
      ['changed /app/r.sh: r.sh → chmod +x /app/r.sh'],
    ],
    ['FROM a ⏎ COPY . /app ⏎ RUN chmod +x /app/run', ['changed /app/run: . → chmod +x /app/run']],
    ['FROM a ⏎ COPY . /app ⏎ RUN chmod -R g+w /app && rm -rf /app', ['removed /app: . → rm -rf /app']],
    [
      'FROM a ⏎ RUN apt-get update ⏎ RUN rm -rf /var/lib/apt/lists/*',
      ['removed /var/lib/apt/lists: apt-get update → rm -rf /var/lib/apt/lists/*'],
    ],
    ['FROM a ⏎ RUN apt-get update && rm -rf /var/lib/apt/lists/*', []],
    ['FROM a ⏎ RUN dnf install -y x ⏎ RUN dnf clean all', ['removed /var/cache/dnf: dnf install -y x → dnf clean all']],
    ['FROM a ⏎ RUN --mount=type=cache,target=/var/lib/apt/lists apt-get update ⏎ RUN rm -rf /var/lib/apt/lists/*', []],
    ['FROM a ⏎ RUN apk add --virtual .b gcc ⏎ RUN apk del .b', ['removed .b: apk add --virtual .b gcc → apk del .b']],
    ['FROM a ⏎ RUN apk add gcc && apk del gcc', []],
    ['FROM a ⏎ RUN mkdir /app ⏎ RUN chown app /app && rmdir /app', []],
    [
      'FROM node:22 ⏎ WORKDIR /a ⏎ RUN npm ci ⏎ RUN rm -rf node_modules',
      ['removed /a/node_modules: npm ci → rm -rf node_modules'],
    ],
    ['FROM a ⏎ COPY a.conf /etc/a.conf ⏎ COPY b.conf /etc/a.conf', ['rewritten /etc/a.conf: a.conf → b.conf']],
    ['FROM a ⏎ COPY a /app ⏎ COPY b /app', []],
    // what programs may change somewhere below a folder is no waste
    ['FROM a ⏎ COPY a.list /etc/apt/sources.list.d/a.list ⏎ RUN docker-php-ext-install zip', []],
    ['FROM a ⏎ COPY my.cnf /etc/mysql/my.cnf ⏎ RUN a2enmod rewrite && rpm -i x.rpm && apt-key add k', []],
    ['FROM a ⏎ COPY passwd /etc/passwd ⏎ RUN useradd app', ['changed /etc/passwd: passwd → useradd app']],
    ['FROM a ⏎ COPY a.txt /app ⏎ COPY b.txt /app', []],
    ['FROM a ⏎ COPY a.conf /a.conf ⏎ RUN sed -i s/a/b/ /a.conf', ['changed /a.conf: a.conf → sed -i s/a/b/ /a.conf']],
    ['FROM a ⏎ RUN useradd a ⏎ RUN useradd b', []],
    ['FROM a ⏎ COPY x.sh /t/ ⏎ RUN rm -rf /t/*.txt', []],
    ['FROM a ⏎ COPY x.sh /t/ ⏎ RUN rm -rf /t/*.sh', ['removed /t/x.sh: x.sh → rm -rf /t/*.sh']],
  ])('%s', ([text, expected]) => {
    expect(wasted(text)).toEqual(expected);
  });

  test('bytes, where the files are at hand', () => {
    const files = { 'a/x': '12345', 'a/t/y': '123' };
    expect(wasted('FROM a ⏎ COPY a /a ⏎ RUN rm -r /a/t && chown app /a/x', files)).toEqual([
      'removed /a/t: a → rm -r /a/t 3',
      'changed /a/x: a → chown app /a/x 5',
    ]);
    expect(wasted('FROM a ⏎ COPY a /a ⏎ RUN rm -rf /a/none', files)).toEqual([]);
  });
});

describe('what stays in a layer', () => {
  /** Of the last step: manifests, caches, files that are written. */
  const stays = (text: string, builder?: 'classic' | 'buildah'): string[] => {
    const { manifests, caches, written } = bringsOf(modelOf(text).stages[0]!.steps.at(-1)!, builder);
    return [...manifests, ...caches, ...written];
  };

  test.for<[string, string[]]>([
    ['FROM node:22 ⏎ WORKDIR /a ⏎ RUN npm ci', ['package.json', '/root/.npm']],
    ['FROM node:22 ⏎ WORKDIR /a ⏎ RUN --mount=type=cache,target=/root/.npm npm ci', ['package.json']],
    ['FROM node:22 ⏎ WORKDIR /a ⏎ RUN --mount=type=cache,target=node_modules npm ci', ['/root/.npm']],
    ['FROM node:22 ⏎ WORKDIR /a ⏎ RUN --mount=type=tmpfs,target=/a npm ci', ['/root/.npm']],
    ['FROM node:22 ⏎ RUN --mount=type=cache,target=/a/node_modules cd /a && npm ci', ['/root/.npm']],
    [
      'FROM ruby:3 ⏎ ENV BUNDLE_PATH=/r/vendor ⏎ WORKDIR /r ⏎ RUN --mount=type=cache,target=/r/vendor bundle install',
      [],
    ],
    ['FROM gradle:8 ⏎ RUN gradle build', ['/home/gradle/.gradle']],
    ['FROM gradle:8 ⏎ RUN --mount=type=cache,target=/home/gradle/.gradle gradle build', []],
  ])('%s', ([text, expected]) => expect(stays(text)).toEqual(expected));

  test('what a RUN writes to a volume, by builder', () => {
    const text = 'FROM a ⏎ VOLUME /data ⏎ RUN echo hi > /data/f && echo hi > /d';
    expect(stays(text)).toEqual(['/data/f', '/d']);
    expect(stays(text, 'classic')).toEqual(['/d']);
    expect(stays(text, 'buildah')).toEqual(['/d']);
  });
});
