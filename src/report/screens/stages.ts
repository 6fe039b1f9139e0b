import { listed } from '../../text/prose.ts';
import { layerCount, some, visible, wrap } from '../layout.ts';
import { type Analyzed, countLayers, imagesOf, layersOf, type Model, type Stage } from './model.ts';
import type { Screen } from './screen.ts';
import { type ImageRow, imageRows, imageText } from './ships.ts';
import { baseText, expansionText, lineOf } from './source.ts';

/** `dflint stages`: the build graph, as text or as a picture for another program. */
export function stagesScreen(files: readonly Analyzed[], format: keyof typeof pictures | 'json'): Screen {
  const rows = files.map(({ path, model }): StageFile => {
    const waves = wavesOf(model.stages);
    const gifts = giftsOf(model);
    const whole = (it: Stage): StageRow => ({
      ...stageRow(it, model),
      wave: waves[it.index]!,
      gives: gifts.get(it) ?? [],
    });
    return { path, stages: model.stages.map(whole), images: imageRows(model) };
  });
  return {
    json: () => ({ files: rows }),
    text: (_, width) => rows.map((it) => pictures[format === 'json' ? 'text' : format](it, width)).join('\n'),
  };
}

type Via = Stage['needs'][number]['via'];

/** What `dflint stages` shows of one stage. */
interface StageRow {
  readonly index: number;
  readonly name: string | null;
  readonly line: number;
  readonly base: string;
  /** The index of the stage it stands on. */
  readonly parent: number | null;
  readonly platform: string | null;
  readonly target: boolean;
  readonly reachable: boolean;
  readonly shipped: boolean;
  readonly needs: readonly { readonly stage: number; readonly via: Via; readonly line: number }[];
  /** Images that it takes files from; what may be a named build context is none. */
  readonly images: readonly { readonly image: string; readonly via: Via; readonly line: number }[];
  readonly layers: number;
  /** How many stages wait for each other before it; those with one number run side by side. */
  readonly wave: number;
  /** What other stages take from it. */
  readonly gives: readonly { readonly to: number; readonly paths: readonly string[]; readonly line: number }[];
}

interface StageFile {
  readonly path: string;
  readonly stages: readonly StageRow[];
  /** What ships, image by image. */
  readonly images: readonly ImageRow[];
}

function stageRow(stage: Stage, model: Model): Omit<StageRow, 'wave' | 'gives'> {
  const { index, name, base, platform, from, reachable, shipped, needs } = stage;
  return {
    index,
    name: name ?? null,
    line: lineOf(model, from),
    base: baseText(base),
    parent: base.kind === 'stage' ? base.stage.index : null,
    platform: platform ? expansionText(platform) : null,
    target: stage === model.target,
    reachable,
    shipped,
    needs: needs.map((need) => ({ stage: need.stage.index, via: need.via, line: lineOf(model, need.at) })),
    images: imagesOf(stage, model).flatMap(({ via, at, version }) =>
      via === 'from' || !version ? [] : { image: version.text, via, line: lineOf(model, { span: at }) },
    ),
    layers: countLayers(layersOf(stage)),
  };
}

const label = ({ index, name }: StageRow): string => name ?? `stage ${index}`;
const verbs: Readonly<Record<Via, string>> = { from: 'FROM', copy: 'COPY --from', mount: 'RUN --mount' };

/** The longest way to each stage through those that it needs, which all stand above it. */
function wavesOf(stages: readonly Stage[]): number[] {
  const waves: number[] = [];
  for (const { index, needs } of stages)
    waves[index] = needs.reduce((most, { stage }) => Math.max(most, (waves[stage.index] ?? 0) + 1), 0);
  return waves;
}

/** The paths of each stage that others copy or mount, in the order of the file. */
function giftsOf(model: Model): ReadonlyMap<Stage, StageRow['gives']> {
  const found = new Map<Stage, StageRow['gives'][number][]>();
  for (const { index: to, steps } of model.stages) {
    for (const step of steps) {
      const paths = new Map<Stage, string[]>();
      for (const { origin, source } of step.takes)
        if (origin.kind === 'stage') paths.set(origin.stage, [...(paths.get(origin.stage) ?? []), source]);
      const line = paths.size > 0 ? lineOf(model, step.instruction) : 0;
      for (const [stage, all] of paths) {
        const list = found.get(stage) ?? [];
        list.push({ to, paths: all, line });
        found.set(stage, list);
      }
    }
  }
  return found;
}

/** What ships, then each stage: what it is for, what leaves it, and whether the build needs it. */
function stagesText({ path, stages, images }: StageFile, width: number): string {
  const out = [path];
  for (const image of images) out.push('', ...imageText(image, width, images.length === 1));
  if (images.length === 0) out.push('', 'No stage makes an image.');
  out.push('', 'Stages:');
  for (const stage of stages) out.push(...stageText(stage, stages, width));
  const waiting = wavesText(stages);
  if (waiting !== '') out.push('', ...wrap(waiting, width, ''));
  return `${out.map(visible).join('\n')}\n`;
}

function stageText(stage: StageRow, stages: readonly StageRow[], width: number): string[] {
  const { index, line, base, platform, target, reachable, shipped, needs, images, layers, gives } = stage;
  const role = target ? 'the image' : shipped ? 'base of the image' : reachable ? 'needed to build' : 'not needed';
  const on = platform === null ? base : `${base} for ${platform}`;
  const out = [
    `  ${index}  ${label(stage)}  (line ${line}, ${role}, ${layerCount(layers)} of its own)`,
    `     FROM ${on}`,
  ];
  for (const need of needs) {
    const other = stages[need.stage];
    if (need.via !== 'from' && other) out.push(`     ${verbs[need.via]} ${label(other)} (line ${need.line})`);
  }
  for (const { image, via, line: at } of images) out.push(`     ${verbs[via]} ${image} (line ${at})`);
  for (const { to, paths, line: at } of gives)
    out.push(...wrap(`gives ${some(paths, 'paths')} to ${label(stages[to]!)} (line ${at})`, width, '     '));
  return out;
}

/** Which stages run side by side, and which wait. */
function wavesText(stages: readonly StageRow[]): string {
  const needed = stages.filter(({ reachable }) => reachable);
  if (needed.length < 2) return '';
  const byWave = new Map<number, string[]>();
  for (const stage of needed) byWave.set(stage.wave, [...(byWave.get(stage.wave) ?? []), label(stage)]);
  const parts = [...byWave]
    .sort(([a], [b]) => a - b)
    .map(([, names]) => (names.length > 1 ? `${listed(names)} side by side` : names[0]!));
  return `The build runs ${parts.join(', then ')}.`;
}

/** A flowchart for Markdown pages; what the build does not need is dashed. */
function stagesMermaid({ stages }: StageFile): string {
  const quote = (text: string): string => `"${text.replaceAll('"', '#quot;')}"`;
  const out = ['flowchart LR'];
  for (const stage of stages) {
    out.push(`  s${stage.index}[${quote(label(stage))}]`);
    if (stage.parent === null && stage.base !== 'scratch')
      out.push(`  b${stage.index}(${quote(stage.base)}) --> s${stage.index}`);
    for (const { via, stage: from } of stage.needs) {
      out.push(`  s${from} ${via === 'from' ? '-->' : via === 'copy' ? '-->|COPY|' : '-.->|mount|'} s${stage.index}`);
    }
    for (const [nth, { image, via }] of stage.images.entries())
      out.push(
        `  i${stage.index}_${nth}(${quote(image)}) ${via === 'copy' ? '-->|COPY|' : '-.->|mount|'} s${stage.index}`,
      );
    if (stage.target) out.push(`  style s${stage.index} stroke-width:3px`);
    if (!stage.reachable) out.push(`  style s${stage.index} stroke-dasharray:4`);
  }
  return `${out.map(visible).join('\n')}\n`;
}

/** The same for Graphviz. */
function stagesDot({ stages }: StageFile): string {
  const quote = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  const out = ['digraph stages {', '  rankdir=LR;', '  node [shape=box];'];
  for (const stage of stages) {
    const style = stage.target ? ', penwidth=3' : stage.reachable ? '' : ', style=dashed';
    out.push(`  s${stage.index} [label=${quote(label(stage))}${style}];`);
    if (stage.parent === null && stage.base !== 'scratch') {
      out.push(`  b${stage.index} [label=${quote(stage.base)}, shape=oval];`, `  b${stage.index} -> s${stage.index};`);
    }
    for (const { via, stage: from } of stage.needs) {
      const edge = via === 'from' ? '' : ` [label=${quote(verbs[via])}${via === 'mount' ? ', style=dashed' : ''}]`;
      out.push(`  s${from} -> s${stage.index}${edge};`);
    }
    for (const [nth, { image, via }] of stage.images.entries()) {
      const edge = ` [label=${quote(verbs[via])}${via === 'mount' ? ', style=dashed' : ''}]`;
      out.push(`  i${stage.index}_${nth} [label=${quote(image)}, shape=oval];`);
      out.push(`  i${stage.index}_${nth} -> s${stage.index}${edge};`);
    }
  }
  return `${[...out, '}'].map(visible).join('\n')}\n`;
}

const pictures = { text: stagesText, mermaid: stagesMermaid, dot: stagesDot } as const;
