import { bytesText } from '../../text/bytes.ts';
import { listed } from '../../text/prose.ts';
import { inLine, some, wrap } from '../layout.ts';
import type { Paint } from '../paint.ts';
import { type Content, contentsOf, factsOf, imagesIn, type Model, type Stage, startOf } from './model.ts';
import { lineOf } from './source.ts';

type Need = NonNullable<Content['need']>;

/** Something that ships. */
export interface ContentRow {
  readonly kind: Content['kind'];
  readonly what: readonly string[];
  readonly line: number | null;
  readonly need: Need | null;
  /** The stage, or the image, that it is copied from. */
  readonly from: string | null;
}

/** What `dflint stages` shows of one image of a file. */
export interface ImageRow {
  /** The index of its stage. */
  readonly stage: number;
  readonly name: string | null;
  readonly line: number;
  readonly base: string;
  /** Compressed bytes of the base on linux/amd64; null where they are not known. */
  readonly baseBytes: number | null;
  /** The distribution of the base: `debian 12`; null where it is not known. */
  readonly system: string | null;
  /** The user that starts it; null where none is set. */
  readonly user: string | null;
  /** What a container starts, as it is written; empty where nothing is seen. */
  readonly starts: readonly string[];
  readonly contents: readonly ContentRow[];
}

export const imageRows = (model: Model): ImageRow[] => imagesIn(model).map((stage) => imageRow(stage, model));

function imageRow(stage: Stage, model: Model): ImageRow {
  const { index, name, from, rootImage } = stage;
  const [base, ...contents] = contentsOf(stage, model);
  const facts = rootImage && factsOf(rootImage);
  const row = ({ kind, what, step, need, from: origin }: Content): ContentRow => ({
    ...{ kind, what, need: need ?? null },
    line: step ? lineOf(model, step.instruction) : null,
    from: typeof origin === 'object' ? (origin.name ?? `stage ${origin.index}`) : (origin ?? null),
  });
  return {
    stage: index,
    name: name ?? null,
    line: lineOf(model, from),
    base: base?.what[0] ?? '',
    baseBytes: facts?.size ?? null,
    system: facts?.distribution === undefined ? null : [facts.distribution, facts.version ?? ''].join(' ').trim(),
    user: stage.end.user.state === 'known' ? stage.end.user.text : null,
    starts: startOf(stage, model).programs.map(({ word, args }) => [word, ...args].join(' ')),
    contents: [...(base ? [row(base)] : []), ...contents.map(row)],
  };
}

const kinds: Readonly<Record<Content['kind'], string>> = {
  base: 'base',
  packages: 'packages',
  dependencies: 'dependencies',
  'dev dependencies': 'dependencies',
  files: 'files',
  copied: 'copied',
  output: 'build output',
  downloads: 'downloads',
  clones: 'clone',
  history: 'history',
  secrets: 'secrets',
  caches: 'caches',
};

const groups: readonly (readonly [need: Need | null, title: string])[] = [
  ['run', 'Needed to run'],
  ['build', 'Needed only to build'],
  ['none', 'Needed by nothing'],
  [null, 'Also ships'],
];

/** The columns before what something holds: its lines and its kind. */
const [LINES, KIND] = [9, 14];

/** The image, what starts, and what it holds, by what needs it. */
export function imageText(row: ImageRow, width: number, isOnly: boolean, paint: Paint): string[] {
  const out = wrap(headText(row, isOnly), width, '').map(paint.bold);
  for (const [need, title] of groups) {
    // the heading has the base
    const rows = row.contents.filter((it) => it.need === need && (it.kind !== 'base' || need === 'build'));
    if (rows.length === 0) continue;
    const isOver = need === 'build' || need === 'none';
    out.push('', `  ${title}`);
    for (const it of joinedRows(rows)) {
      const [first = '', ...more] = wrap(it.text, Math.max(20, width - LINES - KIND - 2), '');
      const head = `${it.lines.padStart(LINES)}  ${kinds[it.kind].padEnd(KIND)}`;
      const text = [head + first, ...more.map((line) => ' '.repeat(head.length) + line)];
      out.push(...text.map(isOver ? paint.warning : plain));
    }
  }
  return out;
}

const plain = (text: string): string => text;

function headText({ name, stage, line, base, baseBytes, system, starts, user }: ImageRow, isOnly: boolean): string {
  const label = isOnly ? 'The image' : `The image ${name ?? `of stage ${stage}`}`;
  const facts = [system ?? '', baseBytes === null ? '' : `${bytesText(baseBytes)} compressed`].filter(
    (it) => it !== '',
  );
  const start = some(
    starts.map((it) => (it.length > 60 ? `${it.slice(0, 59)}…` : it)),
    'programs',
  );
  const image = base.replace(/(@sha256:[0-9a-f]{8})[0-9a-f]+$/, '$1…');
  const on = facts.length > 0 ? `${image} (${facts.join(', ')})` : image;
  const as = user === null ? '' : ` as ${user}`;
  return `${label} (line ${line}) stands on ${on} and ${starts.length > 0 ? `starts ${inLine(start)}${as}` : 'has no CMD or ENTRYPOINT'}.`;
}

interface JoinedRow {
  readonly kind: Content['kind'];
  readonly lines: string;
  readonly text: string;
}

/** Rows in a row that are of one kind, and from one place, together. */
function joinedRows(rows: readonly ContentRow[]): JoinedRow[] {
  const runs: ContentRow[][] = [];
  for (const row of rows) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last?.kind === row.kind && last.from === row.from && isManifest(last.what) === isManifest(row.what))
      run.push(row);
    else runs.push([row]);
  }
  return runs.map((run) => {
    const { kind, from } = run[0]!;
    const what = [...new Set(run.flatMap((it) => it.what))];
    return { kind, lines: rangeText(run.flatMap(({ line }) => line ?? [])), text: whatText(kind, what, from) };
  });
}

/** `3`, `3–7`; empty for none. */
const rangeText = (lines: readonly number[]): string =>
  lines.length === 0 ? '' : lines[0] === lines.at(-1) ? String(lines[0]) : `${lines[0]}–${lines.at(-1)}`;

/** So many names are shown. */
const MANY = 6;

function whatText(kind: Content['kind'], what: readonly string[], from: string | null): string {
  const more = what.length - MANY;
  const names = more > 1 ? `${what.slice(0, MANY).join(', ')} and ${more} more` : what.join(', ');
  if (kind === 'base') return what[1] ?? names;
  if (kind === 'dependencies')
    return isManifest(what) ? `what ${listed(what)} ${what.length > 1 ? 'list' : 'lists'}` : names;
  if (kind === 'dev dependencies') return `what ${listed(what)} lists for development`;
  if (kind === 'files' && what.includes('.'))
    return ['the build context', ...what.filter((it) => it !== '.')].join(', ');
  return from === null ? names : `${names} from ${from}`;
}

/** Whether names are those of files that list packages. */
const isManifest = (names: readonly string[]): boolean =>
  names.every((it) => /[a-z]\.\w+$|file$/i.test(it) && !it.includes('/'));
