import {
  absoluteIn,
  baseName,
  type Command,
  dockerfile,
  type Finding,
  type Place,
  readOptions,
  rule,
  type Script,
  type Step,
} from '../../src/engine/rule.ts';
import { otherShells } from '../../src/knowledge/commands/other-shells.ts';

const sh = new Set(['/bin/sh', '/usr/bin/sh']);
const valued = { options: '-t|--target-directory= -S|--suffix=' };

export default rule({
  id: 'replaced-sh',
  aliases: ['DL4005'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'Another shell replaces /bin/sh.',
  why: `
    Scripts of the distribution and its package manager then run in a shell that they were not written for, and an update of the
    shell undoes the change. A shell for an image that has none is not judged.
  `,
  instead: 'Set SHELL, which applies to all later RUN, CMD and ENTRYPOINT of the stage.',
  url: 'https://docs.docker.com/reference/dockerfile/#shell',
  examples: {
    'a link to bash': dockerfile`
        FROM ubuntu:24.04
      - RUN ln -sf /bin/bash /bin/sh
                             ~~~~~~~
      + SHELL ["/bin/bash", "-c"]
        RUN source /etc/os-release
    `,
    'removed before': dockerfile`
        FROM ubuntu:24.04
      - RUN rm /bin/sh && ln -s /bin/bash /bin/sh
                                          ~~~~~~~
      + SHELL ["/bin/bash", "-c"]
    `,
    'the shell set, a link elsewhere, an image without a shell': dockerfile`
      FROM ubuntu:24.04
      SHELL ["/bin/bash", "-c"]
      RUN ln -s /bin/sh /usr/local/bin/shell
      RUN ["/busybox/busybox", "ln", "-s", "/busybox/busybox", "/bin/sh"]
    `,
  },
  differs: {
    DL4005: [
      {
        why: 'The file may also be copied, and /usr/bin/sh is the same.',
        only: 'dflint',
        text: 'FROM debian:12\nRUN ln -sf /bin/bash /usr/bin/sh',
      },
      {
        why: '/bin/sh is only the source of the link and does not change.',
        only: 'hadolint',
        text: 'FROM debian:12\nRUN ln -s /bin/sh /bin/ksh',
      },
    ],
  },
  visit: {
    Command(command, place): Finding | undefined {
      const { name } = command;
      if (place.step.instruction.kind !== 'Run' || (name !== 'ln' && name !== 'cp' && name !== 'mv')) return undefined;
      const { options, positionals } = readOptions(command.args, valued);
      if (options.some((it) => it.name === '-t') || positionals.length !== 2) return undefined;
      const [source, target] = positionals;
      const shell = baseName(source!.text);
      if (!isSh(target!.text, command, place) || !otherShells.has(shell)) return undefined;
      const fix = name === 'ln' && source!.text.startsWith('/') ? withShell(source!.text, command, place) : undefined;
      return { at: target!, ...(fix && { fix }) };
    },
  },
});

/** `sh`, as a path, or named in the folder that the step is in. */
function isSh(text: string, command: Command, { step }: Place): boolean {
  if (sh.has(text)) return true;
  if (text.startsWith('/')) return text === '/bin/' || text === '/usr/bin/' ? false : sh.has(text.replace(/\/+/g, '/'));
  const { workdir } = step.before;
  const own = step.script?.commands ?? [];
  const moved = own.slice(0, own.indexOf(command)).findLast(({ name }) => name === 'cd')?.args[0];
  const folder = moved
    ? moved.literal
      ? moved.text
      : undefined
    : workdir.state === 'known'
      ? workdir.text
      : undefined;
  return sh.has(absoluteIn(folder, text) ?? '');
}

/** SHELL in place of a RUN that does nothing else. */
function withShell(shell: string, command: Command, { step, onbuild }: Place): Finding['fix'] {
  const { instruction, script, before } = step;
  if (onbuild || !script?.parsed || before.shell.explicit || instruction.flags.length > 0) return undefined;
  if (!onlyLinks(script, command) || hasComment(step)) return undefined;
  const { raw } = instruction.keyword;
  const keyword = raw === raw.toLowerCase() ? 'shell' : 'SHELL';
  const edits = [{ span: instruction.span, text: `${keyword} ["${shell}", "-c"]` }];
  return { title: 'Write SHELL', edits, reaches: ['shell'] };
}

const onlyLinks = ({ commands }: Script, link: Command): boolean =>
  commands.every(
    (it) => it === link || ((it.name === 'rm' || it.name === 'mv') && it.args.some(({ text }) => sh.has(text))),
  );

const hasComment = ({ instruction }: Step): boolean => instruction.trivia.some(({ kind }) => kind === 'Comment');
