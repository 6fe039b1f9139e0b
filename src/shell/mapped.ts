import type { TextMap } from '../text/map.ts';

/** A text with the way back to the file. */
export interface Mapped {
  readonly text: string;
  readonly map: TextMap;
}
