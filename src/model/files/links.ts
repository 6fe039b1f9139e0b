import { usualLinks } from '../../knowledge/commands/file-commands.ts';
import { isBelow } from '../../text/path.ts';
import type { Stage, Step } from '../model.ts';
import type { Effect, LinkedEffects } from './effect.ts';

const MOST_NAMES = 1000;

/** Follows the links of most images and of the stage. */
export function linkedOf({ effects, stage }: Step): LinkedEffects {
  const all = [...effects.all];
  const made = stage ? linksIn(stage) : [];
  for (const { path: from, target } of [...usualLinks, ...made]) {
    for (const it of all) {
      if (it.path === from || !isBelow(it.path, from)) continue;
      if (target === undefined) return { all, open: from };
      const path = (target === '/' ? '' : target) + it.path.slice(from.length);
      // a link may lead to what is below itself
      if (all.length < MOST_NAMES && !all.some((other) => other.path === path)) all.push({ ...it, path });
    }
  }
  return { all, open: undefined };
}

const remembered = new WeakMap<Stage, readonly Effect[]>();

/** The links that the steps of a stage and those below make. */
function linksIn(stage: Stage): readonly Effect[] {
  const known =
    remembered.get(stage) ?? stage.allSteps.flatMap((it) => it.effects.all.filter(({ means }) => means === 'link'));
  remembered.set(stage, known);
  return known;
}
