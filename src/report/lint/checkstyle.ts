import { flat, xml } from '../finding.ts';
import type { Reporter } from '../reporter.ts';

/** Checkstyle's XML 4.3, a file element for each file, also for those without findings. */
export const checkstyle: Reporter = ({ run }) => {
  const files = run.files.map((file) => {
    const errors = flat({ files: [file], failures: [] }).map(
      ({ start, severity, code, text }) =>
        `<error line="${start.line}" column="${start.column}" severity="${severity === 'style' ? 'info' : severity}" ` +
        `message="${xml(text)}" source="${xml(code)}"/>`,
    );
    return `<file name="${xml(file.path)}">${errors.join('')}</file>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">${files.join('')}</checkstyle>\n`;
};
