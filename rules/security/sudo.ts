import {
  between,
  type Command,
  dockerfile,
  type Finding,
  type Place,
  rule,
  type ShellWord,
} from '../../src/engine/rule.ts';

export default rule({
  id: 'sudo',
  aliases: ['DL3004'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'sudo is used in a build.',
  why: `
    For root, sudo does nothing; for another USER, the RUN depends on the sudoers file, and sudo without a password gives
    root to any intruder in the container. Reported as info if the file, or an image such as those of CircleCI, has set
    another user. sudo -u with a user other than root is reported only in all.
  `,
  instead: 'Write USER root before this RUN, and USER with the previous account after it.',
  url: 'https://docs.docker.com/build/building/best-practices/#user',
  examples: {
    'root uses sudo': dockerfile`
        FROM debian:12
      - RUN sudo apt-get update
            ~~~~
      + RUN apt-get update
    `,
    'another user becomes root': dockerfile`
      FROM debian:12
      USER app
      RUN sudo chown app /srv
          ~~~~
    `,
    'sudo for users of the container': dockerfile`
      FROM debian:12
      RUN apt-get update && apt-get install -y --no-install-recommends sudo
      RUN echo "dev ALL=(ALL) NOPASSWD: ALL" > /etc/sudoers.d/dev && command -v sudo
    `,
  },
  differs: {
    DL3004: [
      {
        why: 'sudo may be called through another command or by its path.',
        only: 'dflint',
        text: 'FROM debian:12\nRUN env A=1 /usr/bin/sudo true',
      },
      { why: 'A warning rather than an error: the build works.' },
    ],
  },
  visit: {
    Script({ commands }, place): Finding[] {
      if (place.step.instruction.kind !== 'Run') return [];
      const uses = commands.flatMap((command) => {
        const word =
          command.name === 'sudo' ? command.word : command.wrappers.find(({ name }) => name === 'sudo')?.word;
        return word && !isAsked(command) ? [{ command, word, isOther: takesUser(command, word, place) }] : [];
      });
      const own = uses.filter(({ isOther }) => !isOther);
      const other = uses.find(({ isOther }) => isOther);
      const [first] = own;
      if (!first) return other ? [{ at: other.word, ...asOther }] : [];
      const fixes = own.flatMap(({ command, word }) => removal(command, word, place) ?? []);
      const fix = fixes[0] && { ...fixes[0], edits: fixes.flatMap(({ edits }) => edits) };
      const message = messageFor(own.length, place);
      return [
        {
          at: first.word,
          message,
          ...(place.step.isRoot && asRoot),
          ...(place.step.isRoot === undefined && { instead: forUnknown(own.length < commandsOf(place)) }),
          ...(isMeant(place) && { severity: 'info' }),
          ...(fix && { fix }),
        },
      ];
    },
  },
});

const forUnknown = (isMixed: boolean): string =>
  `Remove sudo if the base image runs as root; else write USER root before ${isMixed ? 'a RUN of the commands with sudo' : 'this RUN'}, and USER with its account after it.`;

const commandsOf = ({ step }: Place): number => step.script?.commands.length ?? 0;

const asRoot: Omit<Finding, 'at'> = {
  why: 'For root, sudo changes nothing, but has to be installed.',
  instead: 'Remove sudo, with its options, from this RUN.',
};

const asOther: Omit<Finding, 'at'> = {
  preset: 'all',
  message: 'sudo runs a command as another user.',
  why: 'The image needs sudo installed and configured only for this.',
  instead: 'Write USER with that account before this RUN, or run the command with setpriv or gosu.',
};

/** `sudo -u app`: for that the user has to be another. */
function takesUser(command: Command, word: ShellWord, { model }: Place): boolean {
  const options =
    command.name === 'sudo'
      ? command.args.map(({ text }) => text)
      : model.file.text.slice(word.span.end, nextOf(command, word).span.start).split(/[\s\\]+/);
  return (
    options.some((it) => /^(?:-[A-Za-z]*u|--user(?:=|$))/.test(it)) &&
    !options.some((it) => /^(?:-u|--user=)?root$/.test(it))
  );
}

/** What sudo starts. */
const nextOf = ({ word: program, wrappers }: Command, word: ShellWord): ShellWord =>
  wrappers[wrappers.findIndex((it) => it.word === word) + 1]?.word ?? program;

function messageFor(count: number, { step }: Place): string {
  const where = count > 1 ? `sudo is used ${count} times in this RUN` : 'sudo is used in this RUN';
  return step.isRoot ? `${where}, which runs as root anyway.` : `${where}.`;
}

/** Images whose user may use sudo without a password, by design. */
const forUsers = /^(?:circleci|cimg|gitpod|codercom|linuxbrew)\//;

/** Whether the file, or an image that is made so, has set another user. */
function isMeant({ step, stage }: Place): boolean {
  const isByDesign = forUsers.test(stage?.rootImage?.repository ?? '');
  return isByDesign || (step.before.user.state !== 'unset' && step.isRoot === false);
}

/** `sudo --version`. */
const isAsked = ({ name, args }: Command): boolean =>
  name === 'sudo' && args.some(({ text }) => /^(?:-V|--version|-h|--help)$/.test(text));

/** Where the user is root anyway, and sudo has no options of its own. */
function removal(command: Command, word: ShellWord, place: Place): Finding['fix'] {
  const { assignments, name } = command;
  const next = nextOf(command, word);
  if (name === 'sudo' || name === undefined || !place.step.isRoot) return undefined;
  if (word.raw !== word.text || assignments.some(({ span }) => span.start > word.span.end)) return undefined;
  const model = place.model.file;
  // what stands between is an option of sudo, which decides how it runs
  if (between(model.comments, word.span.end + 1, next.span.start - 1).length > 0 || next.span.start - word.span.end > 1)
    return undefined;
  return { title: 'Remove sudo', edits: [{ span: { start: word.span.start, end: next.span.start }, text: '' }] };
}
