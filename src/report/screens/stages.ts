import { some, visible } from '../layout.ts';
import type { Screen } from './screen.ts';
import type { ImageRow } from './ships.ts';
import { type Judged, label, type StageFile, type StageRow, stageFile, type Via, verbs } from './stage-rows.ts';
import { stagesText } from './stage-text.ts';

/** `dflint stages`: what ships and the build graph, as text or as a picture for another program. */
export function stagesScreen(files: readonly Judged[], format: keyof typeof pictures | 'json'): Screen {
  const rows = files.map(stageFile);
  return {
    json: () => ({ files: rows }),
    text: (paint, width) =>
      rows.map((it) => pictures[format === 'json' ? 'text' : format](it, width, paint)).join('\n'),
  };
}

/** A stage in a picture: its name, what it does, and of an image what only builds. */
function linesOf(stage: StageRow, images: readonly ImageRow[]): string[] {
  const does = [...new Set(stage.does.map(({ kind, call }) => `${kind}: ${call}`))];
  const extra = images
    .filter((it) => it.stage === stage.index)
    .flatMap(({ contents }) =>
      contents
        .filter(({ need }) => need === 'build')
        .flatMap(({ kind, what }) => (kind === 'base' ? what.slice(1) : what)),
    );
  return [
    label(stage),
    ...does.slice(0, 2),
    ...(extra.length > 0 ? [`only to build: ${some([...new Set(extra)])}`] : []),
  ];
}

/** What a stage needs, each stage once by each way. */
function edgesTo({ needs }: StageRow): { readonly via: Via; readonly from: number }[] {
  const seen = new Map(needs.map(({ via, stage }) => [`${via} ${stage}`, { via, from: stage }]));
  return [...seen.values()];
}

/** What goes from one stage to another by COPY, in a picture. */
const givenTo = ({ gives }: StageRow, to: number): string =>
  some([...new Set(gives.flatMap((it) => (it.to === to ? it.paths : [])))]);

/** A flowchart for Markdown pages; what the build does not need is dashed. */
function stagesMermaid({ stages, images }: StageFile): string {
  const escaped = (text: string): string => text.replaceAll('"', '#quot;').replaceAll('<', '#lt;');
  const quote = (text: string): string => `"${escaped(text)}"`;
  const out = ['flowchart LR'];
  for (const stage of stages) {
    out.push(`  s${stage.index}["${linesOf(stage, images).map(escaped).join('<br/>')}"]`);
    if (stage.parent === null && stage.base !== 'scratch')
      out.push(`  b${stage.index}(${quote(stage.base)}) --> s${stage.index}`);
    for (const { via, from } of edgesTo(stage)) {
      const paths = via === 'copy' ? givenTo(stages[from]!, stage.index) : '';
      const copy = paths === '' ? '-->|COPY|' : `-->|${quote(`COPY ${paths}`)}|`;
      out.push(`  s${from} ${via === 'from' ? '-->' : via === 'copy' ? copy : '-.->|mount|'} s${stage.index}`);
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
function stagesDot({ stages, images }: StageFile): string {
  const quote = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  const out = ['digraph stages {', '  rankdir=LR;', '  node [shape=box];'];
  for (const stage of stages) {
    const style = stage.target ? ', penwidth=3' : stage.reachable ? '' : ', style=dashed';
    const lines = linesOf(stage, images).map((it) => quote(it).slice(1, -1));
    out.push(`  s${stage.index} [label="${lines.join('\\n')}"${style}];`);
    if (stage.parent === null && stage.base !== 'scratch') {
      out.push(`  b${stage.index} [label=${quote(stage.base)}, shape=oval];`, `  b${stage.index} -> s${stage.index};`);
    }
    for (const { via, from } of edgesTo(stage)) {
      const paths = via === 'copy' ? givenTo(stages[from]!, stage.index) : '';
      const named = quote(`${verbs[via]}${paths === '' ? '' : ` ${paths}`}`);
      const edge = via === 'from' ? '' : ` [label=${named}${via === 'mount' ? ', style=dashed' : ''}]`;
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
