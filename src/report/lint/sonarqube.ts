import type { Severity } from '../../engine/diagnostic.ts';
import { type Flat, flat } from '../finding.ts';
import type { Reporter } from '../reporter.ts';

const levels: Readonly<Record<Severity, string>> = {
  error: 'CRITICAL',
  warning: 'MAJOR',
  info: 'MINOR',
  style: 'INFO',
};

/** For SonarQube's import of generic issues. */
export const sonarqube: Reporter = ({ run }) => {
  const issues = flat(run).map((it) => ({
    engineId: 'dflint',
    ruleId: it.code,
    severity: levels[it.severity],
    type: it.severity === 'error' ? 'BUG' : 'CODE_SMELL',
    primaryLocation: { message: it.text, filePath: it.path, textRange: range(it) },
  }));
  return `${JSON.stringify({ issues })}\n`;
};

/** SonarQube counts columns from 0, and refuses a range that is empty. */
const range = ({ start, end }: Flat): object =>
  end.offset > start.offset
    ? { startLine: start.line, startColumn: start.column - 1, endLine: end.line, endColumn: end.column - 1 }
    : { startLine: start.line };
