import type { Model, Stage, Step } from '../../src/engine/rule.ts';
import { ecosystems } from '../../src/knowledge/project/ecosystems/index.ts';
import { flagNamed } from './flags.ts';
import { fits } from './glob.ts';
import { isRemote, isWholeContext } from './paths.ts';

/** `code`: what most commits change; `manifest`: what changes with the dependencies; `file`: what changes now and then. */
export type Volatility = 'code' | 'manifest' | 'file';

const listed = ecosystems.flatMap(({ manifests, locks, inputs }) => [
  ...manifests,
  ...locks,
  ...inputs.filter(({ need }) => need === 'copy').map(({ pattern }) => pattern),
]);

/** How often what COPY or ADD takes changes; undefined where it takes nothing of the project. */
export function volatilityOf(step: Step, model: Model): Volatility | undefined {
  const { instruction } = step;
  if (instruction.kind !== 'Copy' && instruction.kind !== 'Add') return undefined;
  const from = flagNamed(instruction, 'from')?.value?.text;
  if (from !== undefined) {
    const stage = step.stage && model.stageNamed(from, step.stage);
    return stage && takesCode(stage, model) ? 'code' : undefined;
  }
  const { heredocs, sources } = instruction;
  const kinds = sources.flatMap((word) => {
    const { value } = step.expand(word);
    const body = heredocs.some(({ opener }) => opener.start === word.span.start);
    if (body || value.state === 'unset' || isRemote(value.text)) return [];
    return sourceVolatility(value.text);
  });
  return (['code', 'file', 'manifest'] as const).find((it) => kinds.includes(it));
}

/** By its name: a folder, a pattern and what has no ending is taken for code. */
export function sourceVolatility(source: string): Volatility {
  if (isWholeContext(source)) return 'code';
  const path = source.replace(/^\.?\/+/, '');
  const name = path.replace(/\/+$/, '').replace(/^.*\//, '');
  if (
    listed.some((it) => fits(it, path) || fits(it, name)) ||
    /^(?:package|composer|yarn|Gemfile|Cargo|go|requirements)[\w-]*[.*]/.test(name)
  )
    return 'manifest';
  return !source.endsWith('/') && /^[^*?[]*\.[\w]+$/.test(name) ? 'file' : 'code';
}

const known = new WeakMap<Stage, boolean>();

/** Whether what a stage makes changes with the code: it or one that it needs copies some of it. */
function takesCode(stage: Stage, model: Model): boolean {
  const found = known.get(stage);
  if (found !== undefined) return found;
  known.set(stage, false);
  const takes = stage.lineage.some(({ steps }) =>
    steps.some((step) => volatilityOf(step, model) === 'code' || mountsCode(step, model)),
  );
  known.set(stage, takes);
  return takes;
}

const mountsCode = ({ instruction, stage }: Step, model: Model): boolean =>
  instruction.flags.some(({ mount }) => {
    if (mount?.type !== 'bind') return false;
    if (mount.from === undefined) return sourceVolatility(mount.source ?? '.') === 'code';
    const from = stage && model.stageNamed(mount.from, stage);
    return from !== undefined && takesCode(from, model);
  });

/** Whether a step runs again with most commits by what it takes itself. */
export const changesOften = (step: Step, model: Model): boolean =>
  volatilityOf(step, model) === 'code' || mountsCode(step, model);
