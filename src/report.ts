/** For what `lint` found, in any format of the command line: `import { formats } from 'dflint/report'`. All of it is pure. */

export { formats } from './report/formats.ts';
export { noPaint, type Paint } from './report/paint.ts';
export type { Report, Reporter } from './report/reporter.ts';
export type * from './types.ts';
