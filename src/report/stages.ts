/** What `dflint stages` tells of one stage. */
export interface StageRow {
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
  readonly needs: readonly { readonly stage: number; readonly via: 'from' | 'copy' | 'mount'; readonly line: number }[];
  readonly layers: number;
}

export interface StageFile {
  readonly path: string;
  readonly stages: readonly StageRow[];
}

const label = ({ index, name }: StageRow): string => name ?? `stage ${index}`;
const verbs = { from: 'FROM', copy: 'COPY --from', mount: 'RUN --mount' } as const;

/** Each stage, what it stands on and takes from, and whether the build needs it. */
export function stagesText({ path, stages }: StageFile): string {
  const out = [path];
  for (const stage of stages) {
    const { line, base, platform, target, reachable, shipped, needs, layers } = stage;
    const role = target ? 'the image' : shipped ? 'under the image' : reachable ? 'needed to build' : 'not needed';
    const on = platform === null ? base : `${base} for ${platform}`;
    out.push(
      '',
      `${stage.index}  ${label(stage)}  (line ${line}, ${role}, ${layers} layer${layers === 1 ? '' : 's'} of its own)`,
    );
    out.push(`   FROM ${on}`);
    for (const need of needs) {
      const other = stages[need.stage];
      if (need.via !== 'from' && other) out.push(`   ${verbs[need.via]} ${label(other)} (line ${need.line})`);
    }
  }
  return `${out.join('\n')}\n`;
}

export const stagesJson = (file: StageFile): string => `${JSON.stringify({ schemaVersion: 1, ...file }, null, 2)}\n`;

/** A flowchart for Markdown pages; what the build does not need is dashed. */
export function stagesMermaid({ stages }: StageFile): string {
  const quote = (text: string): string => `"${text.replaceAll('"', '#quot;')}"`;
  const out = ['flowchart LR'];
  for (const stage of stages) {
    out.push(`  s${stage.index}[${quote(label(stage))}]`);
    if (stage.parent === null && stage.base !== 'scratch')
      out.push(`  b${stage.index}(${quote(stage.base)}) --> s${stage.index}`);
    for (const { via, stage: from } of stage.needs) {
      out.push(`  s${from} ${via === 'from' ? '-->' : via === 'copy' ? '-->|COPY|' : '-.->|mount|'} s${stage.index}`);
    }
    if (stage.target) out.push(`  style s${stage.index} stroke-width:3px`);
    if (!stage.reachable) out.push(`  style s${stage.index} stroke-dasharray:4`);
  }
  return `${out.join('\n')}\n`;
}

/** The same for Graphviz. */
export function stagesDot({ stages }: StageFile): string {
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
  }
  return `${[...out, '}'].join('\n')}\n`;
}
