import { codenameOf, factsOf } from '../../knowledge/images/facts.ts';
import type { Stage } from '../../model/model.ts';
import { releaseOf } from '../../model/stages/release.ts';
import type { System } from './view.ts';

/** The release of the base of a stage, by the facts of official images, else by its name. */
export function systemOf(stage: Stage): System | undefined {
  const { rootImage } = stage;
  const { distribution, version, codename } =
    (rootImage?.digest === undefined && rootImage && factsOf(rootImage)) || {};
  if (distribution !== undefined) return { distribution, version, codename };
  const release = releaseOf({ stage });
  return release && { ...release, codename: codenameOf(release.distribution, release.version) };
}
