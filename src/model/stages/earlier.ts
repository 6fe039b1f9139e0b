import type { Stage, Step } from '../model.ts';

/** Of a stage and those below, by what is asked: where it holds first. */
const firsts = new WeakMap<Stage, Map<unknown, number>>();
const answers = new WeakMap<Step, Map<unknown, boolean>>();

/**
 * Whether something holds of a step, or of one before it in its stage or those below. `question` names what is asked, so that
 * each step is asked once, however many ask.
 */
export function anyUntil(step: Step, question: unknown, holds: (step: Step) => boolean): boolean {
  const own = answers.get(step) ?? new Map<unknown, boolean>();
  answers.set(step, own);
  const answer = own.get(question) ?? holds(step);
  own.set(question, answer);
  return answer || anyBefore(step, question, holds);
}

/** The same without the step itself. */
export function anyBefore({ stage, earlier }: Step, question: unknown, holds: (step: Step) => boolean): boolean {
  if (!stage) return earlier.some(holds);
  const known = firsts.get(stage) ?? new Map<unknown, number>();
  firsts.set(stage, known);
  let first = known.get(question);
  if (first === undefined) {
    first = stage.allSteps.findIndex(holds);
    known.set(question, first);
  }
  return first >= 0 && first < earlier.length;
}
