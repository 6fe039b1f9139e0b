import { flat } from '../finding.ts';
import type { Reporter } from '../reporter.ts';

/** For Codacy: one document a line. */
export const codacy: Reporter = ({ run }) =>
  flat(run)
    .map(({ path, start, code, text }) => ({ filename: path, line: start.line, message: text, patternId: code }))
    .map((it) => `${JSON.stringify(it)}\n`)
    .join('');
