import type { Stage } from '../../../src/engine/rule.ts';
import { droppers } from '../../../src/knowledge/images/users.ts';

/** Words that are no more than the installation of a program that leaves root behind. */
const named = /(?:^|[/=:])(?:gosu|su-exec|s6-overlay|fixuid|runit|my_init)(?:[-_.:/=@]|$)/;

/** Servers that cannot start as another user, from their manuals: they switch users themselves or serve them all. */
const ofRoot = new Set(
  'sshd init systemd dockerd containerd cron crond rsyslogd systemd-udevd login agetty'.split(' '),
);

/** Whether what the image starts needs root. */
export const needsRoot = ({ allSteps }: Stage): boolean => {
  const starts = ({ instruction }: Stage['steps'][number]): boolean =>
    instruction.kind === 'Entrypoint' || instruction.kind === 'Cmd';
  const last = allSteps.findLast(starts);
  return (last?.script?.commands ?? []).some(({ name }) => name !== undefined && ofRoot.has(name));
};

/** Whether the image has a program by which its entry point leaves root behind, or begins with one. */
/** Images whose init switches users for each service: https://github.com/just-containers/s6-overlay */
const withInit = /(?:^|[-_/:.])s6(?:[-_:.]|$)|^(?:lsiobase|linuxserver|lscr\.io\/linuxserver)\//;

export const leavesRoot = ({ allSteps, rootImage }: Stage): boolean =>
  withInit.test(rootImage?.text ?? '') ||
  allSteps.some(({ instruction, script, operations }) => {
    if (operations.some(({ packages }) => packages.some(({ name }) => name !== undefined && named.test(name))))
      return true;
    if (instruction.kind === 'Copy' || instruction.kind === 'Add')
      return [...instruction.sources, instruction.destination].some((word) => word && named.test(word.text));
    const starts = instruction.kind === 'Entrypoint' || instruction.kind === 'Cmd';
    return (script?.commands ?? []).some(
      ({ name, args, wrappers, word }) =>
        [word, ...args].some(({ text }) => named.test(text)) ||
        (starts && [name, ...wrappers.map((it) => it.name)].some((it) => it !== undefined && droppers.has(it))),
    );
  });
