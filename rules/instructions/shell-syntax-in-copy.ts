import { dockerfile, type Finding, rule } from '../../src/engine/rule.ts';
import { misread } from './lib/misread.ts';

export default rule({
  id: 'shell-syntax-in-copy',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'COPY is not a shell command.',
  why: `
    No shell reads COPY, ADD and VOLUME: operators and redirections are paths to the builder, which then finds no such file.
  `,
  instead: 'Write it without operators; a pattern such as file* may match nothing.',
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
  return { at: found.at, message: `${node.keyword.text} is not a shell command: ${found.word.raw} is a path to it.` };
}
