import { callOf, dockerfile, rule } from '../../src/engine/rule.ts';
import { operators } from '../../src/knowledge/commands/subcommands.ts';
import { isEditable } from '../lib/edits.ts';

export default rule({
  id: 'command-among-packages',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'A command is among the arguments of another command.',
  why: `
    The second command never runs: the first takes its words as further arguments, such as packages that do not exist. A
    name counts as a command only if the next word makes that clear, as in apt-get clean or rm -rf.
  `,
  instead: 'Write && before the second command.',
  url: 'https://docs.docker.com/build/building/best-practices/#run',
  examples: {
    'a missing && at the end of a line': dockerfile`
        FROM debian:12
        RUN apt-get update && \
            apt-get install -y --no-install-recommends bind9utils \
      -     apt-get clean && \
            ~~~~~~~
      +     && apt-get clean && \
            rm -rf /var/lib/apt/lists/*
    `,
    'packages with the names of programs': dockerfile`
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
        message: `&& is missing before ${stray.text}, which ${callOf(operation)} takes as an argument.`,
        instead: `Write && before ${stray.text}.`,
        ...(isShell && { fix }),
      };
    },
  },
});
