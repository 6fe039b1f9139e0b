import { type Command, dockerfile, type Finding, type Place, rule, type ShellWord } from '../../src/engine/rule.ts';

export default rule({
  id: 'sudo',
  aliases: ['DL3004'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'sudo is used in a build.',
  why: `
    An instruction runs as the user that USER says, so sudo adds nothing for root, and hides for others that the step needs
    root. An image in which sudo asks for no password gives root to whoever breaks into it.
  `,
  instead:
    'USER root before the step and USER with the account behind it; gosu or setpriv to run something as another user.',
  url: 'https://docs.docker.com/build/building/best-practices/#user',
  examples: {
    'root asks itself': dockerfile`
        FROM debian:12
      - RUN sudo apt-get update
            ~~~~
      + RUN apt-get update
    `,
    'another user asks for root': dockerfile`
      FROM debian:12
      USER app
      RUN sudo chown app /srv
          ~~~~
    `,
    'sudo for those who work in the container': dockerfile`
      FROM debian:12
      RUN apt-get update && apt-get install -y --no-install-recommends sudo
      RUN echo "dev ALL=(ALL) NOPASSWD: ALL" > /etc/sudoers.d/dev && command -v sudo
    `,
  },
  differs: {
    DL3004: [
      {
        why: 'Wrappers and paths are looked through.',
        only: 'dflint',
        text: 'FROM debian:12\nRUN env A=1 /usr/bin/sudo true',
      },
      { why: 'A warning rather than an error: the build works.' },
    ],
  },
  visit: {
    Command(command, place): Finding | undefined {
      const { instruction } = place.step;
      const word = command.name === 'sudo' ? command.word : command.wrappers.find(({ name }) => name === 'sudo')?.word;
      if (!word || instruction.kind !== 'Run' || isAsked(command)) return undefined;
      const fix = removal(command, word, place);
      return { at: word, ...(fix && { fix }) };
    },
  },
});

/** `sudo --version`. */
const isAsked = ({ name, args }: Command): boolean =>
  name === 'sudo' && args.some(({ text }) => /^(?:-V|--version|-h|--help)$/.test(text));

/** Where the user is root anyway, and sudo has no options of its own. */
function removal(
  { word: program, wrappers, assignments, name }: Command,
  word: ShellWord,
  place: Place,
): Finding['fix'] {
  const next = wrappers[wrappers.findIndex((it) => it.word === word) + 1]?.word ?? program;
  if (name === 'sudo' || name === undefined || !place.step.isRoot) return undefined;
  if (word.raw !== word.text || assignments.some(({ span }) => span.start > word.span.end)) return undefined;
  const model = place.model.file;
  const between = model.comments.some(({ span }) => span.start > word.span.end && span.end < next.span.start);
  // what stands between is an option of sudo, which decides how it runs
  if (between || next.span.start - word.span.end > 1) return undefined;
  return { title: 'Remove sudo', edits: [{ span: { start: word.span.start, end: next.span.start }, text: '' }] };
}
