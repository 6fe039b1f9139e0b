import { isTransfer } from '../../model/files/takes.ts';
import { textOf } from '../../model/stages/expand.ts';
import { flagValues } from '../../model/stages/flags.ts';
import { isBelow } from '../../text/path.ts';
import type { Draft } from './draft.ts';
import { isProjectCopy } from './files.ts';
import { Obstacle, type Owned } from './work.ts';

/** Who owns what the final stage copies. */
export interface Owners {
  /** Of the project; undefined for root. */
  readonly project: string | undefined;
  /** Whether the folder of the project itself is given to it, and not only what is copied there. */
  readonly hasFolder: boolean;
  /** Of a path; undefined for root. */
  of(path: string): string | undefined;
}

export function ownersOf({ works, view, project: all }: Draft): Owners {
  const project = all.filter((it) => it !== '/');
  const given = [...works.flatMap(({ owned }) => owned), ...copiedFor({ view, project })].filter(
    ({ owner }) => !isRoot(owner),
  );
  const found = new Set(given.filter(({ path }) => project.some((it) => isBelow(it, path))).map(({ owner }) => owner));
  if (found.size > 1) throw new Obstacle(view.stage.from.span.start, 'the project is given to several owners');
  const [own] = found;
  const of = (path: string): string | undefined =>
    project.some((it) => isBelow(path, it)) ? own : given.findLast((it) => isBelow(path, it.path))?.owner;
  const hasFolder = works.some(({ owned }) => owned.some((it) => it.owner === own));
  return { project: own, hasFolder, of };
}

/** Copies of the project that are given to the user that runs it. */
function copiedFor({ view, project }: Pick<Draft, 'view' | 'project'>): Owned[] {
  const user = textOf(view.stage.end.user)?.split(':')[0];
  return view.steps.flatMap((step) => {
    const { instruction, takes } = step;
    if (!isTransfer(instruction) || !isProjectCopy(step, project)) return [];
    const [owner] = flagValues(instruction, 'chown');
    if (owner === undefined || owner.split(':')[0] !== user) return [];
    return takes.flatMap(({ target }) => (target === undefined ? [] : [{ owner, path: target }]));
  });
}

const isRoot = (owner: string): boolean => /^(?:root|0)(?::(?:root|0))?$/.test(owner);
