import type { Model, Stage } from '../model.ts';

/** Names of stages that are for people and checks: they are built by name, and no image of them ships. */
const forPeople =
  /(?:^|[-_.])(?:dev|devel|develop|development|devcontainer|debug|debugger|test|tests|testing|unittest|e2e|lint|linter|check|checks|ci|docs?|local|bench(?:mark)?|coverage|format|shell|watch|tools?|sandbox|playground|validate|vet|scan)(?:[-_.]|\d*$)/i;

/** Whether a stage is for people or checks, by its name. */
export const isForPeople = ({ name }: Stage): boolean => name !== undefined && forPeople.test(name);

/** The stages that others stand on or take files from. */
const taken = new WeakMap<Model, ReadonlySet<Stage>>();
function takenIn(model: Model): ReadonlySet<Stage> {
  const known = taken.get(model) ?? new Set(model.stages.flatMap(({ needs }) => needs.map((it) => it.stage)));
  taken.set(model, known);
  return known;
}

/** Whether another stage stands on it or takes files from it. */
export const isTakenFrom = (stage: Stage, model: Model): boolean => takenIn(model).has(stage);

/**
 * The images that a file makes: the target, and without one that is asked for, every other stage that has a name and a CMD or
 * ENTRYPOINT of its own, and that no stage is built from. The last of the file comes last.
 */
export function imagesIn(model: Model): Stage[] {
  const { stages, target, options } = model;
  const isImage = (stage: Stage): boolean =>
    stage === target ||
    (options.target === undefined &&
      stage.name !== undefined &&
      !isForPeople(stage) &&
      stage.steps.some(({ instruction: { kind } }) => kind === 'Cmd' || kind === 'Entrypoint') &&
      !isTakenFrom(stage, model));
  return stages.filter(isImage);
}
