import { type Command, dockerfile, type Finding, hasFlag, type Place, rule } from '../../src/engine/rule.ts';
import {
  batchOptions,
  type HostUse,
  hadolintHostCommands,
  hostCommands,
  offlineServiceVerbs,
  serviceScript,
} from '../../src/knowledge/commands/host-commands.ts';

/** What is said of a call, after its name. */
const effects: Readonly<Record<HostUse, string>> = {
  service: 'has no effect on the services of the container: processes do not outlive their RUN',
  machine: 'is for a running machine, not for an image build',
  session: 'is for use at a terminal, and an image build has none',
  report: 'prints facts about the running build, not about the image',
  signal: 'has no process to end: those of an earlier RUN ended with it',
  remote: 'makes the build depend on another machine and its keys',
};

const reasons: Readonly<Record<HostUse, string>> = {
  service: 'An image holds files and settings, but no running processes.',
  machine: 'A build cannot change the machine that it runs on, and such a change would not be in the image.',
  session: 'Nobody can type in a RUN, and its output goes only to the build log.',
  report: 'It says nothing about the containers that will run from the image.',
  signal: 'Each RUN begins with no processes but its own.',
  remote: 'The build fails if that machine cannot be reached, and may give another result each time.',
};

const insteads: Readonly<Record<HostUse, string>> = {
  service: 'Remove it, and start the program with CMD or ENTRYPOINT.',
  machine: 'Remove it, and set up the machine that runs the container.',
  session: 'Remove it, or use a program that needs no terminal.',
  report: 'Remove it, or run it in a container of the image.',
  signal: 'Remove it.',
  remote: 'Get files with COPY or ADD, or pass the key with RUN --mount=type=ssh.',
};

export default rule({
  id: 'host-command',
  aliases: ['DL3001'],
  severity: 'info',
  preset: 'recommended',
  message: 'This command is for a running machine, not for an image build.',
  why: `
    A build has no services, no terminal and no access to the machine. Services and processes that other commands of the same
    RUN use, editors that run without a terminal, systemctl enable and similar commands, ssh with a key of the build, and RUN
    --security=insecure are not judged.
  `,
  instead: 'Remove it: start programs with CMD or ENTRYPOINT, and leave the machine to what runs the container.',
  url: 'https://docs.docker.com/build/building/best-practices/#decouple-applications',
  examples: {
    'a service': dockerfile`
      FROM debian:12
      RUN apt-get install -y --no-install-recommends nginx && service nginx start
                                                              ~~~~~~~
    `,
    'an editor': dockerfile`
      FROM debian:12
      RUN vim /etc/hosts
          ~~~
    `,
    'a server that the RUN itself needs': dockerfile`
      FROM debian:12
      RUN service postgresql start && createdb app && service postgresql stop
      RUN ./server & pid=$! && ./fill-database && kill "$pid"
    `,
    'links, plugins, versions, keys of the build': dockerfile`
      FROM debian:12
      RUN systemctl enable nginx && vim +PluginInstall +qall && ssh -V
      RUN --mount=type=ssh ssh git@example.com true
    `,
  },
  differs: {
    DL3001: [
      {
        why: 'A job that the same RUN has started may be killed.',
        only: 'hadolint',
        text: 'FROM debian:12\nRUN ./server & kill $!',
      },
      {
        why: 'A command with a path counts too, and so does ifconfig.',
        only: 'dflint',
        text: 'FROM debian:12\nRUN /sbin/ifconfig',
      },
    ],
  },
  visit: {
    Command(command, place): Finding | undefined {
      const { name, within, word } = command;
      const isScript = serviceScript.test(word.text);
      const use = isScript ? 'service' : useOf(command);
      const { instruction, script } = place.step;
      if (!use || !name || instruction.kind !== 'Run' || within.includes('function')) return undefined;
      if (script?.dialect === 'cmd' || script?.dialect === 'powershell' || isFine(command, use, place))
        return undefined;
      return {
        at: word,
        message: `${use === 'service' ? callText(command) : name} ${effects[use]}.`,
        why: reasons[use],
        instead: insteads[use],
        aliases: isScript || !(hadolintHostCommands.has(name) || name === 'ifconfig') ? [] : ['DL3001'],
      };
    },
  },
});

/** Without arguments these two only print what is so. */
const isLook = ({ name, args }: Command): boolean => args.length === 0 && (name === 'mount' || name === 'ifconfig');

const useOf = (command: Command): HostUse | undefined =>
  isLook(command) ? 'report' : hostCommands.get(command.name ?? '');

/** `service apache2 restart`, with no more than two arguments, and none that only the build knows. */
function callText({ name, word, args }: Command): string {
  const unknown = args.findIndex(({ literal, text }) => !literal || /\s/.test(text));
  const known = args.slice(0, unknown < 0 ? 2 : Math.min(2, unknown));
  return [serviceScript.test(word.text) ? word.text : name, ...known.map(({ text }) => text)].join(' ');
}

const asks = /^(?:-h|--help|-V|-v|--version|-\?)$/;

/** Whether it is one of the calls that have their use in a build. */
function isFine(command: Command, use: HostUse, { step }: Place): boolean {
  const { instruction, script } = step;
  const { args, within } = command;
  if (args.some(({ text }) => asks.test(text)) || hasFlag(instruction, 'security')) return true;
  const commands = script?.commands ?? [];
  const before = commands.slice(0, commands.indexOf(command));
  const after = commands.slice(commands.indexOf(command) + 1);
  switch (use) {
    case 'service':
      if (args.some(({ text }) => offlineServiceVerbs.has(text) || text === '--root')) return true;
      // started for what follows, or stopped after what came before
      return [...after, ...(args.some(({ text }) => text === 'stop') ? before : [])].some(isWork);
    case 'signal':
      return before.some((it) => isWork(it) || it.joint === '&') || within.includes('string');
    case 'report':
      return (
        (isLook(command) && before.length > 0) ||
        before.some(isWork) ||
        within.includes('substitution') ||
        within.includes('condition')
      );
    case 'session':
      // without a file and behind a pipe a pager or an editor is a filter
      return (
        args.some(({ text }) => batchOptions.test(text)) || /^\|/.test(command.joint) || command.redirects.length > 0
      );
    case 'machine':
      return false;
    case 'remote':
      return (
        /^-[QG]$/.test(args[0]?.text ?? '') ||
        instruction.flags.some(({ mount }) => mount?.type === 'ssh' || mount?.type === 'secret')
      );
  }
}

const idle = new Set('echo printf true : sleep exit set cd export rm mkdir wait'.split(' '));

/** Whether a command may need, or may have started, a process. */
const isWork = ({ name, word }: Command): boolean =>
  name === undefined ? word.text !== '' : !idle.has(name) && !hostCommands.has(name);
