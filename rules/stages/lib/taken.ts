import { clean, hasWildcard, type Stage, type Take } from '../../../src/engine/rule.ts';

/** A folder or file of a stage that an image copies, all of it. */
export interface Taken {
  readonly take: Take;
  readonly origin: Stage;
  /** Its place in that stage. */
  readonly folder: string;
}

/** What an image copies from other stages, as far as it is known for certain. */
export const takenBy = ({ allSteps }: Stage): Taken[] =>
  allSteps.flatMap(({ takes }) =>
    takes.flatMap((take): Taken[] => {
      const { via, origin, certain, exclude, source } = take;
      const isKnown = via === 'copy' && certain && exclude.length === 0 && !hasWildcard(source);
      return isKnown && origin.kind === 'stage' ? [{ take, origin: origin.stage, folder: clean(`/${source}`) }] : [];
    }),
  );
