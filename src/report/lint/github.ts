import type { FileReport, Severity } from '../../engine/diagnostic.ts';
import { position } from '../../text/lines.ts';
import { textOf } from '../finding.ts';
import { inLine } from '../layout.ts';
import type { Reporter } from '../reporter.ts';

/** For GitHub Actions: one workflow command a finding, which becomes an annotation on the pull request. */
export const github: Reporter = ({ run }) => run.files.flatMap(annotations).join('');

const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  style: 'notice',
};

const annotations = ({ path, lines, diagnostics }: FileReport): string[] =>
  diagnostics.map((it) => {
    const start = position(lines, it.span.start);
    const end = position(lines, it.span.end);
    // GitHub takes columns only where both ends stand on one line
    const columns = start.line === end.line ? `,col=${start.column},endColumn=${end.column}` : '';
    const title = property([it.rule, ...it.aliases].join(' '));
    const place = `file=${property(path)},line=${start.line},endLine=${end.line}${columns},title=${title}`;
    return `::${levels[it.severity]} ${place}::${data(textOf(it))}\n`;
  });

const data = (value: string): string =>
  inLine(value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A'));
const property = (value: string): string => data(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
