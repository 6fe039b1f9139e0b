import {
  type Command,
  type Finding,
  hasNoShell,
  type Instruction,
  lineOf,
  type Place,
  readerOf,
  type Stage,
  type Step,
} from '../../../src/engine/rule.ts';
import { daemons, launchers } from '../../../src/knowledge/commands/daemons.ts';

type Start = Extract<Instruction, { kind: 'Cmd' | 'Entrypoint' }>;

/** What a shell form says, as far as it was parsed. */
interface Written {
  readonly commands: readonly Command[];
  /** Whether it is one command, and the shell does nothing but divide its words. */
  readonly isPlain: boolean;
}

type Said = Pick<Finding, 'message' | 'why' | 'instead' | 'preset'> & {
  /** Whether the exec form cures it. */
  readonly fixable: boolean;
};

const WITH_SCRIPT = 'Move the commands to a script that ends with exec PROGRAM "$@", and name the script in exec form.';

/** What becomes of a program that is started through a shell: in this image, and beside the other of CMD and ENTRYPOINT. */
export function consequence(keyword: string, written: Written, { model, step, stage }: Place): Said {
  const message = `${keyword} starts its program through a shell.`;
  if (!stage || stage.os === 'windows')
    return { message, why: 'The exec form starts the program directly, without a shell in between.', fixable: true };
  if (hasNoShell(stage)) return withoutShell(keyword, stage);
  const daemon = inBackground(written);
  if (daemon) return daemon;
  const other = counterpart(keyword, stage);
  if (other && !(keyword === 'ENTRYPOINT' && takesArguments(written))) {
    const line = lineOf(model, other);
    if (keyword === 'CMD') return besideEntrypoint(other, line);
    return {
      message: `${keyword} starts its program through a shell, so the CMD in line ${line} is never used.`,
      why: 'CMD and the arguments of docker run go to the shell, which drops them, and not to the program.',
      instead: written.isPlain ? 'Write the exec form; the program then gets CMD as its arguments.' : WITH_SCRIPT,
      fixable: true,
    };
  }
  const stays = staying(written, step);
  if (keyword === 'ENTRYPOINT' && !takesArguments(written))
    return {
      message,
      why: `The program does not get the arguments of docker run${stays.isPassing ? '' : ', and may not get signals'}.`,
      ...(!written.isPlain && { instead: WITH_SCRIPT }),
      fixable: true,
    };
  return { message, ...stays.said, fixable: true };
}

/** Whether a script hands on what stands behind it: `"$@"`. */
const takesArguments = ({ commands }: Written): boolean =>
  commands.some(({ args }) => args.some(({ text }) => /\$\{?[@*\d]/.test(text)));

const withoutShell = (keyword: string, { lineage }: Stage): Said => ({
  message: `${keyword} needs /bin/sh, which ${lineage[0]!.base.kind === 'scratch' ? 'scratch' : 'this base image'} does not have.`,
  why: 'The container does not start.',
  instead: 'Write the exec form, and only commands that need no shell.',
  fixable: true,
});

/** Whether a shell makes way for its program, and what to say of it. */
function staying({ isPlain }: Written, step: Step): { readonly isPassing: boolean; readonly said: Partial<Said> } {
  const sh = readerOf('posix', step);
  const kills = 'docker stop waits ten seconds and then kills the container';
  if (sh === 'dash')
    return {
      isPassing: false,
      said: { why: `The sh of this image stays process 1 and does not pass signals on, so ${kills}.` },
    };
  if (sh === 'unknown' || sh === 'other' || !isPlain)
    return { isPassing: false, said: { why: `A shell that stays process 1 does not pass signals on, so ${kills}.` } };
  const name = sh === 'bash' ? 'bash' : 'BusyBox sh';
  const why = `Here ${name} is replaced by the program, but another shell may stay process 1 and not pass signals on.`;
  return { isPassing: true, said: { why, preset: 'strict' } };
}

/** The last of the other instruction in the stage or, for an ENTRYPOINT, in those it stands on. */
function counterpart(keyword: string, stage: Stage): Start | undefined {
  const kind = keyword === 'CMD' ? 'Entrypoint' : 'Cmd';
  const steps = kind === 'Entrypoint' ? stage.allSteps : stage.steps;
  const found = steps.findLast(({ instruction }) => instruction.kind === kind)?.instruction;
  const { command } = (found ?? {}) as Partial<Start>;
  const isEmpty = command?.kind === 'ExecForm' ? command.items.length === 0 : !command;
  return isEmpty ? undefined : (found as Start);
}

function besideEntrypoint({ command }: Start, line: number): Said {
  if (command?.kind !== 'ExecForm')
    return {
      message: `CMD is never used: the ENTRYPOINT in line ${line} is in shell form.`,
      why: 'CMD goes to the shell that ENTRYPOINT starts, which drops it, and not to the program.',
      instead: 'Write ENTRYPOINT in exec form, and CMD as a JSON array of its arguments.',
      fixable: false,
    };
  const program = command.items[0]?.text.replace(/^.*\//, '') ?? '';
  if (launchers.has(program) || /entry-?point|\.sh$|^(?:start|run|init)/.test(program))
    return {
      message: 'CMD starts its program through a shell.',
      why: `${program} (line ${line}) starts a shell, which starts the program, so signals may not reach it.`,
      fixable: true,
    };
  return {
    message: `${program} of ENTRYPOINT (line ${line}) gets "/bin/sh", "-c" and this text as its arguments.`,
    why: 'The program does not get the arguments as they are written here.',
    instead: 'Write CMD as a JSON array of the arguments.',
    fixable: true,
  };
}

/** A last command that goes to the background, after which the shell ends. */
function inBackground({ commands }: Written): Said | undefined {
  const last = commands.at(-1);
  const name = last?.name;
  if (!last || name === undefined || last.within.length > 0 || !last.args.every(({ literal }) => literal))
    return undefined;
  const words = last.args.map(({ text }) => text);
  const why = 'The container then stops at once.';
  const isScript = /^\/etc\/(?:rc\.d\/)?init\.d\//.test(last.word.text);
  const service = isScript ? [name, ...words] : name === 'service' ? words : [];
  if (service.length > 1 && /^(?:re)?start$/.test(service[1]!))
    return {
      message: `${service[0]} is started in the background, and the shell ends.`,
      why,
      instead: `Start the program of ${service[0]} itself, in the foreground and in exec form.`,
      fixable: false,
    };
  const daemon = Object.hasOwn(daemons, name) ? daemons[name] : undefined;
  if (!daemon || daemon.foreground.test(words.join(' '))) return undefined;
  const unless = daemon.configurable ? ', unless its configuration keeps it in the foreground' : '';
  return {
    message: `${name} goes to the background, and the shell ends${unless}.`,
    why,
    instead: `Write ${daemon.instead}.`,
    fixable: false,
  };
}
