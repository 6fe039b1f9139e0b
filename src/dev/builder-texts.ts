import fc from 'fast-check';
import type { Fixture } from '../../test/builder/fixtures.ts';

/** Random Dockerfiles of one context, for real builders. */
export const fixture: Fixture = { dockerfile: 'node-app/Dockerfile', context: 'node-app', source: 'src/server.js' };
export const touched = [
  'src/server.js',
  'src/entries.js',
  'package.json',
  'package-lock.json',
  'entrypoint.sh',
  'README.md',
  'src/more.js',
];

const copy = fc.constantFrom(
  ...['COPY . .', 'COPY . /app', 'COPY ./ /srv/', 'COPY src src/', 'COPY src /app/src', 'COPY src /link/src'],
  ...['COPY package.json package-lock.json ./', 'COPY package*.json /app/', 'COPY entrypoint.sh /usr/local/bin/'],
  ...['COPY README.md /etc/motd', 'COPY --chown=1000:1000 src /srv/', 'COPY --chmod=755 entrypoint.sh /start'],
  ...['COPY README.md package.json ./', 'ADD src /etc/conf/', 'COPY package.json web/', 'COPY src/*.js lib/'],
  ...['COPY package.json package-lock.json web/', 'COPY README.md /root/.netrc'],
);
const command = fc.constantFrom(
  ...[
    'npm ci',
    'npm install',
    'npm ci --omit=dev && rm -rf /root/.npm',
    'npm ci && npm install',
    'rm -rf node_modules',
  ],
  ...[
    'cd /app && npm ci',
    'cd web && npm ci',
    'cd src && touch /in-src',
    '(cd src && ls > /listing)',
    'cd /srv && ls > l',
  ],
  ...['apt-get update && apt-get install -y --no-install-recommends git && rm -rf /var/lib/apt/lists/*'],
  ...['apt-get update && apt-get install -y curl', 'apt-get update', 'apt-get purge -y git && apt-get autoremove -y'],
  ...['pip install flask', 'pip install --target /app/lib flask', 'rm -rf /root/.cache', 'adduser -D app'],
  ...['curl -fsSLo /usr/local/bin/tool https://example.com/tool && chmod +x /usr/local/bin/tool'],
  ...['curl https://example.com/x > x.txt', 'curl -sL https://example.com/setup | sh || true', 'tool || true'],
  ...[
    'mkdir -p /data/x',
    'mkdir -p /app/logs && touch /app/logs/l',
    'touch /app/z',
    'touch package.json',
    'touch ../up',
  ],
  ...['echo a >> src/server.js', 'sed -i s/a/z/ src/entries.js', 'mv README.md read.me', 'rm -f src/entries.js'],
  ...['cp -r src /copied', 'cp package.json /etc/p.json', 'cp -a /etc/motd /data-motd', 'ln -sfn /app /link'],
  ...['cat src/server.js > /out.txt', 'cat *.json > /all.json', 'wc -c < package.json > /size', 'ls > listing'],
  ...[
    'ls /app > /listing',
    'find /app -type f | sort > /list',
    'echo * > /names',
    'for i in src/*; do echo $i; done > /each',
  ],
  ...[
    'if [ -d src ]; then touch /has-src; fi',
    'test -f package.json',
    '[ ! -e src ] || touch /has',
    'du -a src > /du',
  ],
  ...[
    'chmod -R a+rX /app',
    'chown -R 1000 /srv',
    'chmod +x /usr/local/bin/entrypoint.sh',
    'umask 077; touch /app/secret',
  ],
  ...[
    'echo "$COMMIT" > /commit',
    'echo $VERSION > version.txt',
    'env | grep -v HOSTNAME | sort > /env',
    'export | grep -v HOSTNAME > /exported',
  ],
  ...[
    'P=/opt/x; mkdir -p $P && touch $P/f',
    'touch "$PWD/here"',
    'mkdir -p "$HOME/bin"',
    'sh -c "cd / && ls > root.txt"',
  ],
  ...[
    'tar cf /tmp/src.tar src && rm /tmp/src.tar',
    'echo ok | tee /app/tee.txt /tee > /dev/null',
    'cd src && grep -r js > /found',
  ],
  ...['command -v git > /which || true', 'id > /id', 'cat /etc/passwd > /accounts', 'stat -c %a src > /mode'],
);
/** What makes a cheaper order worth while. */
const costly = fc.constantFrom(
  ...[
    'COPY . .',
    'COPY src src/',
    'RUN npm ci',
    'RUN apt-get update && apt-get install -y git',
    'RUN pip install flask',
  ],
  ...['RUN curl -fsSLo /tool https://example.com/tool', 'COPY package.json package-lock.json ./'],
);
const run = fc
  .tuple(command, fc.option(command, { freq: 8 }))
  // in front of `;` a failure goes unseen, and dflint takes every command to succeed
  .map(([one, more]) => `RUN ${one}${more === null ? '' : more.includes(';') ? ` && { ${more}; }` : ` && ${more}`}`);
const setting = fc.constantFrom(
  ...['ENV NODE_ENV=production', 'ENV VERSION=$COMMIT', 'ENV PATH=/app/bin:$PATH', 'ENV HOME=/root', 'ENV A=1 B=2'],
  ...['ARG COMMIT=dev', 'ARG VERSION=1', 'ARG BUILD_DATE', 'ENV BUILT=${BUILD_DATE:-never}', 'LABEL commit=$COMMIT'],
  ...['WORKDIR /app', 'WORKDIR web', 'WORKDIR /srv', 'USER 1000', 'USER root', 'EXPOSE 80', 'LABEL a=b'],
  ...['SHELL ["/bin/sh", "-ec"]', 'ENV npm_config_cache=/tmp/npm', 'ENV CURL_CA_BUNDLE=/app/src'],
);
/** What only BuildKit reads, with lines of its own in one text. */
const newer = fc.constantFrom(
  ...['COPY --link . /all', 'COPY --link package.json ./', 'COPY --link src src/', 'COPY --link README.md /etc/motd'],
  ...['COPY --link --chown=1000:1000 src /own/', 'COPY --link --chmod=600 README.md /etc/x', 'ADD --link src /added/'],
  ...['COPY --chmod=u=rwX,go= src /private', 'COPY --chmod=a+x entrypoint.sh /start', 'COPY --exclude=*.md . /some'],
  ...['COPY --link --from=tools /t /t', 'COPY --from=tools /t/lines /got/', 'COPY --from=tools /t/ ./'],
  ...[
    'RUN --mount=type=bind,source=src,target=/m cat /m/server.js > /bound',
    'RUN --mount=target=/ctx ls /ctx > /ctx-list',
    'RUN --mount=source=package.json,target=package.json wc -c < package.json > /pkg',
    'RUN --mount=source=src,target=/app/src,rw touch src/new && ls src > /rw-list',
    'RUN --mount=type=cache,target=/root/.npm npm ci',
    'RUN --mount=type=cache,target=/c,uid=1000 echo a > /c/f && cat /c/f > /cached',
    'RUN --mount=type=cache,target=node_modules npm ci',
    'RUN --mount=type=cache,target=/var/lib/apt,sharing=locked apt-get update && apt-get install -y git',
    'RUN --mount=type=tmpfs,target=/scratch cp -r src /scratch/ && ls /scratch > /tmp-list',
    'RUN --mount=type=tmpfs,target=/app/src ls src > /hidden && touch src/gone',
    'RUN --mount=from=tools,source=/t,target=/t cat /t/lines > /lines',
    'RUN --mount=from=tools,target=/tools ls /tools/t > /tool-list',
    'RUN --mount=type=cache,from=tools,source=/t,target=/tc ls /tc > /tc-list',
    'RUN --mount=type=secret,id=none cat /run/secrets/none > /secret || true',
  ],
  ...[
    'RUN <<EOF\nset -e\ncat src/server.js > /one\nls > /two\nEOF',
    'RUN <<EOF sh\ntouch /three\nrm -rf src\nEOF',
    'RUN <<-EOF\n\tmkdir -p /four\n\techo "$COMMIT" > /four/commit\n\tEOF',
    'RUN --mount=type=cache,target=/root/.npm <<EOF\nnpm ci\nnpm install\nEOF',
    'RUN cat <<EOF > /five\n$VERSION $PWD\nEOF',
    'RUN <<EOF cat > /six\ntext\nEOF',
    'RUN <<EOF\n#!/bin/sh\nls /app > /seven\nEOF',
    'COPY <<EOF /etc/one.conf\na=$COMMIT\nb=1\nEOF',
    'COPY <<"EOF" /etc/two.conf\na=$COMMIT\nEOF',
    'COPY <<A <<B /etc/many/\none\nA\ntwo $VERSION\nB',
    'COPY <<EOF README.md /mix/\ntext\nEOF',
    'COPY --chmod=755 <<EOF run.sh\n#!/bin/sh\nEOF',
    'ADD <<EOF /srv/added.txt\ntext\nEOF',
  ],
);
const steps = (maxLength: number, isNew: boolean) =>
  fc.array(
    fc.oneof(
      ...(isNew ? [{ weight: 4, arbitrary: newer }] : []),
      { weight: 4, arbitrary: costly },
      { weight: 3, arbitrary: copy },
      { weight: 5, arbitrary: run },
      { weight: 2, arbitrary: setting },
    ),
    {
      minLength: 2,
      maxLength,
      size: 'max',
    },
  );
const last = (isNew: boolean) =>
  fc.record({
    base: fc.constantFrom('node:22', 'build', 'debian:12'),
    taken: fc.constantFrom('/app /app', '/app/package.json /app/', '/etc/ /etc2/', '/app/src /app/src'),
    steps: steps(6, isNew),
  });
const tools = ['FROM debian:12 AS tools', 'COPY entrypoint.sh /t/', 'RUN wc -l < /t/entrypoint.sh > /t/lines', ''];
/** The lines of a file, each an instruction; the stand-in of an image is known for each base. */
export const dockerfile = (isNew: boolean) =>
  fc
    .tuple(steps(11, isNew), fc.option(last(isNew)))
    .map(([first, second]) => [
      ...['ARG COMMIT=top', ...(isNew ? tools : []), 'FROM node:22 AS build', 'WORKDIR /app', ...first],
      ...(second ? [`FROM ${second.base}`, `COPY --from=build ${second.taken}`, ...second.steps] : []),
      'CMD ["true"]',
    ]);
