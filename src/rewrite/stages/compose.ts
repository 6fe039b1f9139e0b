import type { Model, Stage } from '../../model/model.ts';
import { type Texts, textsOf } from './assets.ts';
import type { Division } from './draft.ts';
import { inRoot } from './files.ts';
import { libraries } from './install.ts';
import { packagesOf } from './packages.ts';
import type { Recipe } from './recipe.ts';
import { isBuild, isInstall, projectOf, withBrought, workOf } from './sort.ts';
import { systemOf } from './system.ts';
import { toolsFor, toolsOfSetup } from './tools.ts';
import { viewOf } from './view.ts';
import { Obstacle } from './work.ts';
import { write } from './write.ts';

/** A stage in two, after a recipe; undefined where it is none of its kind. Throws an `Obstacle` where it cannot be divided. */
export function compose(stage: Stage, model: Model, recipe: Recipe): Division | undefined {
  const runs = stage.allSteps.filter(({ instruction }) => instruction.kind === 'Run');
  const { rootImage } = stage;
  const isOwnImage = rootImage?.official === true && recipe.images?.test(rootImage.name) === true;
  const isCalled = runs.some((step) =>
    step.script?.commands.some((it) =>
      isOwnImage
        ? isBuild(it, step, recipe) || isInstall(it)
        : recipe.builds(it, step.operationsOf(it)) || (recipe.matches !== undefined && isInstall(it)),
    ),
  );
  if (!isCalled || recipe.matches?.(stage) === false) return undefined;
  checkStage(stage, recipe);
  const view = viewOf(stage, model, systemOf(stage));
  const project = projectOf(view, recipe);
  const sorted = runs.map((step) => workOf(step, view, recipe, project));
  const texts = textsOf(view, recipe.sources);
  const parts = recipe.plan(view, sorted, project, texts);
  if (!parts) return undefined;
  if (project.includes('/') && parts.project !== 'read') throw new Obstacle(runs[0]!.instruction.span.start, inRoot);
  const works = withBrought(sorted, [
    ...sorted.flatMap(({ outputs }) => outputs),
    ...parts.takes.flatMap(({ from, to }) => [from, to]),
  ]);
  const packages = packagesOf(works, view, {
    libraries,
    mentions: unlessUnread(texts),
    family: parts.family,
    more: [...(parts.packages ?? []), ...toolsFor(view, parts.base, texts), ...toolsOfSetup(works, view)],
  });
  return write({ view, works, parts, project, recipe, texts, packages });
}

/** Where not all texts could be read, any program may be started. */
const unlessUnread =
  ({ isWhole, mentions }: Texts) =>
  (word: string): boolean =>
    !isWhole || mentions(word);

function checkStage(stage: Stage, recipe: Recipe): void {
  const { lineage, os, from, allSteps, triggers, end } = stage;
  if (os === 'windows') throw new Obstacle(from.span.start, 'it is built on Windows');
  if (lineage[0]?.base.kind !== 'image') throw new Obstacle(from.span.start, 'its base image is not known');
  if (triggers.length > 0) throw new Obstacle(from.span.start, 'its base image has ONBUILD triggers');
  const onbuild = allSteps.find(({ instruction }) => instruction.kind === 'Onbuild');
  if (onbuild)
    throw new Obstacle(onbuild.instruction.span.start, 'ONBUILD is for the images that are built on this one');
  if (!end.cmd && !end.entrypoint && recipe.startsByItself?.(stage) !== true)
    throw new Obstacle(from.span.start, 'it has no CMD and no ENTRYPOINT, so what it starts is not known');
}
