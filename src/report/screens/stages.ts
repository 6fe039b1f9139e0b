import { layerCount, visible } from '../layout.ts';
import { type Analyzed, countLayers, imagesOf, layersOf, type Model, type Stage } from './model.ts';
import type { Screen } from './screen.ts';
import { baseText, expansionText, lineOf } from './source.ts';

/** `dflint stages`: the build graph, as text or as a picture for another program. */
export function stagesScreen(files: readonly Analyzed[], format: keyof typeof pictures | 'json'): Screen {
  const rows = files.map(({ path, model }) => ({ path, stages: model.stages.map((stage) => stageRow(stage, model)) }));
  return {
    json: () => ({ files: rows }),
    text: () => rows.map(pictures[format === 'json' ? 'text' : format]).join('\n'),
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
}

interface StageFile {
  readonly path: string;
  readonly stages: readonly StageRow[];
}

function stageRow(stage: Stage, model: Model): StageRow {
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

/** Each stage, what it stands on and takes from, and whether the build needs it. */
function stagesText({ path, stages }: StageFile): string {
  const out = [path];
  for (const stage of stages) {
    const { line, base, platform, target, reachable, shipped, needs, images, layers } = stage;
    const role = target ? 'the image' : shipped ? 'base of the image' : reachable ? 'needed to build' : 'not needed';
    const on = platform === null ? base : `${base} for ${platform}`;
    out.push('', `${stage.index}  ${label(stage)}  (line ${line}, ${role}, ${layerCount(layers)} of its own)`);
    out.push(`   FROM ${on}`);
    for (const need of needs) {
      const other = stages[need.stage];
      if (need.via !== 'from' && other) out.push(`   ${verbs[need.via]} ${label(other)} (line ${need.line})`);
    }
    for (const { image, via, line: at } of images) out.push(`   ${verbs[via]} ${image} (line ${at})`);
  }
  return `${out.map(visible).join('\n')}\n`;
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
