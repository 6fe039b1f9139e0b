import { absoluteIn } from '../../../model/stages/folder.ts';
import type { Command, ShellWord } from '../../../shell/command.ts';
import { isBelow } from '../../../text/path.ts';
import type { Taken } from '../recipe.ts';
import type { View } from '../view.ts';
import { Obstacle, type Work } from '../work.ts';

/** What languages that compile to one program have in common. */

/** The value of an option, `-o app` or `-o=app`. */
export function optionOf({ args }: Command, names: readonly string[]): ShellWord | undefined {
  for (const [index, word] of args.entries()) {
    if (names.includes(word.text)) return args[index + 1];
    const glued = names.find((it) => word.text.startsWith(`${it}=`));
    if (glued !== undefined) return { ...word, text: word.text.slice(glued.length + 1) };
  }
  return undefined;
}

/** Where a command puts what its option names; undefined where only the build knows. */
export function outputOf(command: Command, names: readonly string[], folder: string | undefined): string | undefined {
  const word = optionOf(command, names);
  return word && absoluteIn(folder, word.text);
}

/** The programs that a stage builds and that its containers start, with all that its commands name as their output. */
export function programsOf(
  view: View,
  works: readonly Work[],
  { outputs, folders, project }: { outputs: readonly string[]; folders: readonly string[]; project: readonly string[] },
): Taken[] {
  const taken = new Map<string, Taken>();
  const program = (from: string, to = from): void => {
    taken.set(from, { from, to, isFolder: false, what: 'the program' });
  };
  for (const { path, name, step } of view.start.programs) {
    const isBrought = works.some((work) => work.outputs.some((it) => path !== undefined && isBelow(path, it)));
    if (isBrought) continue;
    const named = outputs.find((it) => it === path || (path === undefined && onPath(it, name)));
    if (named !== undefined) program(named);
    else if (path !== undefined && folders.some((it) => isBelow(path, it))) program(path);
    else if (path !== undefined && project.some((it) => isBelow(path, it)) && !/\.(?:sh|bash|py)$/.test(path))
      program(path);
    else if (path === undefined && folders.length > 0 && !/\.sh$/.test(name) && !shells.has(name))
      program(`${folders[0]}/${name}`, `/usr/local/bin/${name}`);
    void step;
  }
  // a script may start the others
  if (taken.size === 0 || view.start.programs.some(({ name }) => shells.has(name) || /\.sh$/.test(name)))
    for (const path of outputs) if (!/^\/(?:tmp|dev)\//.test(path)) program(path);
  if (taken.size === 0)
    throw new Obstacle(
      (view.stage.end.cmd ?? view.stage.end.entrypoint ?? view.stage.from).span.start,
      'the program that it starts is not seen to be built here',
    );
  return [...taken.values()];
}

const shells = new Set(['sh', 'bash', 'ash', 'dash', 'exec', 'cd', 'echo', 'sleep']);
const onPath = (path: string, name: string): boolean =>
  /^\/(?:usr\/local\/s?bin|usr\/s?bin|s?bin|go\/bin)\/[^/]+$/.test(path) && path.endsWith(`/${name}`);

/** The certificates that a program of the full image finds, and the small one has not. */
export const certificates = (base: string): Taken[] =>
  base.startsWith('debian:') || base.startsWith('ubuntu:')
    ? [
        {
          from: '/etc/ssl/certs/ca-certificates.crt',
          to: '/etc/ssl/certs/ca-certificates.crt',
          isFolder: false,
          what: 'the certificates that TLS needs',
        },
      ]
    : [];
