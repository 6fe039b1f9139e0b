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
  message: 'A pattern of the ignore file matches at the root alone, and there is nothing.',
  why: `
    Each pattern of .dockerignore begins at the root of the context, unlike those of .gitignore: a folder of that name deeper
    down is sent, copied, and part of the key of the cache. This needs the build context. In recommended only those patterns
    count whose name can mean nothing else.
  `,
  instead: 'The pattern with **/ in front.',
  url: 'https://docs.docker.com/build/concepts/context/#syntax',
  examples: {
    'without a context nothing is known': dockerfile`
      FROM node:22
      WORKDIR /app
      COPY packages packages
      RUN npm ci
    `,
    'with one, only what is copied counts': dockerfile`
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
    message: `The pattern ${pattern}, line ${line} of ${path}, looks at the root alone and misses ${counted(passed.length, 'file')} (${size(bytes)}) in ${where(roots)}.`,
    instead: `**/${pattern.replace(/\/$/, '')} in line ${line} of ${path}.`,
  };
}

const where = (roots: readonly string[]): string =>
  roots.length === 1 ? roots[0]! : `${roots[0]} and ${counted(roots.length - 1, 'other place')}`;
