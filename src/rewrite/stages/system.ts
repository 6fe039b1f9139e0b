import type { Stage } from '../../model/model.ts';
import { type System, systemOf } from './view.ts';

/** The release of the base of a stage, by its tag or by the facts of official images. */
export function systemOfStage(stage: Stage): System | undefined {
  return systemOf(stage, undefined);
}
