import { dockerfile, type Finding, type Junk, type Model, rule } from '../../src/engine/rule.ts';
import { type ContextTake, contextTakes } from './lib/context-takes.ts';
import { forgotten, isInImage, lines, matters, readable, summary } from './lib/junk-words.ts';

export default rule({
  id: 'missing-ignore-file',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'There is no .dockerignore.',
  why: `
    A change to any copied file invalidates the cache of this instruction and all below it, and copied secrets are in the
    image. This needs the build context. Nothing is reported if everything in it can be useful: a .git folder that the build
    reads, and installed packages that nothing in the build installs, count as intended.
  `,
  instead: 'Add a .dockerignore at the root of the build context.',
  url: 'https://docs.docker.com/build/concepts/context/#dockerignore-files',
  examples: {
    'nothing is known without a context': dockerfile`
      FROM node:22
      WORKDIR /app
      COPY package.json package-lock.json ./
      RUN npm ci
      COPY . .
    `,
    'files copied by name': dockerfile`
      FROM python:3.13-slim
      COPY requirements.txt app.py /app/
      RUN pip install --no-cache-dir -r /app/requirements.txt
    `,
  },
  visit: {
    File: (model) => judge(model),
  },
});

function judge(model: Model): Finding | undefined {
  const { context } = model;
  if (!context || context.ignoreFile) return undefined;
  const found = contextTakes(model)
    .map((it) => ({ ...it, junk: model.junk(it.take, it.stage) }))
    .filter(({ junk }) => junk.length > 0);
  const worst =
    found.find(({ take, stage, junk }) => isInImage(take, stage, junk)) ??
    found.find(({ junk }) => junk.some(matters)) ??
    found[0];
  return worst && finding(worst, worst.junk);
}

function finding({ take, step, stage }: ContextTake, junk: readonly Junk[]): Finding {
  const { at, source, via, copied } = take;
  const told = junk.filter(matters);
  const subject = via === 'mount' ? 'RUN mounts' : `${step.instruction.keyword.text} ${source} takes`;
  const secret = isInImage(take, stage, junk);
  return {
    at,
    ...(told.length === 0 && { preset: 'strict' as const }),
    message: `There is no .dockerignore, so ${subject} ${summary(told.length > 0 ? told : junk)}.`,
    why: secret ? readable : forgotten(copied!.files.length),
    instead: `Add a .dockerignore with ${lines(junk)}.`,
  };
}
