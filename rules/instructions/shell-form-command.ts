import { type Command, dockerfile, type Finding, type Place, rule, type ShellForm } from '../../src/engine/rule.ts';

type Instruction = { readonly keyword: { readonly text: string }; readonly command: unknown };

export default rule({
  id: 'shell-form-command',
  aliases: ['DL3025', 'JSONArgsRecommended'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'The program is started through a shell.',
  why: `
    The shell is process 1 and does not pass signals on, so docker stop waits ten seconds and then kills. The exec form starts
    the program itself. A command that needs the shell can hand over with exec; a stage that sets SHELL has chosen one.
  `,
  instead: 'The exec form: a JSON array with each argument in double quotes.',
  url: 'https://docs.docker.com/reference/build-checks/json-args-recommended/',
  examples: {
    'a plain command': dockerfile`
        FROM node:22
      - CMD node server.js
            ~~~~~~~~~~~~~~
      + CMD ["node", "server.js"]
    `,
    'a command that needs the shell': dockerfile`
      FROM node:22
      ENTRYPOINT node server.js --port $PORT
                 ~~~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    'the exec form, and a shell that hands over': dockerfile`
      FROM node:22
      ENTRYPOINT ["docker-entrypoint.sh"]
      CMD exec node server.js --port $PORT
    `,
    'a stage that has chosen its shell': dockerfile`
      FROM node:22
      SHELL ["/bin/bash", "-o", "pipefail", "-c"]
      CMD node server.js | tee /var/log/server.log
    `,
  },
  visit: {
    Cmd: (node, place) => judge(node, place),
    Entrypoint: (node, place) => judge(node, place),
  },
});

function judge(
  { keyword, command }: Instruction & { readonly command: ShellForm | unknown },
  { step, stage }: Place,
): Finding | undefined {
  const form = command as ShellForm | undefined;
  if (form?.kind !== 'ShellForm' || stage?.end.shell.explicit) return undefined;
  const { script } = step;
  if (!script?.parsed) return { at: form, message: `${keyword.text} starts its program through a shell.` };
  const own = script.commands.filter(({ within }) => !within.includes('string'));
  const last = own.at(-1);
  if (last?.wrappers.some(({ name }) => name === 'exec')) return undefined;
  const words = own.length === 1 && last ? plainWords(last, form) : undefined;
  const message = `${keyword.text} starts its program through a shell.`;
  if (!words) return { at: form, message, instead: 'exec in front of the program that stays, or the exec form.' };
  const text = JSON.stringify(words).replaceAll('","', '", "');
  return { at: form, message, fix: { title: 'Write the exec form', edits: [{ span: form.span, text }] } };
}

/** The arguments, where the shell does nothing but divide the line into them. */
function plainWords(command: Command, form: ShellForm): string[] | undefined {
  const words = [command.word, ...command.args];
  const whole = command.span.start === form.span.start && command.span.end === form.span.end;
  const plain = whole && command.assignments.length + command.redirects.length + command.wrappers.length === 0;
  return plain && words.every(({ literal, text }) => literal && !text.startsWith('~'))
    ? words.map(({ text }) => text)
    : undefined;
}
