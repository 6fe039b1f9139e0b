import { type Context, dockerfile, type Finding, type Junk, type Model, rule } from '../../src/engine/rule.ts';
import { missedBy } from './lib/anchored-patterns.ts';
import { type ContextTake, contextTakes } from './lib/context-takes.ts';
import { forgotten, isInImage, lines, matters, readable, summary } from './lib/junk-words.ts';

export default rule({
  id: 'weak-ignore-file',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'The ignore file lets in what no image has a use for.',
  why: `
    A change of any file that is let in makes the cache forget this instruction and all below it. Secrets that are let in are in
    the image. This needs the build context. What a source names itself is taken as meant, and so are a history of Git that a
    build asks and installed packages where nothing installs them.
  `,
  instead: 'More lines at the end of the ignore file.',
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

function judge(model: Model): Finding[] {
  const { context } = model;
  if (!context?.ignoreFile) return [];
  const missed = new Set(missedBy(context).flatMap(({ roots }) => roots));
  return contextTakes(model).flatMap((it) => {
    // a secret is told as one, whatever keeps the rest of its name out
    const junk = model
      .junk(it.take, it.stage)
      .filter(({ kind, roots }) => kind === 'secret' || !roots.every((root) => missed.has(root)));
    return junk.length > 0 ? [finding(it, junk, context)] : [];
  });
}

function finding({ take, stage }: ContextTake, junk: readonly Junk[], context: Context): Finding {
  const told = junk.filter(matters);
  const shown = told.length > 0 ? told : junk;
  const secret = isInImage(take, stage, junk);
  const { path } = context.ignoreFile!;
  return {
    at: take.at,
    ...(told.length === 0 && { preset: 'strict' as const }),
    message: `${path} lets in ${summary(shown)}.`,
    why: secret ? readable : forgotten(take.copied!.files.length),
    instead: `At the end of ${path} ${lines(shown)}.${anchoring(shown, context)}`,
  };
}

/** A pattern that is there already and does not reach what is deeper. */
function anchoring(shown: readonly Junk[], { ignoreFile }: Context): string {
  const deeper = shown.find(({ name, roots }) => {
    const there = ignoreFile!.parsed.patterns.some((it) => !it.negated && it.text === name);
    return there && roots.some((root) => root.includes('/'));
  });
  return deeper ? ` The pattern ${deeper.name} matches at the root alone.` : '';
}
