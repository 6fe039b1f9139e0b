import type { Diagnostic } from '../../engine/diagnostic.ts';
import { position } from '../../text/lines.ts';
import type { Reporter } from '../reporter.ts';

/** For programs that read hadolint's JSON: one flat array over all files; our own names where hadolint has none. */
export const hadolint: Reporter = ({ run }) => {
  const findings = run.files.flatMap(({ path, lines, diagnostics }) =>
    diagnostics.map((it) => {
      const { line, column } = position(lines, it.span.start);
      return { code: codeOf(it), column, file: path, level: it.severity, line, message: it.message };
    }),
  );
  return `${JSON.stringify(findings)}\n`;
};

const codeOf = ({ aliases, rule }: Diagnostic): string => aliases.find((it) => /^(?:DL|SC)\d/.test(it)) ?? rule;
