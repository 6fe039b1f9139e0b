import { expect, test } from 'vitest';
import { dflint, inFolder } from './run.ts';

const files = {
  Dockerfile: `FROM debian:12 AS build
COPY app.tar.gz /src/
RUN tar -xf /src/app.tar.gz -C /src
FROM debian:12
RUN apt-get update && apt-get install -y --no-install-recommends curl git jq make && rm -rf /var/lib/apt/lists/*
COPY --from=build /src/app /app
COPY run.sh /usr/local/bin/
RUN chmod +x /usr/local/bin/run.sh
RUN curl -fsSLo /tmp/tool.tgz https://example.com/tool.tgz
RUN tar -xzf /tmp/tool.tgz -C /opt && rm /tmp/tool.tgz
CMD ["run.sh"]
`,
  'other.Dockerfile': `FROM debian:12
RUN apt-get update && apt-get install -y --no-install-recommends curl git jq make && rm -rf /var/lib/apt/lists/*
COPY run.sh /run.sh
`,
  'app.tar.gz': 'x'.repeat(2000),
  'run.sh': '#!/bin/sh\n',
};

test('what each instruction brings, and what is wasted', () => {
  const { out, code, error } = inFolder(files, (cwd) => dflint(['layers'], { cwd, env: { COLUMNS: '80' } }));
  expect([code, error]).toEqual([0, '']);
  expect(out).toMatchSnapshot();
});

test('what two images share', () => {
  const { out } = inFolder(files, (cwd) => dflint(['layers', 'Dockerfile', 'other.Dockerfile'], { cwd }));
  expect(out.slice(out.indexOf('2 files on'))).toMatchSnapshot();
});

test('the same as JSON', () => {
  const { out } = inFolder(files, (cwd) =>
    dflint(['layers', '--format', 'json', 'Dockerfile', 'other.Dockerfile'], { cwd }),
  );
  const { schemaVersion, files: told, shared } = JSON.parse(out);
  expect(schemaVersion).toBe(1);
  const [build, image] = told[0].stages;
  expect([build.ships, build.ownLayers, image.ships, image.ownLayers]).toEqual([false, 2, true, 6]);
  expect(told[0].image).toMatchObject({
    stage: 1,
    ownLayers: 6,
    limit: 125,
    settings: 1,
    knownBytes: 10,
    wastedPaths: 2,
  });
  expect(image.instructions[0]).toEqual({
    ...{ line: 4, keyword: 'FROM', layer: false, certain: true, why: 'its layers are those of the base image' },
  });
  expect(image.instructions[1]).toMatchObject({
    layer: true,
    brings: { packages: ['curl', 'git', 'jq', 'make'], caches: [] },
  });
  expect(image.instructions[3].wastedBy).toEqual([
    { kind: 'changed', what: 'file', path: '/usr/local/bin/run.sh', bytes: 10, line: 8 },
  ]);
  expect(image.instructions[6].wastes).toEqual([
    { kind: 'removed', what: 'file', path: '/tmp/tool.tgz', bytes: null, line: 9 },
  ]);
  expect(shared).toEqual([
    {
      base: 'debian:12',
      layers: 1,
      files: [
        expect.objectContaining({
          path: 'Dockerfile',
          ownLayers: 6,
          parts: { line: 6, text: 'COPY --from=build /src/app /app' },
        }),
        expect.objectContaining({
          path: 'other.Dockerfile',
          ownLayers: 2,
          parts: { line: 3, text: 'COPY run.sh /run.sh' },
        }),
      ],
      later: [],
    },
  ]);
});
