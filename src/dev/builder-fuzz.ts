import fc from 'fast-check';
import { type Buildah, makeBuilder } from '../../test/builder/buildah.ts';
import { argumentsOf, type Fixture, outcomes, type Workplace, workplace } from '../../test/builder/fixtures.ts';
import { builders } from '../knowledge/builder/builders.ts';
import { imageLayers } from '../model/layers.ts';
import { rewrite } from '../rewrite/index.ts';

/**
 * `npm run builder-fuzz -- [files] [seed]`: random Dockerfiles, built with buildah. What is foretold of layers and of the cache
 * has to come, and the cheaper order has to make the same files; exit 1 where anything does not. Four seconds a file.
 */

const count = Number(process.argv[2] ?? 50);
const seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);

const fixture: Fixture = { dockerfile: 'node-app/Dockerfile', context: 'node-app', source: 'src/server.js' };
const touched = ['src/server.js', 'src/entries.js', 'package.json', 'package-lock.json', 'entrypoint.sh', 'README.md'];

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
  .map(([one, more]) => `RUN ${one}${more === null ? '' : ` && ${more}`}`);
const setting = fc.constantFrom(
  ...['ENV NODE_ENV=production', 'ENV VERSION=$COMMIT', 'ENV PATH=/app/bin:$PATH', 'ENV HOME=/root', 'ENV A=1 B=2'],
  ...['ARG COMMIT=dev', 'ARG VERSION=1', 'ARG BUILD_DATE', 'ENV BUILT=${BUILD_DATE:-never}', 'LABEL commit=$COMMIT'],
  ...['WORKDIR /app', 'WORKDIR web', 'WORKDIR /srv', 'USER 1000', 'USER root', 'EXPOSE 80', 'LABEL a=b'],
  ...['SHELL ["/bin/sh", "-ec"]', 'ENV npm_config_cache=/tmp/npm', 'ENV CURL_CA_BUNDLE=/app/src'],
);
const steps = (maxLength: number) =>
  fc.array(
    fc.oneof(
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
const last = fc.record({
  base: fc.constantFrom('node:22', 'build', 'debian:12'),
  taken: fc.constantFrom('/app /app', '/app/package.json /app/', '/etc/ /etc2/', '/app/src /app/src'),
  steps: steps(6),
});
const dockerfile = fc
  .tuple(steps(11), fc.option(last))
  .map(([first, second]) => [
    ...['ARG COMMIT=top', 'FROM node:22 AS build', 'WORKDIR /app', ...first],
    ...(second ? [`FROM ${second.base}`, `COPY --from=build ${second.taken}`, ...second.steps] : []),
    'CMD ["true"]',
  ]);

/** Every file of the image: its mode, its owner and a checksum; where a link goes. */
const listing = `find / -xdev \\( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /etc/hosts -o -path /etc/hostname -o -path /etc/resolv.conf \\) -prune -o -print | sort | while read -r it; do
  if [ -L "$it" ]; then echo "$it -> $(readlink "$it")"
  elif [ -d "$it" ]; then stat -c '%n %a %u %g' "$it"
  else echo "$(stat -c '%n %a %u %g' "$it") $(md5sum < "$it")"
  fi
done`;
const filesOf = (builder: Buildah): Promise<string> => builder.run(['/bin/sh', '-c', listing]);

const figures = { files: 0, layers: 0, orders: 0, yes: 0, maybe: 0, no: 0, wrong: 0 };
const wrong = (lines: readonly string[], what: string): void => {
  figures.wrong += 1;
  console.error(`${what}\n${lines.map((line) => `    ${line}`).join('\n')}`);
};

/** The file without the steps that fail, as most make no sense behind the others; undefined where nothing is left. */
async function buildable(builder: Buildah, all: readonly string[]): Promise<[string[], Workplace] | undefined> {
  const lines = [...all];
  while (lines.some((line) => line.startsWith('RUN ') || line.startsWith('COPY '))) {
    const place = workplace(builder, fixture, `${lines.join('\n')}\n`);
    const failed = await place.build().then(
      () => undefined,
      (error: Error) => /building at STEP "(.*)": /.exec(error.message)?.[1] ?? '',
    );
    if (failed === undefined) return [lines, place];
    const at = lines.findIndex((line) => line === failed || JSON.stringify(line) === `"${failed}"`);
    if (at < 0) return undefined;
    lines.splice(at, 1);
  }
  return undefined;
}

async function checkOrders(builder: Buildah, lines: readonly string[], place: Workplace): Promise<void> {
  const orders = new Set(builders.map((it) => rewrite(place.text, { build: place.model().options, builder: it }).text));
  orders.delete(place.text);
  if (orders.size === 0) return;
  const before = await filesOf(builder);
  for (const text of orders) {
    figures.orders += 1;
    const other = workplace(builder, fixture, text);
    const told = [...lines, '', ...text.split('\n')];
    try {
      await other.build();
    } catch (error) {
      wrong(told, `the cheaper order does not build: ${(error as Error).message.slice(-300)}`);
      continue;
    }
    const after = new Set((await filesOf(builder)).split('\n'));
    const gone = before.split('\n').filter((line) => !after.delete(line));
    if (gone.length + after.size > 0)
      wrong(told, `the cheaper order makes other files:\n- ${gone.join('\n- ')}\n+ ${[...after].join('\n+ ')}`);
  }
}

async function checkCache(lines: readonly string[], place: Workplace, random: number): Promise<void> {
  const path = touched[random % touched.length]!;
  const args = argumentsOf(place.model(), fixture).slice(0, 1);
  for (const change of [{ paths: [path], args: [] }, ...(args.length > 0 ? [{ paths: [], args }] : [])]) {
    for (const it of change.paths) place.change(it);
    const built = await place.build(change).catch(() => undefined);
    if (!built) continue;
    for (const { text, predicted, why, ran } of outcomes(place.model(), change, built)) {
      figures[predicted] += 1;
      if (predicted !== 'maybe' && ran !== (predicted === 'yes'))
        wrong(lines, `after ${[...change.paths, ...change.args]}: ${text}: ${predicted} (${why}), but ran: ${ran}`);
    }
  }
}

const builder = await makeBuilder();
try {
  for (const [index, all] of fc.sample(dockerfile, { numRuns: count, seed }).entries()) {
    const found = await buildable(builder, all);
    if (!found) continue;
    const [lines, place] = found;
    figures.files += 1;
    const model = place.model();
    const base = model.target!.lineage[0]!.base;
    const inherited = base.kind === 'image' ? await builder.layersOf(base.reference.text) : 0;
    const { diffIds } = await place.build();
    const foretold = imageLayers(model, 'buildah')!.ownLayers;
    figures.layers += foretold;
    if (diffIds.length - inherited !== foretold)
      wrong(lines, `${diffIds.length - inherited} layers, and ${foretold} were foretold`);
    await checkOrders(builder, lines, place);
    await checkCache(lines, place, index);
    if (index % 10 === 9) console.log(JSON.stringify(figures));
  }
} finally {
  builder.dispose();
}
console.log(`${JSON.stringify(figures)}, seed ${seed}`);
process.exitCode = figures.wrong > 0 ? 1 : 0;
