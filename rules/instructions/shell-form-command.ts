import {
  type Command,
  dockerfile,
  type ExecForm,
  type Finding,
  option,
  type Place,
  rule,
  type ShellForm,
} from '../../src/engine/rule.ts';
import { type NearJson, nearJson } from './lib/json-array.ts';
import { consequence } from './lib/process-one.ts';

type Form = ShellForm | ExecForm | undefined;

export default rule({
  id: 'shell-form-command',
  aliases: ['DL3025', 'JSONArgsRecommended'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'The program is started through a shell.',
  why: `
    A shell that stays process 1 does not pass signals on, so docker stop waits ten seconds and then kills the container. The sh
    of Debian and Ubuntu stays; bash and the sh of Alpine are replaced by a single command, which is why that case is only in
    preset strict. An ENTRYPOINT in shell form also ignores CMD and the arguments of docker run, and an ENTRYPOINT in exec form
    gets the shell and the text of a shell-form CMD as arguments. An image without a shell, such as scratch, does not start. A
    command that needs the shell can hand over with exec, and a stage with SHELL has chosen its shell on purpose. A health check
    ends by itself and often needs the shell for || exit 1, so it is judged only if the option is set.
  `,
  instead: 'Write the exec form: a JSON array with each argument in double quotes.',
  url: 'https://docs.docker.com/reference/build-checks/json-args-recommended/',
  options: {
    healthchecks: option('Whether the command of HEALTHCHECK is judged too.', { type: 'boolean' }, false),
  },
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
    'an array that is not JSON': dockerfile`
        FROM node:22
      - CMD ['node', 'server.js']
            ~~~~~~~~~~~~~~~~~~~~~
      + CMD ["node", "server.js"]
    `,
    'the exec form, and a shell that hands over with exec': dockerfile`
      FROM node:22
      HEALTHCHECK CMD curl --fail http://localhost:3000/ || exit 1
      ENTRYPOINT ["docker-entrypoint.sh"]
      CMD exec node server.js --port $PORT
    `,
    'a stage that has chosen its shell': dockerfile`
      FROM node:22
      SHELL ["/bin/bash", "-o", "pipefail", "-c"]
      CMD node server.js | tee /var/log/server.log
    `,
  },
  differs: {
    DL3025: [
      {
        why: 'The shell may hand over to the program.',
        only: 'hadolint',
        text: 'FROM debian:12\nCMD exec app --port $PORT',
      },
      {
        why: 'A stage that sets SHELL has chosen its shell.',
        only: 'hadolint',
        text: 'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nCMD app',
      },
      {
        why: 'A health check needs a shell for its ||; the option healthchecks reports it.',
        only: 'hadolint',
        text: 'FROM debian:12\nHEALTHCHECK CMD curl -f http://localhost/ || exit 1',
      },
    ],
    JSONArgsRecommended: [
      { why: 'The shell may hand over to the program.', only: 'BuildKit', text: 'FROM debian:12\nCMD exec app' },
    ],
  },
  visit: ({ healthchecks }) => ({
    Cmd: (node, place) => judge(node.keyword.text, node.command, place),
    Entrypoint: (node, place) => judge(node.keyword.text, node.command, place),
    Healthcheck({ type, command }, place) {
      if (type?.text !== 'CMD' || command?.kind !== 'ShellForm') return undefined;
      const names = place.onbuild ? [] : ['DL3025'];
      const near = nearJson(command.text);
      if (near) return malformed('HEALTHCHECK', command, near, names);
      if (!healthchecks) return undefined;
      if (place.stage?.end.shell.explicit) return undefined;
      const message = 'HEALTHCHECK starts its program through a shell.';
      const { words } = commandsOf(command, place.step);
      const fix = words ? { fix: asArray(command, words) } : {};
      return { at: command, aliases: names, message, why: 'Each check starts a shell first.', ...fix };
    },
  }),
});

function judge(keyword: string, form: Form, place: Place): Finding | undefined {
  const { step, stage, onbuild } = place;
  if (form?.kind !== 'ShellForm') return undefined;
  const chosen = stage?.end.shell.explicit ?? false;
  const aliases = onbuild ? [] : ['DL3025', 'JSONArgsRecommended'];
  const near = nearJson(form.text);
  if (near) return malformed(keyword, form, near, chosen ? aliases.slice(0, 1) : aliases);
  if (chosen) return undefined;
  const { commands, words } = commandsOf(form, step);
  if (commands.at(-1)?.wrappers.some(({ name }) => name === 'exec')) return undefined;
  const needsShell = step.script?.parsed && !words ? { instead: HAND_OVER } : {};
  const { fixable, ...said } = consequence(keyword, { commands, isPlain: words !== undefined }, place);
  const lacksShebang = words !== undefined && fixable && startsWithoutShebang(words[0]!, place);
  const fix = words && fixable && !lacksShebang ? { fix: asArray(form, words) } : {};
  const shebang = lacksShebang ? { instead: `Add a #! line to ${words[0]}, then write the exec form.` } : {};
  return { at: form, aliases, ...needsShell, ...said, ...shebang, ...fix };
}

/** Whether a program is a script of the build context without a #! line: a shell runs it, the kernel does not. */
function startsWithoutShebang(program: string, { stage, model }: Place): boolean {
  const file = stage?.allSteps.flatMap(({ takes }) => takes.flatMap(({ landed }) => landed.get(program) ?? [])).at(-1);
  const text = file && model.options.context?.read(file.path);
  return text !== undefined && !text.startsWith('#!');
}

const HAND_OVER = 'Put exec before the program that keeps running, or move the commands to a script that does.';

/** The commands of a shell form, as far as it was parsed; its words, where the shell does nothing but divide it into them. */
function commandsOf(
  form: ShellForm,
  { script }: Place['step'],
): { commands: readonly Command[]; words?: string[] | undefined } {
  const commands = script?.parsed ? script.commands.filter(({ within }) => !within.includes('string')) : [];
  const [only, ...more] = commands;
  return { commands, words: only && more.length === 0 ? plainWords(only, form) : undefined };
}

/** An array that BuildKit hands to the shell, brackets and all. */
function malformed(
  keyword: string,
  form: ShellForm,
  { problem, items }: NearJson,
  aliases: readonly string[],
): Finding {
  const finding: Finding = {
    at: form,
    aliases,
    message: `The array of ${keyword} is not valid JSON: ${problem}.`,
    why: 'The shell gets it as plain text and looks for a program whose name begins with [.',
  };
  return items && form.parts.length === 0 ? { ...finding, fix: asArray(form, items) } : finding;
}

const asArray = ({ span }: ShellForm, words: readonly string[]): NonNullable<Finding['fix']> => ({
  title: 'Write the exec form',
  edits: [{ span, text: `[${words.map((word) => JSON.stringify(word)).join(', ')}]` }],
});

/** What stands behind a command in its form. */
const behind = ({ span }: Command, form: ShellForm): string => form.raw.slice(span.end - form.span.start);

/** The arguments, where the shell does nothing but divide the line into them. */
function plainWords(command: Command, form: ShellForm): string[] | undefined {
  const words = [command.word, ...command.args];
  const whole = command.span.start === form.span.start && /^(?:[ \t]*#)?[ \t]*$/.test(behind(command, form));
  const plain = whole && command.assignments.length + command.redirects.length + command.wrappers.length === 0;
  return plain && words.every(({ literal, text }) => literal && !text.startsWith('~'))
    ? words.map(({ text }) => text)
    : undefined;
}
