import { dockerfile, type ExecForm, type Finding, type Place, rule } from '../../src/engine/rule.ts';

const operator = /^(?:&&|\|\|?|;|\d?>>?|2>&1|&>|<|&)$/;
/** Programs that read these words themselves. */
const readers = new Set(['find', 'xargs', 'expr', 'test', '[', 'awk', 'jq']);

export default rule({
  id: 'operator-in-exec-form',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'A shell operator is an argument here.',
  why: `
    The exec form starts no shell, so the operator has no effect and the program gets arguments that it does not expect. Arrays
    that start a shell with -c, and programs that read such words themselves, such as find, are not judged.
  `,
  instead: 'Write the shell form, or start a shell: ["/bin/sh", "-c", "…"].',
  url: 'https://docs.docker.com/reference/dockerfile/#shell-and-exec-form',
  examples: {
    'two commands': dockerfile`
      FROM debian:12
      RUN ["apt-get", "update", "&&", "apt-get", "install", "-y", "curl"]
                                ~~~~
      CMD ["node", "server.js", ">", "/var/log/server.log"]
                                ~~~
    `,
    'a shell that reads them': dockerfile`
      FROM debian:12
      RUN ["/bin/bash", "-c", "apt-get update && apt-get install -y curl"]
      RUN ["find", "/srv", "-name", "*.pyc", "-exec", "rm", "{}", ";"]
    `,
  },
  visit: {
    Run: ({ command }, place) => judge(command, place),
    Cmd: ({ command }, place) => judge(command, place),
    Entrypoint: ({ command }, place) => judge(command, place),
    Healthcheck: ({ command }, place) => judge(command, place),
  },
});

function judge(command: ExecForm | { readonly kind: 'ShellForm' } | undefined, { step }: Place): Finding | undefined {
  if (command?.kind !== 'ExecForm' || command.items.length < 2) return undefined;
  const [program, ...args] = command.items;
  const found = args.find(({ text }) => operator.test(text));
  const calls = step.script?.commands ?? [];
  if (!found || isShell(program!, args) || calls.some(({ name }) => readers.has(name ?? ''))) return undefined;
  const name = program!.text.replace(/^.*\//, '');
  return { at: found, message: `Without a shell, ${found.text} and everything after it are arguments of ${name}.` };
}

type Item = ExecForm['items'][number];

const shell = /(?:^|[\\/])(?:\w*sh|busybox|cmd|powershell|pwsh|env|su|sudo|gosu)(?:\.exe)?$/i;

/** Whether a shell is started, by itself or by another program, that reads a script among the arguments. */
const isShell = (program: Item, args: readonly Item[]): boolean =>
  [program, ...args].some(({ text }) => shell.test(text)) &&
  args.some(({ text }) => /^(?:-\w*c|\/[cs]|-command)$/i.test(text));
