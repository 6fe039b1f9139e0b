import { dockerfile, type Finding, rule } from '../../src/engine/rule.ts';
import { misread } from './lib/misread.ts';

export default rule({
  id: 'shell-syntax-in-copy',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'This is shell syntax, and no shell reads it.',
  why: `
    COPY and ADD stop the build, as there is no such file, and VOLUME makes a volume of each word. The builder takes operators
    and redirections in them for paths.
  `,
  instead: 'Remove the operator and what follows it; for a file that may be missing, write a pattern such as file*.',
  url: 'https://docs.docker.com/reference/dockerfile/#copy',
  examples: {
    'a file that may be missing': dockerfile`
      FROM debian:12
      COPY a.conf /etc/ 2>/dev/null || true
                        ~~~~~~~~~~~~~~~~~~~
    `,
    paths: dockerfile`
      FROM debian:12
      COPY a&b a|b /etc/
    `,
  },
  visit: {
    Copy: (node) => judge(node),
    Add: (node) => judge(node),
    Volume: (node) => judge(node),
  },
});

function judge(node: Parameters<typeof misread>[0]): Finding | undefined {
  const found = misread(node);
  if (found?.kind !== 'shell') return undefined;
  return {
    at: found.at,
    message: `${node.keyword.text} is not a shell command, so it takes ${found.word.raw} for a path.`,
  };
}
