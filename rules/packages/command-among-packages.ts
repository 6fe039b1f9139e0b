import { callOf, dockerfile, rule } from '../../src/engine/rule.ts';
import { operators } from '../../src/knowledge/commands/subcommands.ts';
import { isEditable } from '../lib/edits.ts';

export default rule({
  id: 'command-among-packages',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'A command stands among the arguments of another.',
  why: `
    Without && or a semicolon between them, the second command is a list of further arguments of the first, such as packages that
    do not exist. A name counts as a command where a word follows that only a call of it has, as in apt-get clean or rm -rf.
  `,
  instead: 'Write && before the second command.',
  url: 'https://docs.docker.com/build/building/best-practices/#run',
  examples: {
    'an && that was forgotten at the end of a line': dockerfile`
        FROM debian:12
        RUN apt-get update && \
            apt-get install -y --no-install-recommends bind9utils \
      -     apt-get clean && \
            ~~~~~~~
      +     && apt-get clean && \
            rm -rf /var/lib/apt/lists/*
    `,
    'packages that are named as programs are': dockerfile`
      FROM debian:12
      RUN apt-get update && apt-get install -y --no-install-recommends curl git make npm python3-pip && rm -rf /var/lib/apt/lists/*
    `,
  },
  visit: {
    Operation(operation, { step }) {
      const { stray } = operation;
      if (!stray || operators.has(stray.text) || step.instruction.kind !== 'Run') return undefined;
      const { start } = stray.span;
      const fix = { title: 'Add &&', edits: [{ span: { start, end: start }, text: '&& ' }] };
      const isShell = step.instruction.command?.kind === 'ShellForm' && isEditable(operation);
      return {
        at: stray,
        message: `&& is missing before ${stray.text}, which ${callOf(operation)} takes for one of its arguments.`,
        instead: `Write && before ${stray.text}.`,
        ...(isShell && { fix }),
      };
    },
  },
});
