import type { Instruction } from '../../grammar/index.ts';
import { type Builder, imageLayers, type Layer } from '../model/layers.ts';
import type { Model } from '../model/model.ts';
import type { HistoryEntry, Writer } from './history.ts';
import type { Image } from './read.ts';
import { type Agreement, agreement, type Written, writtenOf } from './texts.ts';

/** Which history entry each instruction of a Dockerfile made. */
export interface Match {
  /** The instructions whose traces the history should have, in the order in which they run. */
  readonly instructions: readonly MatchedInstruction[];
  /** The index of the first entry that is the Dockerfile's; what stands before it is the base image. */
  readonly firstOwn: number;
  /** Own entries that no instruction of the file made. */
  readonly strangers: readonly number[];
  /** Instructions without an entry, or with one of another text: the image was built from another version of the file. */
  readonly drifted: readonly MatchedInstruction[];
  /** Nothing, or next to nothing, of the file is in the history. */
  readonly unrelated: boolean;
  /** Instructions that make a layer each made one together. */
  readonly squashed: boolean;
  /** How many layers the file was expected to make. */
  readonly predicted: number;
}

export interface MatchedInstruction {
  readonly layer: Layer;
  /** The index of its history entry. */
  readonly entry: number | undefined;
  /** How well the texts agree; undefined without an entry. */
  readonly agreement: Agreement | undefined;
}

const builders: Readonly<Record<Writer, Builder>> = {
  buildkit: 'buildkit',
  classic: 'classic',
  buildah: 'buildah',
  kaniko: 'kaniko',
  unknown: 'buildkit',
};

/** Finds the instructions of the target in the history, from its end; undefined where there is nothing to build. */
export function matchImage(image: Pick<Image, 'writer' | 'history'>, model: Model): Match | undefined {
  const { writer, history } = image;
  const predicted = imageLayers(model, builders[writer]);
  if (!predicted) return undefined;
  const expected = predicted.instructions.filter(({ instruction }) => leavesTrace(instruction, writer));
  const pairs = confirmed(
    align(
      history,
      expected.map(({ instruction }) => writtenOf(instruction, model)),
    ),
  );
  const found = expected.map((layer, index) => ({ layer, ...pairs[index]! }));
  const due = found.filter((it) => it.entry !== undefined || isDue(it.layer, writer));
  const sure = found.filter((it) => it.agreement === 'same' || it.agreement === 'similar').length;
  const squashed = isSquashed(writer, history, found, predicted.ownLayers);
  // a file that is only FROM leaves nothing to find
  const unrelated = due.length > 0 && (sure === 0 || (!squashed && sure * 4 < due.length));
  const instructions = unrelated ? found.map(({ layer }) => ({ layer, ...nothing })) : found;
  const taken = new Set(instructions.flatMap(({ entry }) => entry ?? []));
  const firstOwn = Math.min(history.length, ...taken);
  return {
    instructions,
    firstOwn,
    strangers: history.flatMap((it, index) => (index < firstOwn || taken.has(index) || isMerge(it) ? [] : [index])),
    drifted: unrelated || (squashed && writer === 'kaniko') ? [] : due.filter((it) => it.agreement !== 'same'),
    unrelated,
    squashed,
    predicted: predicted.ownLayers,
  };
}

type Pair = Omit<MatchedInstruction, 'layer'>;
const nothing: Pair = { entry: undefined, agreement: undefined };

/** Whether an instruction may have an entry of its own in the history. */
function leavesTrace({ kind }: Instruction, writer: Writer): boolean {
  if (kind === 'From' || kind === 'Unknown') return false;
  return kind !== 'Onbuild' || writer === 'classic' || writer === 'buildah';
}

/** Whether an instruction without an entry is a surprise: kaniko notes only what changed files. */
const isDue = ({ layer, certain }: Layer, writer: Writer): boolean => writer !== 'kaniko' || (layer && certain);

/** Docker's own --squash keeps the entries, empty, and adds one for all of them. */
const isMerge = ({ comment }: HistoryEntry): boolean => /^merge sha256:/.test(comment);

function isSquashed(
  writer: Writer,
  history: readonly HistoryEntry[],
  found: readonly MatchedInstruction[],
  predicted: number,
): boolean {
  if (predicted < 2) return false;
  if (history.some(isMerge)) return true;
  const entries = found.flatMap(({ entry }) => entry ?? []);
  const own = history.slice(Math.min(history.length, ...entries)).filter(({ layer }) => layer !== undefined);
  if (own.length !== 1) return false;
  if (writer === 'kaniko') return entries.length === 1;
  // an instruction that always makes a layer is there and made none
  return found.some(
    ({ layer, entry }) =>
      layer.layer &&
      layer.certain &&
      layer.instruction.kind !== 'Workdir' &&
      entry !== undefined &&
      history[entry]!.layer === undefined,
  );
}

const worth: Readonly<Record<Agreement, number>> = { same: 4, similar: 3, other: 0 };
const SKIP = -1;

/**
 * The best alignment of instructions with the end of the history. What stands in the history before the first pair is the
 * base image's and costs nothing; any other one without a partner costs a little.
 */
function align(history: readonly HistoryEntry[], texts: readonly Written[]): Pair[] {
  const rows = history.length + 1;
  const best = texts.map(() => new Float64Array(rows));
  best.unshift(new Float64Array(rows));
  const agreements = texts.map((written) => history.map((entry) => agreement(entry, written)));
  const pair = (i: number, j: number): number => {
    const found = agreements[j - 1]![i - 1];
    return found ? best[j - 1]![i - 1]! + worth[found] : Number.NEGATIVE_INFINITY;
  };
  for (let j = 1; j <= texts.length; j++) {
    const row = best[j]!;
    row[0] = j * SKIP;
    for (let i = 1; i < rows; i++) row[i] = Math.max(pair(i, j), row[i - 1]! + SKIP, best[j - 1]![i]! + SKIP);
  }
  const pairs: Pair[] = texts.map(() => nothing);
  let i = history.length;
  let j = texts.length;
  while (i > 0 && j > 0) {
    const value = best[j]![i]!;
    if (value === pair(i, j)) {
      pairs[j - 1] = { entry: i - 1, agreement: agreements[j - 1]![i - 1] };
      i--;
      j--;
    } else if (value === best[j - 1]![i]! + SKIP) j--;
    else i--;
  }
  return pairs;
}

/** Without pairs at the beginning that may be the base image's: of one keyword only, or alike with others in between. */
function confirmed(pairs: readonly Pair[]): Pair[] {
  const found = [...pairs];
  for (const [index, { entry, agreement: it }] of pairs.entries()) {
    if (entry === undefined) continue;
    const next = pairs.slice(index + 1).find((other) => other.entry !== undefined);
    const close = next === undefined || (next.entry === entry + 1 && next.agreement !== 'other');
    if (it === 'same' || (it === 'similar' && close)) break;
    found[index] = nothing;
  }
  return found;
}
