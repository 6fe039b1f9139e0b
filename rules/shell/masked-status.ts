import { dockerfile, rule } from '../../src/engine/rule.ts';
import { isReadable } from '../lib/syntax.ts';

const declaring: ReadonlySet<string> = new Set(['export', 'declare', 'local', 'readonly', 'typeset']);

export default rule({
  id: 'masked-status',
  aliases: ['SC2155'],
  severity: 'warning',
  preset: 'strict',
  fix: 'suggestion',
  message: 'If the command in it fails, the declaration still succeeds.',
  why: `
    Neither && nor set -e stops the build, which goes on with an empty value. A plain assignment has the status of its command.
    Commands that only print, such as nproc, are reported too.
  `,
  instead: 'Write x=$(command) && export x.',
  url: 'https://www.shellcheck.net/wiki/SC2155',
  examples: {
    'an export': dockerfile`
        FROM debian:12
      - RUN export VERSION="$(curl -fsS https://example.com/version)" && ./install.sh
                   ~~~~~~~
      + RUN VERSION="$(curl -fsS https://example.com/version)" && export VERSION && ./install.sh
    `,
    'assigned first, or without a command': dockerfile`
      FROM debian:12
      RUN VERSION="$(curl -fsS https://example.com/version)" && export VERSION && ./install.sh
      RUN export VERSION="$LATEST" && ./install.sh
    `,
  },
  visit: {
    Script(script) {
      if (!isReadable(script)) return undefined;
      const { words, expansions } = script.syntax;
      return words.flatMap((word) => {
        const { command: owner, context, exact } = word;
        if (context !== 'declaration' || !owner?.name || !declaring.has(owner.name)) return [];
        if (!expansions.some((it) => it.word === word && it.kind === 'command')) return [];
        const argument = owner.args.find(({ span }) => span.end === word.span.end);
        const name = /^\w+(?==)/.exec(argument?.raw ?? '')?.[0];
        if (!argument || name === undefined) return [];
        const at = { start: argument.span.start, end: argument.span.start + name.length };
        const alone = exact && owner.name === 'export' && owner.args.length === 1 && owner.redirects.length === 0;
        const edits = [
          { span: { start: owner.word.span.start, end: argument.span.start }, text: '' },
          { span: { start: argument.span.end, end: argument.span.end }, text: ` && export ${name}` },
        ];
        const declared = owner.name === 'export' || owner.name === 'readonly';
        return [
          {
            at,
            message: `If the command fails, ${owner.name} still succeeds.`,
            instead: declared
              ? `Write ${name}=$(…) && ${owner.name} ${name}.`
              : `Write ${owner.name} ${name}, then ${name}=$(…).`,
            ...(alone ? { fix: { title: 'Assign, then export', edits } } : {}),
          },
        ];
      });
    },
  },
});
