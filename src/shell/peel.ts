import type { Span } from '../text/span.ts';
import type { Command, Joint, Redirect, ShellWord, Within } from './command.ts';
import { shells, shellValued, type Wrapper, wrappers } from './wrappers.ts';

/** A command before its wrappers are peeled. */
export interface Call {
  readonly span: Span;
  readonly words: readonly ShellWord[];
  readonly assignments: Command['assignments'];
  readonly redirects: readonly Redirect[];
  readonly joint: Joint;
  readonly jointSpan: Span | undefined;
  readonly pipeline: number;
  readonly within: readonly Within[];
}

const baseName = (text: string): string => text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
/** What the program is called; `$HOME/bin/tool` is tool wherever it stands. */
function nameOf({ text, literal }: ShellWord): string | undefined {
  if (literal) return text === '' ? undefined : baseName(text);
  return /^\$(?:\w+|\{\w+\})(?:\/[\w.+-]+)*\/([\w.+-]+)$/.exec(text)?.[1];
}

/** The command that a call comes to when sudo, env, exec and their like are taken off. */
export function peel({ words, assignments, ...call }: Call): Command | undefined {
  const peeled: Command['wrappers'][number][] = [];
  const given = [...assignments];
  let first = 0;
  while (true) {
    const word = words[first];
    const name = word && nameOf(word);
    // an own property: the name may be `constructor`
    const wrapper = name !== undefined && Object.hasOwn(wrappers, name) ? wrappers[name] : undefined;
    const next = wrapper && behind(wrapper, words, first + 1, given);
    if (next === undefined) break;
    peeled.push({ name: name!, word: word! });
    first = next;
  }
  const word = words[first];
  if (!word) return undefined;
  return { ...call, name: nameOf(word), word, args: words.slice(first + 1), assignments: given, wrappers: peeled };
}

/** Where the wrapped program stands; undefined where there is none, or no saying. */
function behind(
  wrapper: Wrapper,
  words: readonly ShellWord[],
  from: number,
  given: Command['assignments'][number][],
): number | undefined {
  let operands = wrapper.operands ?? 0;
  const found: Command['assignments'][number][] = [];
  let at = from;
  for (; at < words.length; at++) {
    const word = words[at]!;
    const { text } = word;
    if (wrapper.query?.some((option) => text === option || text.startsWith(`${option}=`))) return undefined;
    const assignment = wrapper.assigns && /^([A-Za-z_]\w*)=/.exec(text);
    if (assignment) {
      found.push({ name: assignment[1]!, value: undefined, span: word.span });
    } else if (text === '--') {
      if (operands === 0) {
        at++;
        break;
      }
    } else if (text.startsWith('-') && text.length > 1) {
      if (wrapper.valued.includes(text)) at++;
      else if (!isKnown(wrapper, text)) return undefined;
    } else if (text === '-' && wrapper.bare.includes('-')) {
    } else if (operands > 0) operands--;
    else break;
  }
  if (at >= words.length || operands > 0) return undefined;
  given.push(...found);
  return at;
}

/** `--name=value`, `-n10`, or a cluster of letters without values. */
function isKnown({ valued, bare }: Wrapper, text: string): boolean {
  if (bare.includes(text) || valued.some((option) => text.startsWith(`${option}=`))) return true;
  if (text.startsWith('--')) return false;
  if (valued.includes(text.slice(0, 2))) return true;
  return /^-\d+$/.test(text) || [...text.slice(1)].every((letter) => bare.includes(`-${letter}`));
}

/** The words of a command that are scripts: behind `sh -c`, `eval`, `trap`. */
export function innerScript({ name, args }: Command): readonly ShellWord[] {
  if (name !== undefined && shells.has(name)) {
    for (let index = 0; index < args.length; index++) {
      const { text } = args[index]!;
      if (/^-[a-zA-Z]*c$/.test(text)) {
        // options with a value may stand between -c and the script
        let script = index + 1;
        if (/o/.test(text)) script++;
        while (/^[-+]/.test(args[script]?.text ?? '')) script += shellValued.has(args[script]!.text) ? 2 : 1;
        return args[script] ? [args[script]!] : [];
      }
      if (shellValued.has(text) || /^[-+][a-zA-Z]*o$/.test(text)) index++;
      else if (!/^[-+]/.test(text)) return [];
    }
  }
  if (name === 'eval') return args.length === 1 ? args : [];
  if (name === 'trap') return args[0] && !/^-/.test(args[0].text) && args.length > 1 ? [args[0]] : [];
  if (name === 'su') {
    const flag = args.findIndex(({ text }) => text === '-c' || text === '--command' || text === '-lc');
    return flag >= 0 && args[flag + 1] ? [args[flag + 1]!] : [];
  }
  return [];
}
