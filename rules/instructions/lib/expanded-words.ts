import type { Instruction, Step, Word } from '../../../src/engine/rule.ts';

type Pair = Extract<Instruction, { kind: 'Env' }>['pairs'][number];
type Heredoc = Extract<Instruction, { kind: 'Copy' }>['heredocs'][number];

/** A word in which the builder writes the values of variables. */
export interface Expanded {
  readonly word: Parameters<Step['expand']>[0];
  /** The pair of ENV, LABEL or ARG that it stands in. */
  readonly pair?: Pair;
  /** The here-document whose body it is. */
  readonly heredoc?: Heredoc;
  /** Whether BuildKit reports variables in it that are not set. */
  readonly checked: boolean;
}

/** The words of an instruction that the builder expands; those in ONBUILD are expanded in another build. */
export function expandedWords({ instruction }: Step): readonly Expanded[] {
  switch (instruction.kind) {
    case 'From':
      return [...flagWords(instruction, new Set(['platform'])), ...plain(instruction.image)].map((it) => ({
        ...it,
        checked: false,
      }));
    case 'Env':
    case 'Label':
    case 'Arg':
      return instruction.pairs.flatMap((pair) => [
        ...(instruction.kind === 'Arg' ? [] : [{ word: pair.name, pair, checked: true }]),
        ...(pair.value ? [{ word: pair.value, pair, checked: true }] : []),
      ]);
    case 'Add':
    case 'Copy': {
      const { sources, destination, heredocs } = instruction;
      const bodies = heredocs.filter(({ expand }) => expand);
      return [
        ...flagWords(instruction, new Set(['chown', 'chmod', 'checksum'])),
        ...plain(...sources, destination),
        ...bodies.map((heredoc) => ({ word: heredoc.body, heredoc, checked: true })),
      ];
    }
    case 'Run':
      return flagWords(instruction, new Set(['mount']));
    case 'Workdir':
      return plain(instruction.path);
    case 'User':
      return plain(instruction.user);
    case 'Stopsignal':
      return plain(instruction.signal);
    case 'Volume':
      return plain(...instruction.paths);
    case 'Expose':
      return instruction.ports.map((word) => ({ word, checked: false }));
    default:
      return [];
  }
}

const plain = (...words: readonly (Word | undefined)[]): Expanded[] =>
  words.flatMap((word) => (word ? [{ word, checked: true }] : []));

const flagWords = ({ flags }: Instruction, names: ReadonlySet<string>): Expanded[] =>
  plain(...flags.map(({ name, value }) => (names.has(name.text) ? value : undefined)));
