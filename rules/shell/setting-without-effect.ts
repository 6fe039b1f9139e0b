import { type Command, dockerfile, type Finding, type Place, rule, type Script } from '../../src/engine/rule.ts';
import { isReadable } from '../lib/syntax.ts';

export default rule({
  id: 'setting-without-effect',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'What this command sets is lost when the RUN ends.',
  why: `
    Each RUN has its own shell, and so has the container, so a variable, alias or umask ends with the script that sets it. Only
    the last command of a RUN is reported; a file that is read with a dot counts only if its name says that it holds settings,
    as any other may be a script that does work.
  `,
  instead: 'Set variables with ENV, and everything else in the RUN that needs it.',
  url: 'https://docs.docker.com/reference/dockerfile/#env',
  examples: {
    'a variable': dockerfile`
        FROM debian:12
      - RUN export APP_HOME=/srv/app
            ~~~~~~~~~~~~~~~~~~~~~~~~
      + ENV APP_HOME=/srv/app
        RUN make -C "$APP_HOME"
    `,
    'umask, an alias, a file of settings': dockerfile`
      FROM debian:12
      RUN umask 022
          ~~~~~~~~~
      RUN alias ll='ls -l'
          ~~~~~~~~~~~~~~~~
      RUN echo 'export A=1' >> /root/.bashrc && . /root/.bashrc
                                                ~~~~~~~~~~~~~~~
    `,
    'for what follows in the same RUN': dockerfile`
      FROM debian:12
      RUN export APP_HOME=/srv/app && make -C "$APP_HOME"
      RUN umask 022; make install
      RUN . ./install.sh
    `,
  },
  visit: {
    Run(_, place): Finding | undefined {
      const { script, before } = place.step;
      if (!script || !isReadable(script)) return undefined;
      const own = ownCommands(script);
      const last = own.at(-1);
      if (!last || script.commands.at(-1) !== last || !isSetting(last)) return undefined;
      if (last.joint === '||' || last.joint === '|' || last.redirects.length > 0) return undefined;
      const fix = own.length === 1 && !before.variable('BASH_ENV') ? withEnv(last, script, place) : undefined;
      return {
        at: last,
        message: `${nameOf(last)} is the last command of its RUN, so it has no effect.`,
        instead: insteadOf(last),
        ...(fix && { fix }),
      };
    },
  },
});

/** The commands of the script, or of `bash -c '…'` where it is nothing else. */
function ownCommands({ commands }: Script): readonly Command[] {
  const own = commands.filter(({ within }) => within.length === 0);
  const [only] = own;
  const isShell = own.length === 1 && /^(?:ba|da|a|k|z)?sh$/.test(only!.name ?? '');
  return isShell ? commands.filter(({ within }) => within.length === 1 && within[0] === 'string') : own;
}

const nameOf = ({ word }: Command): string => (word.text === '.' ? 'This dot command' : `This ${word.text}`);

/** Files of settings, by their names. */
const settings =
  /(?:^|[/.])(?:profile|bashrc|bash_profile|zshrc|environment|env|activate|nvm\.sh|rc|\w*rc|env\.sh|setenv\.sh|envvars|setup\.(?:ba|z)sh|sdkman-init\.sh|conda\.sh)$|^\/etc\/profile\.d\//;

function isSetting({ name, args, wrappers }: Command): boolean {
  if (wrappers.length > 0 || args.length === 0) return false;
  const [first] = args;
  switch (name) {
    case 'export':
      return !first!.text.startsWith('-') && args.every(({ raw }) => !/[`]|\$\(/.test(raw));
    case 'alias':
      return first!.text.includes('=');
    case 'umask':
      return /^[0-7]{1,4}$|^[ugoa]*[-+=]/.test(first!.text);
    case '.':
    case 'source':
      return args.length === 1 && settings.test(first!.text);
    default:
      return false;
  }
}

const insteads: Readonly<Record<string, string>> = {
  umask: 'Set it at the beginning of the RUN that creates the files.',
  alias: 'Write the command in full, or put the alias in a file that the shell of the container reads.',
};

const insteadOf = ({ name = '', args }: Command): string =>
  insteads[name] ??
  (name === 'export'
    ? `Write ENV ${args.map(({ raw }) => (raw.includes('=') ? raw : `${raw}=VALUE`)).join(' ')}.`
    : 'Read it in the RUN that needs its settings, or set its variables with ENV.');

/** ENV in place of a RUN that only exports values that mean the same there. */
function withEnv({ name, args }: Command, { commands }: Script, { step, onbuild }: Place): Finding['fix'] {
  const { instruction } = step;
  if (onbuild || name !== 'export' || commands.length !== 1 || instruction.flags.length > 0) return undefined;
  if (instruction.kind !== 'Run' || instruction.heredocs.length > 0) return undefined;
  if (!args.every(({ raw, literal }) => literal && /^\w+=[\w./:@%+,-]+$/.test(raw))) return undefined;
  const { raw } = instruction.keyword;
  const keyword = raw === raw.toLowerCase() ? 'env' : 'ENV';
  const text = `${keyword} ${args.map((it) => it.raw).join(' ')}`;
  return { title: 'Write ENV', edits: [{ span: instruction.span, text }], reaches: ['variables'] };
}
