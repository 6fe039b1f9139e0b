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
COPY <<EOF /etc/app.conf
port=808
EOF
CMD ["run.sh"]
`,
  'other.Dockerfile': `FROM debian:12
RUN apt-get update && apt-get install -y --no-install-recommends curl git jq make && rm -rf /var/lib/apt/lists/*
ENV PORT=1
RUN pip install --no-cache-dir flask
COPY run.sh /run.sh
`,
  'third.Dockerfile': `FROM debian:12
RUN apt-get update && apt-get install -y --no-install-recommends curl git jq make && rm -rf /var/lib/apt/lists/*
ENV PORT=2
RUN pip install --no-cache-dir flask
`,
  'slim.Dockerfile': `FROM debian:12-slim
RUN apt-get update && apt-get install -y --no-install-recommends curl git jq make && rm -rf /var/lib/apt/lists/*
`,
  'own.Dockerfile': 'FROM busybox\nCOPY run.sh /\n',
  'app.tar.gz': 'x'.repeat(2000),
  'run.sh': '#!/bin/sh\n',
};

const layers = (...args: string[]): { out: string; code: number | null; error: string } =>
  inFolder(files, (cwd) => dflint(['layers', ...args], { cwd }));

test('what each instruction brings, and what is wasted', () => {
  const { out, code, error } = layers();
  expect([code, error]).toEqual([0, '']);
  expect(out).toMatchSnapshot();
});

test('a tall image is folded where nothing is to be said', () => {
  const runs = Array.from({ length: 101 }, (_, index) => `RUN echo ${index} > /var/log/${index}`);
  const input = ['FROM scratch AS base', 'COPY a /', 'FROM base', ...runs, 'RUN rm /var/log/50'].join('\n');
  const { out } = dflint(['layers', '-'], { input });
  expect(out.slice(out.indexOf('The image'))).toMatchSnapshot();
});

test('what images share', () => {
  const { out } = layers('Dockerfile', 'other.Dockerfile', 'third.Dockerfile', 'slim.Dockerfile', 'own.Dockerfile');
  expect(out.slice(out.indexOf('What the images share'))).toMatchSnapshot();
});

test('images that share nothing', () => {
  const { out } = layers('own.Dockerfile', 'slim.Dockerfile');
  expect(out).toContain('The files have different bases, so their images share no layer.\n');
});

test('the same as JSON', () => {
  const { out } = layers('--format', 'json', 'Dockerfile', 'other.Dockerfile', 'slim.Dockerfile');
  const { schemaVersion, files: told, shared, apart } = JSON.parse(out);
  expect(schemaVersion).toBe(1);
  const [build, image] = told[0].stages;
  expect([build.ships, build.ownLayers, image.ships, image.ownLayers]).toEqual([false, 2, true, 7]);
  expect(told[0].image).toMatchObject({
    stage: 1,
    ownLayers: 7,
    inherited: null,
    limit: 125,
    overlayLimit: 128,
    settings: 1,
    knownBytes: 19,
    wastedBytes: 10,
    wastedPaths: 2,
  });
  expect(image.instructions[0]).toEqual({
    ...{ line: 4, keyword: 'FROM', layer: false, certain: true, why: 'its layers are those of the base image' },
  });
  expect(image.instructions[1]).toMatchObject({
    layer: true,
    brings: { packages: ['curl', 'git', 'jq', 'make'], caches: [] },
  });
  expect(image.instructions[2].brings.copied).toEqual([{ source: '/src/app', from: 'build' }]);
  expect(image.instructions[3].wastedBy).toEqual([
    { kind: 'changed', what: 'file', path: '/usr/local/bin/run.sh', bytes: 10, line: 8 },
  ]);
  expect(image.instructions[6].wastes).toEqual([
    { kind: 'removed', what: 'file', path: '/tmp/tool.tgz', bytes: null, line: 9 },
  ]);
  expect(image.instructions[7].brings).toMatchObject({ texts: [{ path: '/etc/app.conf', bytes: 9 }], bytes: 9 });
  expect(shared).toEqual([
    {
      base: 'debian:12',
      layers: 1,
      files: [
        {
          path: 'Dockerfile',
          ownLayers: 7,
          last: { line: 5, text: expect.stringMatching(/^RUN apt-get update/) },
          parts: { line: 6, text: 'COPY --from=build /src/app /app' },
          causes: [],
        },
        {
          path: 'other.Dockerfile',
          ownLayers: 3,
          last: { line: 2, text: expect.stringMatching(/^RUN apt-get update/) },
          parts: { line: 4, text: 'RUN pip install --no-cache-dir flask' },
          causes: [],
        },
      ],
      later: [],
    },
  ]);
  expect(apart).toEqual([
    {
      layers: 1,
      bases: [
        { base: 'debian:12', files: ['Dockerfile', 'other.Dockerfile'] },
        { base: 'debian:12-slim', files: ['slim.Dockerfile'] },
      ],
    },
  ]);
});

test('wasted bytes of which none is known are none', () => {
  const sums = (text: string) =>
    JSON.parse(dflint(['layers', '--format', 'json', '-'], { input: text }).out).files[0].image;
  expect(sums('FROM centos:7\nRUN yum install -y git\nRUN rm -rf /var/cache/yum\n')).toMatchObject({
    wastedBytes: null,
    wastedPaths: 1,
  });
  expect(sums('FROM centos:7\nRUN yum install -y git\n')).toMatchObject({ wastedBytes: 0, wastedPaths: 0 });
});
