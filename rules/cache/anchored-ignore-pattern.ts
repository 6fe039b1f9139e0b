import { type Context, type ContextFile, dockerfile, type Finding, type Model, rule } from '../../src/engine/rule.ts';
import { counted, size } from '../lib/amounts.ts';
import { junkIn } from '../lib/context-junk.ts';
import { contextOf, type Take, takesIn } from '../lib/context-takes.ts';
import { type Missed, missedBy } from './lib/anchored-patterns.ts';

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
  const takes = takesIn(model);
  const context = contextOf(model, takes);
  if (!context?.ignoreFile) return [];
  const missed = missedBy(context);
  if (missed.length === 0) return [];
  const taken = takes.map((take) => ({ take, files: context.copied([take.source], take.options).files }));
  return missed.flatMap((it) => {
    const first = taken.find(({ files }) => files.some((file) => isBelow(file, it)));
    return first ? (finding(it, first.take, first.files, context, model) ?? []) : [];
  });
}

/** Whether a file is one of the roots, or lies in one. */
const isBelow = ({ path }: ContextFile, { roots }: Missed): boolean =>
  roots.some((root) => path === root || path.startsWith(`${root}/`));

function finding(
  missed: Missed,
  take: Take,
  files: readonly ContextFile[],
  context: Context,
  model: Model,
): Finding | undefined {
  const { pattern, line, roots } = missed;
  const kinds = new Map(junkIn(context, take, model).flatMap(({ kind, roots }) => roots.map((root) => [root, kind])));
  // a secret is told as one
  if (roots.every((root) => kinds.get(root) === 'secret')) return undefined;
  const certain = roots.every((root) => kinds.has(root));
  const passed = files.filter((file) => isBelow(file, missed));
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
