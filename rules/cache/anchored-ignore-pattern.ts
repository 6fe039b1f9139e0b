import {
  type Context,
  type ContextFile,
  dockerfile,
  type Finding,
  isBelow,
  type Model,
  rule,
} from '../../src/engine/rule.ts';
import { counted, size } from '../lib/words.ts';
import { type Missed, missedBy } from './lib/anchored-patterns.ts';
import { type ContextTake, contextTakes } from './lib/context-takes.ts';

export default rule({
  id: 'anchored-ignore-pattern',
  aliases: [],
  severity: 'info',
  preset: 'recommended',
  message: 'This ignore pattern matches only at the context root, where nothing has that name.',
  why: `
    Files of that name in deeper folders are sent to the builder, copied, and part of the cache key. Unlike in .gitignore,
    each pattern starts at the root of the context. This needs the build context. In recommended, only patterns whose name
    has one clear meaning are reported.
  `,
  instead: 'Write the pattern with **/ in front.',
  url: 'https://docs.docker.com/build/concepts/context/#syntax',
  examples: {
    'nothing is known without a context': dockerfile`
      FROM node:22
      WORKDIR /app
      COPY packages packages
      RUN npm ci
    `,
    'with one, only copied files count': dockerfile`
      FROM node:22
      COPY package.json ./
    `,
  },
  visit: {
    File: (model) => judge(model),
  },
});

function judge(model: Model): Finding[] {
  const { context } = model;
  if (!context?.ignoreFile) return [];
  const missed = missedBy(context);
  if (missed.length === 0) return [];
  const taken = contextTakes(model);
  return missed.flatMap((it) => {
    const first = taken.find(({ take }) => take.copied!.files.some((file) => isIn(file, it)));
    return first ? (finding(it, first, context, model) ?? []) : [];
  });
}

/** Whether a file is one of the roots, or lies in one. */
const isIn = ({ path }: ContextFile, { roots }: Missed): boolean => roots.some((root) => isBelow(path, root));

function finding(missed: Missed, { take, stage }: ContextTake, context: Context, model: Model): Finding | undefined {
  const { pattern, line, roots } = missed;
  const kinds = new Map(model.junk(take, stage).flatMap(({ kind, roots }) => roots.map((root) => [root, kind])));
  // a secret is told as one
  if (roots.every((root) => kinds.get(root) === 'secret')) return undefined;
  const certain = roots.every((root) => kinds.has(root));
  const passed = take.copied!.files.filter((file) => isIn(file, missed));
  const bytes = passed.reduce((sum, it) => sum + it.size, 0);
  const { path } = context.ignoreFile!;
  return {
    at: take.at,
    ...(!certain && { preset: 'strict' as const }),
    message: `The pattern ${pattern} (line ${line} of ${path}) matches only at the context root, and misses ${counted(passed.length, 'file')} (${size(bytes)}) in ${where(roots)}.`,
    instead: `Write **/${pattern.replace(/\/$/, '')} in line ${line} of ${path}.`,
  };
}

const where = (roots: readonly string[]): string =>
  roots.length === 1 ? roots[0]! : `${roots[0]} and ${counted(roots.length - 1, 'other place')}`;
