import type { Content } from '../envelope.ts';
import type { Paint } from '../paint.ts';

/** What a command shows of all its files. */
export interface Screen {
  /** For programs: what goes into the JSON document. */
  json(): Content;
  /** For people; empty where there is nothing to show. */
  text(paint: Paint, width: number): string;
}
