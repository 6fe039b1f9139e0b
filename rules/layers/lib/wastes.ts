import { type Effect, lineOf, type Model, type Span, type Step, type Waste } from '../../../src/engine/rule.ts';
import { listed, size } from '../../lib/words.ts';

/** What one command, or one source of a COPY, does to files that earlier layers brought. */
export interface Again {
  /** The words that do it. */
  readonly at: Span;
  readonly step: Step;
  readonly wastes: readonly [Waste, ...Waste[]];
}

/** The waste of the image that is built, by the words that make it; what one RUN does twice to a file is stored once. */
export function wasteByCommand({ target }: Model, chosen: (waste: Waste) => boolean): readonly Again[] {
  const found = new Map<string, { at: Span; step: Step; wastes: [Waste, ...Waste[]] }>();
  const stored = new Set<string>();
  for (const waste of target ? target.waste : []) {
    const { step, effect } = waste.again;
    const once = `${step.stage?.index} ${step.index} ${waste.written.effect.at.start} ${waste.path}`;
    if (waste.what !== 'file' || !chosen(waste) || stored.has(once)) continue;
    stored.add(once);
    const key = `${effect.at.start}-${effect.at.end}`;
    const group = found.get(key);
    if (group) group.wastes.push(waste);
    else found.set(key, { at: effect.at, step, wastes: [waste] });
  }
  return [...found.values()];
}

/** Whether it comes from elsewhere, also by `curl … > file`. */
export const isDownload = ({ means, command }: Effect): boolean =>
  means === 'download' || (means === 'redirect' && (command?.name === 'curl' || command?.name === 'wget'));

/** All bytes that are stored for nothing, if all of them are known. */
export function bytesOf(wastes: readonly Waste[]): number | undefined {
  const known = wastes.flatMap(({ bytes }) => bytes ?? []);
  return known.length === wastes.length ? known.reduce((sum, it) => sum + it, 0) : undefined;
}

/** ` (3.4 MB)`, or nothing where no one can know. */
export const amount = (wastes: readonly Waste[]): string => {
  const bytes = bytesOf(wastes);
  return bytes === undefined ? '' : ` (${size(bytes)})`;
};

/** How a file came into its layer: made by a RUN, from a here-document, by ADD from elsewhere or out of an archive, or copied, alone or as a part of a folder. */
type Came = 'made' | 'written' | 'fetched' | 'unpacked' | 'copied' | 'part';

function cameBy({ path, written: { step, effect } }: Waste): Came {
  if (step.instruction.kind === 'Run') return 'made';
  if (effect.means === 'download' || effect.means === 'clone') return 'fetched';
  if (effect.means === 'extract') return 'unpacked';
  if (step.takes.some(({ at, origin }) => at === effect.at && origin.kind === 'text')) return 'written';
  return path === effect.path ? 'copied' : 'part';
}

/** Whether all of them came in one of these ways. */
export const allCame = (wastes: readonly Waste[], ...ways: readonly Came[]): boolean =>
  wastes.every((it) => ways.includes(cameBy(it)));

const verbs: Readonly<Partial<Record<Effect['means'], string>>> = {
  copy: 'copied',
  download: 'downloaded',
  extract: 'unpacked',
  clone: 'cloned',
  install: 'created',
  move: 'moved there',
};

/** From so many instructions on, the first and the last line stand for all. */
const MANY = 6;

/** `copied in line 4`, `copied in lines 4 and 9, unpacked in line 6`, `from 7 instructions (lines 21 to 49)`. */
export function origin(wastes: readonly Waste[], model: Model): string {
  const steps = new Set(wastes.map(({ written }) => written.step)).size;
  if (steps >= MANY) {
    const all = wastes.map(({ written }) => lineOf(model, written.effect.at));
    return `from ${steps} instructions (lines ${Math.min(...all)} to ${Math.max(...all)})`;
  }
  const lines = new Map<string, Set<number>>();
  for (const { written } of wastes) {
    const { effect } = written;
    const verb = isDownload(effect) ? 'downloaded' : (verbs[effect.means] ?? 'written');
    lines.set(verb, (lines.get(verb) ?? new Set()).add(lineOf(model, effect.at)));
  }
  const told = [...lines].map(([verb, found]) => {
    const sorted = [...found].sort((a, b) => a - b).map(String);
    return `${verb} in ${sorted.length === 1 ? 'line' : 'lines'} ${listed(sorted)}`;
  });
  return told.join(', ');
}

/** A path, and how many more. */
export function paths(wastes: readonly Waste[]): string {
  const all = [...new Set(wastes.map(({ path }) => path))];
  return all.length === 1 ? all[0]! : `${all[0]} and ${all.length - 1} more`;
}
