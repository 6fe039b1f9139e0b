import { flat, xml } from '../finding.ts';
import type { Reporter } from '../reporter.ts';

/** JUnit's XML: a suite for each file, a failed test for each finding, and one that passes where there is none. */
export const junit: Reporter = ({ run }) => {
  const suites = run.files.map((file) => {
    const name = xml(file.path);
    const failures = flat({ files: [file], failures: [] }).map(
      ({ start, severity, code, message, text }) =>
        `<testcase name="${xml(`${code} at line ${start.line}`)}" classname="${name}">` +
        `<failure type="${severity}" message="${xml(message)}">${xml(`${file.path}:${start.line}:${start.column} ${text}`)}` +
        '</failure></testcase>',
    );
    const cases = failures.length > 0 ? failures.join('') : `<testcase name="no findings" classname="${name}"/>`;
    return `<testsuite name="${name}" tests="${Math.max(1, failures.length)}" failures="${failures.length}">${cases}</testsuite>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="dflint">${suites.join('')}</testsuites>\n`;
};
