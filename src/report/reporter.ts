import type { Run } from '../engine/diagnostic.ts';
import type { Paint } from './paint.ts';

/** What a format is made from. Text for people uses `paint` and `width` (in cells); `version` is that of dflint. */
export interface Report {
  readonly run: Run;
  readonly paint: Paint;
  readonly width: number;
  readonly version: string;
}

/** One output format: the findings in, the whole output out. */
export type Reporter = (report: Report) => string;
