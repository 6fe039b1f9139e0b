import { type Context, dockerfile, type Finding, type Junk, type Model, rule } from '../../src/engine/rule.ts';
import { missedBy } from './lib/anchored-patterns.ts';
import { type ContextTake, contextTakes } from './lib/context-takes.ts';
import { forgotten, isInImage, lines, matters, readable, summary } from './lib/junk-words.ts';

export default rule({
  id: 'weak-ignore-file',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'The ignore file lets in files that no image needs.',
  why: `
    A change to any copied file invalidates the cache of this instruction and all below it, and copied secrets are in the
    image. This needs the build context. Files that a source names itself count as intended, and so do a .git folder that
    the build reads and installed packages that nothing in the build installs.
  `,
  instead: 'Add lines at the end of the ignore file.',
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
    instead: `Add ${lines(shown)} at the end of ${path}.${anchoring(shown, context)}`,
  };
}

/** A pattern that is there already and does not reach what is deeper. */
function anchoring(shown: readonly Junk[], { ignoreFile }: Context): string {
  const deeper = shown.find(({ name, roots }) => {
    const there = ignoreFile!.parsed.patterns.some((it) => !it.negated && it.text === name);
    return there && roots.some((root) => root.includes('/'));
  });
  return deeper ? ` The pattern ${deeper.name} matches only at the context root.` : '';
}
