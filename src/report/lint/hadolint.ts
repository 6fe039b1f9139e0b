import { flat } from '../finding.ts';
import type { Reporter } from '../reporter.ts';

/** For programs that read hadolint's JSON: one flat array over all files; our own names where hadolint has none. */
export const hadolint: Reporter = ({ run }) => {
  const findings = flat(run).map(({ code, start: { line, column }, path, severity, message }) => ({
    ...{ code, column, file: path, level: severity, line, message },
  }));
  return `${JSON.stringify(findings)}\n`;
};
