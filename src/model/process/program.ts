import { launchers } from '../../knowledge/commands/daemons.ts';
import type { Command } from '../../shell/command.ts';
import { baseName, clean } from '../../text/path.ts';
import type { Model, Stage, Step } from '../model.ts';
import { folderIn } from '../stages/folder.ts';

/** A program that a container starts. */
export interface Started {
  /** Its name without a path: `node`, `server`. */
  readonly name: string;
  /** As it is written, its folder with it. */
  readonly word: string;
  /** Absolute, where it is written with a folder and the working directory is known. */
  readonly path: string | undefined;
  /** The folder in which it starts, as far as it is known. */
  readonly folder: string | undefined;
  /** As far as they are written out; in shell form, words may have `$name` in them. */
  readonly args: readonly string[];
  readonly step: Step;
  /** The command that starts it; undefined where its words come from ENTRYPOINT and CMD together. */
  readonly command: Command | undefined;
}

/** What a container of an image starts. */
export interface Start {
  /** The programs that ENTRYPOINT and CMD name, launchers such as tini left out, in their order; then those of HEALTHCHECK. */
  readonly programs: readonly Started[];
  readonly checks: readonly Started[];
  /** The folder in which they start; undefined where only the base image knows. */
  readonly folder: string | undefined;
  /** Whether all that is started is seen: a base image may have an ENTRYPOINT, and a script may not be readable. */
  readonly isWhole: boolean;
}

/** What ENTRYPOINT, CMD and HEALTHCHECK of a stage start, each resolved from its own folder. */
export function startOf(stage: Stage, model: Model): Start {
  const [entrypoint, cmd, check] = [stage.end.entrypoint, stage.end.cmd, stage.end.healthcheck].map(
    (it) => it && model.step(it),
  );
  const folder = folderIn({ stage }, stage.end.workdir);
  const parts = partsOf(entrypoint, cmd);
  return {
    programs: parts.flatMap((part) => startedIn(part, folder)),
    checks: check ? partsOf(check, undefined).flatMap((part) => startedIn(part, folder)) : [],
    folder,
    isWhole: parts.length > 0 && parts.every(({ step }) => step.script?.parsed !== false),
  };
}

/** Commands of one instruction, and the words that follow its last one. */
interface Part {
  readonly step: Step;
  readonly more: readonly string[];
}

/** CMD gives the arguments of an ENTRYPOINT in exec form, is lost behind one in shell form, and starts by itself without one. */
function partsOf(entrypoint: Step | undefined, cmd: Step | undefined): Part[] {
  if (!entrypoint) return cmd ? [{ step: cmd, more: [] }] : [];
  const words = cmd ? wordsOf(cmd) : [];
  return [{ step: entrypoint, more: isExec(entrypoint) ? words : [] }];
}

const isExec = ({ instruction }: Step): boolean =>
  'command' in instruction && (instruction.command as { kind?: string } | undefined)?.kind === 'ExecForm';

function wordsOf({ instruction }: Step): readonly string[] {
  if (instruction.kind !== 'Cmd') return [];
  const { command } = instruction;
  if (command?.kind === 'ExecForm') return command.items.map(({ text }) => text);
  return command ? ['/bin/sh', '-c', command.text] : [];
}

function startedIn({ step, more }: Part, folder: string | undefined): Started[] {
  const commands = step.script?.commands ?? [];
  let at = folder;
  return commands.flatMap((command, index): Started[] => {
    if (command.name === 'cd') at = folderAfter(command.args[0]?.text, at);
    // what a shell is given stands behind it
    const isShell =
      /^(?:ba|da|a)?sh$/.test(command.name ?? '') && command.args.some(({ text }) => /^-\w*c$/.test(text));
    if (isShell && commands[index + 1]?.within.includes('string')) return [];
    const words = [command.word.text, ...command.args.map(({ text }) => text)];
    const isLast = index === commands.length - 1;
    const all = isLast ? [...words, ...more] : words;
    const started = startedBy(all, at, step);
    if (!started) return [];
    const isWhole = started.word === command.word.text && !(isLast && more.length > 0);
    return [{ ...started, command: isWhole ? command : undefined }];
  });
}

/** What the words of a command start, launchers passed over. */
export function startedBy(all: readonly string[], folder: string | undefined, step: Step): Started | undefined {
  const at = all.findIndex((it, place) => !isPassedOver(it, all[place - 1]));
  const [program = '', ...args] = at < 0 ? all.slice(0, 1) : all.slice(at);
  if (program === '') return undefined;
  // a shell takes the name of a script from its own folder
  const isOfShell = !program.includes('/') && all.slice(0, at).some((it) => /^(?:ba|da|a)?sh$/.test(baseName(it)));
  const path = placeOf(isOfShell ? `./${program}` : program, folder);
  return { name: baseName(program), word: program, path, folder, args, step, command: undefined };
}

/** Where `cd` leads from a folder. */
function folderAfter(word: string | undefined, folder: string | undefined): string | undefined {
  if (word === undefined || /[$`~]/.test(word)) return undefined;
  return word.startsWith('/') ? clean(word) : folder && clean(`${folder}/${word}`);
}

/** A launcher, its options, and the user that gosu and su-exec get. */
const isPassedOver = (word: string, before: string | undefined): boolean =>
  launchers.has(baseName(word)) ||
  (before !== undefined && word.startsWith('-')) ||
  (before !== undefined && /^(?:gosu|su-exec)$/.test(baseName(before))) ||
  /^\w+=/.test(word);

function placeOf(program: string, folder: string | undefined): string | undefined {
  if (/[$`*?]/.test(program) || !program.includes('/')) return undefined;
  if (program.startsWith('/')) return program;
  return folder === undefined ? undefined : `${folder === '/' ? '' : folder}/${program.replace(/^\.\//, '')}`;
}
