import { flat } from '../finding.ts';
import { inLine } from '../layout.ts';
import type { Reporter } from '../reporter.ts';

/** hadolint's lines for people: `FILE:LINE CODE LEVEL: MESSAGE`. */
export const tty: Reporter = ({ run, paint }) =>
  flat(run)
    .map(({ path, start, code, severity, message }) => {
      const level = paint[severity](severity);
      return `${inLine(path)}:${start.line} ${inLine(code)} ${level}: ${inLine(message)}\n`;
    })
    .join('');
