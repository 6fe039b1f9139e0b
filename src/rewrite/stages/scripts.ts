import type { Context } from '../../model/context/context.ts';
import type { Stage } from '../../model/model.ts';
import { type Start, type Started, startedBy } from '../../model/process/program.ts';
import { parseScript, words } from '../../shell/script.ts';
import { plainMap } from '../../text/map.ts';
import { baseName, clean, folderOf } from '../../text/path.ts';
import { valueIn } from './given.ts';

/** A program that a script of the project starts. */
export interface Scripted extends Started {
  /** The name of the script. */
  readonly script: string;
}

/** Where a stage starts things, and what is at hand to look them up. */
export interface Place {
  readonly stage: Stage;
  readonly context: Context | undefined;
  /** The folder in which the container starts. */
  readonly home: string | undefined;
}

/** What the shell scripts among the programs start in turn; nothing without the build context. */
export function scriptedBy({ programs, checks }: Pick<Start, 'programs' | 'checks'>, place: Place): Scripted[] {
  const found: Scripted[] = [];
  const seen = new Set<string>();
  const waiting: Started[] = [...programs, ...checks];
  for (let next = waiting.shift(); next && found.length < 500; next = waiting.shift()) {
    const script = scriptOf(next, place);
    if (!script || seen.has(script.path)) continue;
    seen.add(script.path);
    const inner = readScript(script, next, place);
    found.push(...inner);
    waiting.push(...inner);
  }
  return found;
}

interface ScriptFile {
  /** In the image. */
  readonly path: string;
  readonly text: string;
}

/** The script that a program is, by its path, or by its name in a folder of programs. */
function scriptOf({ path, name }: Started, { stage, context, home }: Place): ScriptFile | undefined {
  if (!context) return undefined;
  const places = path
    ? [clean(path)]
    : [`/usr/local/bin/${name}`, `/usr/bin/${name}`, `/bin/${name}`, `${home}/${name}`];
  for (const { takes } of stage.allSteps.toReversed())
    for (const { landed } of takes)
      for (const it of places) {
        const file = landed.get(it);
        const text = file && context.read(file.path);
        if (text !== undefined && isShell(it, text)) return { path: it, text };
      }
  return undefined;
}

const isShell = (path: string, text: string): boolean =>
  text.startsWith('#!') ? /^#!.*\b(?:ba|da|a|z|k)?sh\b/.test(text) : /\.(?:sh|bash)$/.test(path);

function readScript({ path, text }: ScriptFile, { args, step }: Started, place: Place): Scripted[] {
  const dialect = /^#!.*\bbash/.test(text) ? 'bash' : 'posix';
  const script = parseScript(text, { map: plainMap(text.length, 0), dialect });
  const functions = new Set(
    [...text.matchAll(/^[ \t]*(?:function[ \t]+)?([\w-]+)[ \t]*\(\)/gm)].map(([, name]) => name),
  );
  const given = (name: string, depth = 0): string | undefined => {
    const word = script.given.get(name)?.find(({ value }) => value)?.value;
    if (!word) return valueIn(place.stage, name);
    const own = ownFolder(word.text, folderOf(path));
    if (own !== undefined || word.literal) return own ?? word.text;
    const text = depth < 8 ? expanded(word.text, (it) => (it === name ? undefined : given(it, depth + 1))) : '$';
    return text.includes('$') ? undefined : text;
  };
  let folder = place.home;
  return script.commands.flatMap((command): Scripted[] => {
    if (command.name === 'cd') folder = folderAfter(command.args[0]?.text, folder, folderOf(path));
    if (command.name !== undefined && functions.has(command.name)) return [];
    const own = words(command).flatMap((it) => argumentsFor(it, args) ?? [expanded(it, given)]);
    const started = startedBy(own, folder, step);
    return started ? [{ ...started, script: baseName(path) }] : [];
  });
}

/** The folder of the script, or one seen from it: `$(cd "$(dirname "$0")/.." && pwd)`. */
function ownFolder(text: string, own: string): string | undefined {
  const found =
    /^\$\((?:cd (?:-- )?)?"?\$?\(?dirname (?:-- )?"?\$(?:0|\{?BASH_SOURCE(?:\[0\]\})?|\{0\})"?\)?"?((?:\/[\w.-]+)*)"?(?: *(?:>|&>) *\/dev\/null)?(?: *&& *pwd(?: -P)?)?\)$/.exec(
      text,
    );
  return found ? clean(`${own}${found[1]}`) : undefined;
}

/** `$@` and `$1` of a script. */
function argumentsFor(word: string, args: readonly string[]): readonly string[] | undefined {
  if (/^\$(?:[@*]|\{[@*]\})$/.test(word)) return args;
  const at = /^\$\{?(\d)\}?$/.exec(word)?.[1];
  return at === undefined || at === '0' ? undefined : args.slice(Number(at) - 1, Number(at));
}

function folderAfter(word: string | undefined, folder: string | undefined, own: string): string | undefined {
  if (word === undefined) return undefined;
  if (/^\$\(dirname /.test(word)) return own;
  if (/[$`~]/.test(word)) return undefined;
  return word.startsWith('/') ? clean(word) : folder && clean(`${folder}/${word}`);
}

/** A word with the variables that are known put in, and with the defaults of others. */
export const expanded = (word: string, given: (name: string) => string | undefined): string =>
  word.replace(
    /\$(?:(\w+)|\{(\w+)(?::?-([^${}]*))?\})/g,
    (whole, plain: string, braced: string, other: string) => given(plain ?? braced) ?? other ?? whole,
  );

/** A program with the variables of its path and its arguments put in. */
export function withVariables(started: Started, stage: Stage, home: string | undefined): Started {
  const given = (name: string): string | undefined => valueIn(stage, name);
  const words = [started.path ?? started.word, ...started.args].map((it) => expanded(it, given));
  const now = startedBy(words, home, started.step);
  return now ? { ...started, name: now.name, path: now.path ?? started.path, args: now.args } : started;
}
