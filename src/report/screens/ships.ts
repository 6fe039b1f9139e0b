import { bytesText } from '../../text/bytes.ts';
import { listed } from '../../text/prose.ts';
import { some, wrap } from '../layout.ts';
import { type Content, contentsOf, factsOf, imagesIn, type Model, type Stage, startOf } from './model.ts';
import { lineOf } from './source.ts';

/** What `dflint stages` shows of one image of a file. */
export interface ImageRow {
  /** The index of its stage. */
  readonly stage: number;
  readonly name: string | null;
  readonly line: number;
  readonly base: string;
  /** Compressed bytes of the base on linux/amd64; null where they are not known. */
  readonly baseBytes: number | null;
  /** What a container starts, as it is written; empty where nothing is seen. */
  readonly starts: readonly string[];
  readonly contents: readonly {
    readonly kind: Content['kind'];
    readonly what: readonly string[];
    readonly line: number | null;
    readonly need: 'run' | 'build' | null;
  }[];
}

export const imageRows = (model: Model): ImageRow[] => imagesIn(model).map((stage) => imageRow(stage, model));

function imageRow(stage: Stage, model: Model): ImageRow {
  const { index, name, from, rootImage } = stage;
  const [base, ...contents] = contentsOf(stage, model);
  const row = ({ kind, what, step, need }: Content): ImageRow['contents'][number] => ({
    ...{ kind, what, need: need ?? null },
    line: step ? lineOf(model, step.instruction) : null,
  });
  return {
    stage: index,
    name: name ?? null,
    line: lineOf(model, from),
    base: base?.what[0] ?? '',
    baseBytes: (rootImage && factsOf(rootImage)?.size) ?? null,
    starts: startOf(stage, model).programs.map(({ word, args }) => [word, ...args].join(' ')),
    contents: [...(base ? [row(base)] : []), ...contents.map(row)],
  };
}

const kinds: Readonly<Record<Content['kind'], string>> = {
  base: 'base',
  packages: 'packages',
  dependencies: 'dependencies',
  files: 'files',
  copied: 'copied',
  output: 'build',
  downloads: 'downloads',
  clones: 'clones',
  caches: 'caches',
};

const needs: Readonly<Record<'run' | 'build', string>> = { run: 'starts', build: 'only builds' };

/** The image, what it holds line by line, and what of it only builds. */
export function imageText(row: ImageRow, width: number, isOnly: boolean): string[] {
  const { name, stage, line, base, baseBytes, starts, contents } = row;
  const label = isOnly ? 'The image' : `The image ${name ?? `of stage ${stage}`}`;
  const size = baseBytes === null ? '' : `, ${bytesText(baseBytes)} compressed`;
  const start =
    starts.length === 0
      ? 'nothing is seen to start'
      : `starts ${some(
          starts.map((it) => it.slice(0, 60)),
          'programs',
        )}`;
  const out = wrap(`${label} (line ${line}): FROM ${base}${size}; ${start}`, width, '');
  // the first line has the base
  for (const it of contents.filter(({ kind, need }) => kind !== 'base' || need === 'build')) {
    const names =
      it.kind === 'base'
        ? (it.what[1] ?? it.what[0]!)
        : it.kind === 'dependencies'
          ? `what ${listed(it.what)} lists`
          : some(it.what);
    const caches = it.kind === 'caches' ? 'left by a package manager' : it.need === null ? '' : needs[it.need];
    const head = `${String(it.line ?? '').padStart(6)}  ${kinds[it.kind].padEnd(13)}`;
    const room = Math.max(20, width - head.length - 14);
    const lines = wrap(names, room, '');
    out.push(`${head}${(lines[0] ?? '').padEnd(room)}${caches}`.trimEnd());
    for (const more of lines.slice(1)) out.push(`${' '.repeat(head.length)}${more}`);
  }
  const leave = contents
    .filter(({ need, kind }) => need === 'build' && kind !== 'caches')
    .flatMap(({ what, kind }) => (kind === 'base' ? what.slice(1) : what));
  if (leave.length > 0)
    out.push(
      ...wrap(
        `Only needed to build: ${listed([...new Set(leave)])}. dflint stages --suggest moves it to a stage of its own.`,
        width,
        '',
      ),
    );
  return out;
}
