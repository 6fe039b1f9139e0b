import { flat } from '../finding.ts';
import { visible } from '../layout.ts';
import type { Reporter } from '../reporter.ts';

/** hadolint's lines for people: `FILE:LINE CODE LEVEL: MESSAGE`. */
export const tty: Reporter = ({ run, paint }) =>
  flat(run)
    .map(({ path, start, code, severity, message }) => {
      const level = paint[severity](severity);
      return `${visible(path)}:${start.line} ${visible(code)} ${level}: ${visible(message)}\n`;
    })
    .join('');
