import type { Instruction } from '../../../grammar/index.ts';
import { listed, oneLine } from '../../text/prose.ts';
import { cut, layerCount, some, wrapped } from '../layout.ts';
import type { Paint } from '../paint.ts';
import { type Analyzed, apartOf, type Builder, type Cause, type Independent, sharingOf } from './model.ts';
import { lineOf } from './source.ts';

export interface Sharing {
  readonly shared: readonly SharedRow[];
  readonly apart: readonly ApartRow[];
}

/** What the images of several files begin with, where they are built with one cache. */
interface SharedRow {
  readonly base: string;
  readonly layers: number;
  readonly files: readonly {
    readonly path: string;
    readonly ownLayers: number;
    /** The last instruction that is shared; null where only the base is. */
    readonly last: Place | null;
    /** The first that is not; null where the whole image is shared. */
    readonly parts: Place | null;
    /** What makes it another where its words are the same. */
    readonly causes: readonly CauseRow[];
  }[];
  /** What would be shared further up: of each file its line and the one that it would have to stand above. */
  readonly later: readonly {
    readonly text: string;
    readonly places: readonly { readonly path: string; readonly line: number; readonly above: number }[];
  }[];
}

interface CauseRow extends Pick<Cause, 'kind' | 'name'> {
  /** Null where the file does not set it. */
  readonly line: number | null;
  readonly keyword: string | null;
}

/** Bases of one repository; on one of them, the files would begin with so many layers in common. */
interface ApartRow {
  readonly layers: number;
  readonly bases: readonly { readonly base: string; readonly files: readonly string[] }[];
}

interface Place {
  readonly line: number;
  readonly text: string;
}

/** What several files share; `independent` says whether one step may come before another of its stage. */
export function sharingRows(files: readonly Analyzed[], builder: Builder, independent: Independent): Sharing {
  const models = files.map(({ model }) => model);
  const shared = sharingOf(models, builder, independent).map(({ base, layers, members, later }) => ({
    base,
    layers,
    files: members.map(({ index, parts, last, causes, ownLayers }) => ({
      path: files[index]!.path,
      ownLayers,
      last: last ? placeIn(files[index]!, last) : null,
      parts: parts ? placeIn(files[index]!, parts) : null,
      causes: causes.map((it) => causeIn(files[index]!, it)),
    })),
    later: later.map((places) => ({
      text: placeIn(files[places[0]!.index]!, places[0]!.instruction).text,
      places: places.map(({ index, instruction, above }) => ({
        path: files[index]!.path,
        line: lineOf(models[index]!, instruction),
        above: lineOf(models[index]!, above),
      })),
    })),
  }));
  const apart = apartOf(models, builder).map(({ layers, bases }) => ({
    layers,
    bases: bases.map(({ base, members }) => ({ base, files: members.map((it) => files[it]!.path) })),
  }));
  return { shared, apart };
}

const placeIn = ({ model }: Analyzed, at: Instruction): Place => ({
  line: lineOf(model, at),
  text: oneLine(model.file.text.slice(at.span.start, at.span.end)),
});

const causeIn = ({ model }: Analyzed, { kind, name, source }: Cause): CauseRow => ({
  kind,
  name,
  line: source ? lineOf(model, source) : null,
  keyword: source?.keyword.text ?? null,
});

/** So many groups and files of a group are shown; JSON has all. */
const MOST = 12;
const FEW = 4;

/** For people: which layers several images share, where they part, and what would let them share more. */
export function sharingText({ shared, apart }: Sharing, paint: Paint, width: number): string {
  const out = [paint.bold('What the images share if built with one cache and the same build arguments')];
  for (const it of shared.slice(0, MOST)) out.push('', ...sharedText(it, width));
  if (shared.length > MOST) out.push('', `… and ${shared.length - MOST} more groups; --format json has all.`);
  if (shared.length === 0)
    out.push('', ...wrapped('The files have different bases, so their images share no layer.', width));
  for (const { bases, layers: count } of apart.slice(0, MOST)) {
    const places = bases.map((it) => `${it.base} (${some(it.files)})`);
    const would = count === 1 ? 'the next layer would be the same' : `the next ${count} layers would be the same`;
    out.push('', ...wrapped(`${listed(places)} differ only in their tag: with one base, ${would} too.`, width));
  }
  return `${out.join('\n')}\n`;
}

function sharedText({ base, layers: count, files, later }: SharedRow, width: number): string[] {
  const own = count === 0 ? 'the base, and no layer above it' : `the base and ${layerCount(count)} above it`;
  const out = wrapped(`${files.length} files on ${base}: ${own}`, width);
  // of many that have nothing in common, each first line says nothing
  if (count === 0 && files.length > FEW)
    return [...out, ...wrapped(listed(files.map(({ path }) => path)), width, '  ')];
  for (const { path, parts, ownLayers, causes } of files.slice(0, MOST)) {
    out.push(cut(`  ${path}, ${layerCount(ownLayers)}`, width));
    const whole = ownLayers === 0 ? 'adds no layer' : 'is shared completely';
    out.push(cut(`      ${parts ? `differs from line ${parts.line} on: ${parts.text}` : whole}`, width));
    if (causes.length > 0) out.push(...wrapped(`because of ${some(causes.map(causeText))}`, width, '      '));
  }
  if (files.length > MOST) out.push(`  … and ${files.length - MOST} more`);
  for (const { text, places } of later.slice(0, MOST)) {
    const moves = places.map(
      ({ path, line, above }) => `${path}:${line}${line === above ? '' : ` above line ${above}`}`,
    );
    const moved = `${cut(text, 60)} needs nothing that comes before it there; moved up, it would be one layer for ${some(moves)}.`;
    out.push(...wrapped(moved, width, '  '));
  }
  return out;
}

function causeText({ kind, name, line, keyword }: CauseRow): string {
  if (kind === 'files') return 'its ignore file, which lets in other files';
  if (kind === 'stage') return `stage ${name}, which is different`;
  const setting = kind === 'variable' ? `${keyword ?? 'variable'} ${name}` : kind.toUpperCase();
  return line === null ? `${setting}, which it does not set` : `${setting}, line ${line}`;
}
