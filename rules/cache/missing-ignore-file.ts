import { dockerfile, type Finding, type Model, rule } from '../../src/engine/rule.ts';
import { forgotten, isInImage, type Junk, junkIn, lines, matters, readable, summary } from '../lib/context-junk.ts';
import { contextOf, type Take, takesIn } from '../lib/context-takes.ts';

export default rule({
  id: 'missing-ignore-file',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'There is no .dockerignore.',
  why: `
    A change of any file that is let in makes the cache forget this instruction and all below it. Secrets that are let in are in
    the image. This needs the build context, and is silent where that holds nothing that an image has no use for: a history of
    Git that a build asks, or installed packages where nothing installs them, are taken as meant.
  `,
  instead: 'A .dockerignore beside the Dockerfile.',
  url: 'https://docs.docker.com/build/concepts/context/#dockerignore-files',
  examples: {
    'without a context nothing is known': dockerfile`
      FROM node:22
      WORKDIR /app
      COPY package.json package-lock.json ./
      RUN npm ci
      COPY . .
    `,
    'files that are named': dockerfile`
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
  const takes = takesIn(model);
  const context = contextOf(model, takes);
  if (!context || context.ignoreFile) return undefined;
  const found = takes
    .map((take) => ({ take, junk: junkIn(context, take, model) }))
    .filter(({ junk }) => junk.length > 0);
  const worst =
    found.find(({ take, junk }) => isInImage(take, junk)) ?? found.find(({ junk }) => junk.some(matters)) ?? found[0];
  return worst && finding(worst.take, worst.junk, context.copied([worst.take.source]).files.length);
}

function finding(take: Take, junk: readonly Junk[], files: number): Finding {
  const { at, source, step, mounted } = take;
  const told = junk.filter(matters);
  const subject = mounted ? 'RUN mounts' : `${step.instruction.keyword.text} ${source} takes`;
  const secret = isInImage(take, junk);
  return {
    at,
    ...(told.length === 0 && { preset: 'strict' as const }),
    message: `There is no .dockerignore, so ${subject} ${summary(told.length > 0 ? told : junk)}.`,
    why: secret ? readable : forgotten(files),
    instead: `A .dockerignore with ${lines(junk)}.`,
  };
}
