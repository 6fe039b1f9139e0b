import type { Command, Heredoc, Instruction, Word } from '../../grammar/index.ts';
import type { Model, Step } from '../model/model.ts';
import { textOf } from '../model/stages/expand.ts';
import type { HistoryEntry } from './history.ts';

/** How well an instruction and a history entry of the same keyword agree: `other` where only the keyword does. */
export type Agreement = 'same' | 'similar' | 'other';

/** What an instruction may look like in a history, as far as the file tells. */
export interface Written {
  /** In capitals. */
  readonly keyword: string;
  /** Texts of which the history should have one, whole: commands, the words of a copy. */
  readonly wholes: readonly string[];
  /** Words that the history should have, in any order; none where none is known. */
  readonly words: readonly string[];
  /** Values, each as written and as expanded: builders print the one or the other. */
  readonly values: readonly (readonly string[])[];
  /** Where COPY and ADD write to, in the forms that builders print; undefined where it is not known. */
  readonly destinations: readonly string[] | undefined;
}

export function writtenOf(instruction: Instruction, model: Model): Written {
  const step = model.step(instruction);
  const keyword = instruction.keyword.text;
  const plain = { keyword, wholes: [], words: [], values: [], destinations: undefined };
  switch (instruction.kind) {
    case 'Run':
      return { ...plain, wholes: commandTexts(instruction.command, instruction.heredocs) };
    case 'Copy':
    case 'Add': {
      const { sources, destination } = instruction;
      const target = destination && expanded(destination, step);
      const words = [...sources, ...(destination ? [destination] : [])];
      const all = words.map((word) => expanded(word, step));
      return {
        ...plain,
        wholes: [words.map(({ text }) => text).join(' '), ...(all.includes(undefined) ? [] : [all.join(' ')])],
        words: sources.flatMap((word) => expanded(word, step) ?? []),
        destinations: target === undefined ? undefined : [target, joined(step, target), destination!.text],
      };
    }
    case 'Workdir': {
      const path = step && textOf(step.after.workdir);
      return { ...plain, wholes: [...(path ? [path] : []), instruction.path?.text ?? ''] };
    }
    case 'Env':
    case 'Label': {
      const { pairs } = instruction;
      return {
        ...plain,
        words: pairs.map(({ name }) => expanded(name, step) ?? name.text),
        values: pairs.flatMap(({ value }) => {
          const whole = value && expanded(value, step);
          // what stands for a variable of the base image is not known
          return value && (whole !== undefined || !value.text.includes('$')) ? [[value.text, whole ?? value.text]] : [];
        }),
      };
    }
    case 'Arg':
      return { ...plain, words: instruction.pairs.map(({ name }) => name.text) };
    case 'Cmd':
    case 'Entrypoint':
    case 'Shell':
    case 'Healthcheck':
      return { ...plain, words: commandTexts(instruction.command, []).slice(0, 1).flatMap(tokens) };
    case 'Expose':
      return { ...plain, values: instruction.ports.map((word) => portForms(expanded(word, step) ?? word.text)) };
    case 'Onbuild':
      return { ...plain, words: instruction.instruction ? [instruction.instruction.keyword.text] : [] };
    default:
      return { ...plain, words: wordsOf(instruction).flatMap((word) => tokens(expanded(word, step) ?? '')) };
  }
}

function wordsOf(instruction: Instruction): readonly Word[] {
  switch (instruction.kind) {
    case 'Volume':
      return instruction.paths;
    case 'User':
      return instruction.user ? [instruction.user] : [];
    case 'Stopsignal':
      return instruction.signal ? [instruction.signal] : [];
    case 'Maintainer':
      return instruction.name ? [instruction.name] : [];
    default:
      return [];
  }
}

/** A port as it is written, and as BuildKit has it: without that of the host, and of a range the first. */
function portForms(text: string): readonly string[] {
  const [, port = '', protocol = ''] = /(\d+)(?:-\d+)?(?:\/(\w+))?$/.exec(text) ?? [];
  return [text, /^(?:tcp)?$/i.test(protocol) ? port : `${port}/${protocol.toLowerCase()}`];
}

const expanded = (word: Word, step: Step | undefined): string | undefined => step && textOf(step.expand(word).value);

function joined(step: Step | undefined, path: string): string {
  const folder = step && textOf(step.before.workdir);
  return path.startsWith('/') || folder === undefined ? path : `${folder}/${path.replace(/^\.\/?/, '')}`;
}

/** The command in the forms that builders print: as it is, its words, the body of a here-document, or its name. */
function commandTexts(command: Command | undefined, heredocs: readonly Heredoc[]): string[] {
  const bodies = heredocs.flatMap(({ body, delimiter }) => [body.raw, `/dev/pipes/${delimiter}`]);
  if (!command) return bodies;
  if (command.kind === 'ShellForm') return [command.text, ...bodies];
  return [command.items.map(({ text }) => text).join(' '), ...bodies];
}

export function agreement(entry: HistoryEntry, written: Written): Agreement | undefined {
  if (entry.keyword !== written.keyword) return undefined;
  switch (entry.keyword) {
    case 'RUN':
      return commandAgreement(entry.text, written);
    case 'COPY':
    case 'ADD':
      return copyAgreement(entry.text, written);
    case 'WORKDIR':
      return written.wholes.some((path) => samePath(path, entry.text) || isBehind(path, entry.text)) ? 'same' : 'other';
    default: {
      const named = wordAgreement(tokens(entry.text), written.words);
      const valued = written.values.every((forms) =>
        forms.some((form) => wordAgreement(tokens(entry.text), [form]) === 'same'),
      );
      return named === 'same' && !valued ? 'similar' : named;
    }
  }
}

/** Whether a relative path ends the one that the builder has made of it. */
const isBehind = (path: string, whole: string): boolean => /^[^/$]/.test(path) && whole.endsWith(`/${path}`);

function commandAgreement(text: string, { wholes }: Written): Agreement {
  const there = squeezed(text);
  // before it may stand the words of another shell, behind it the bodies of here-documents and checksums of mounts
  if (wholes.some((whole) => squeezed(whole) !== '' && there.includes(squeezed(whole)))) return 'same';
  return Math.max(0, ...wholes.map((whole) => likeness(tokens(text), tokens(whole)))) >= 0.5 ? 'similar' : 'other';
}

/** `--chown=a b c /dest` of BuildKit and kaniko; `file:<sha256> in /dest` of others. */
function copyAgreement(text: string, { wholes, words, destinations }: Written): Agreement {
  const hashed =
    /^(?:--\S+ )*(?:(?:file|dir|multi|git|http|https):\S*|[0-9a-f]{64}|)\s*in (.*?)(?:\s+--link)?\s*$/s.exec(text);
  if (hashed) return !destinations || destinations.some((it) => samePath(it, hashed[1]!)) ? 'same' : 'other';
  const there = squeezed(text);
  if (wholes.some((whole) => there.endsWith(squeezed(whole)))) return 'same';
  const target = !destinations || destinations.some((it) => there.endsWith(` ${squeezed(it)}`));
  const known = new Set(tokens(text));
  const sources = words.flatMap(tokens);
  const share = sources.filter((it) => known.has(it)).length / Math.max(1, sources.length);
  // sources that the file does not tell may be any
  if (target && (share === 1 || sources.length === 0)) return 'same';
  return (target && destinations) || (sources.length > 0 && share >= 0.5) ? 'similar' : 'other';
}

function wordAgreement(there: readonly string[], words: readonly string[]): Agreement {
  const known = new Set(there);
  const wanted = words.flatMap(tokens).filter((it) => !it.startsWith('$'));
  const found = wanted.filter((it) => known.has(it)).length;
  if (found === wanted.length) return 'same';
  return found * 2 >= wanted.length ? 'similar' : 'other';
}

/** Blanks, quotes and what joins lines count for nothing. */
const squeezed = (text: string): string =>
  text
    .replace(/\\\r?\n/g, ' ')
    .replace(/["',[\]]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const tokens = (text: string): string[] =>
  text.split(/[^\w./:@$+-]+|:(?=\{|\s|$)/).flatMap((it) => it.replace(/\/tcp$/, '') || []);

const samePath = (a: string, b: string): boolean => trimmed(a) === trimmed(b);
const trimmed = (path: string): string =>
  squeezed(path)
    .replace(/^\.\//, '')
    .replace(/\/\.?$/, '')
    .replace(/^\.$/, '');

/** How much two lists of words have in common, from 0 to 1. */
function likeness(a: readonly string[], b: readonly string[]): number {
  const left = new Map<string, number>();
  for (const word of a) left.set(word, (left.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of b) {
    const count = left.get(word) ?? 0;
    if (count > 0) {
      common++;
      left.set(word, count - 1);
    }
  }
  return a.length + b.length === 0 ? 1 : (2 * common) / (a.length + b.length);
}
