import type { Run, Severity } from '../../engine/diagnostic.ts';
import { fingerprints, flat } from '../finding.ts';
import type { Reporter } from '../reporter.ts';

const levels: Readonly<Record<Severity, string>> = {
  error: 'blocker',
  warning: 'major',
  info: 'info',
  style: 'minor',
};

/** Issues as the specification of Code Climate engines has them. */
function issues(run: Run): object[] {
  const findings = flat(run);
  const names = fingerprints(findings);
  return findings.map(({ path, start, end, code, severity, message, text }, index) => ({
    type: 'issue',
    check_name: code,
    description: message,
    content: { body: text },
    categories: ['Bug Risk'],
    location: { path, lines: { begin: start.line, end: end.line } },
    severity: levels[severity],
    fingerprint: names[index],
  }));
}

/** For Code Climate: one document after the other, each ended by a zero byte. */
export const codeclimate: Reporter = ({ run }) =>
  issues(run)
    .map((it) => `${JSON.stringify(it)}\0`)
    .join('');

/** For GitLab's code quality report: one array. */
export const gitlabCodeclimate: Reporter = ({ run }) => `${JSON.stringify(issues(run))}\n`;
