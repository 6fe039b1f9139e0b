import { count, type Diagnostic, type FileReport, type Run, severities } from '../../engine/diagnostic.ts';
import { frame } from '../../text/frame.ts';
import { position } from '../../text/lines.ts';
import { visible, wrap } from '../layout.ts';
import type { Paint } from '../paint.ts';
import type { Reporter } from '../reporter.ts';

/** For people at a terminal: each finding with its place, the words underlined, why it matters, what to write; then the sum. */
export const pretty: Reporter = ({ run, paint, width }) => {
  const blocks = run.files.flatMap((file) => file.diagnostics.map((it) => block(file, it, paint, width)));
  return `${[...blocks, summary(run, paint)].join('\n\n')}\n`;
};

function block({ path, lines }: FileReport, it: Diagnostic, paint: Paint, width: number): string {
  const { line, column } = position(lines, it.span.start);
  const names = [it.rule, ...it.aliases.map((alias) => paint.dim(alias))].join(' ');
  const head = `${paint.bold(`${visible(path)}:${line}:${column}`)}  ${paint[it.severity](it.severity)}  ${names}`;
  const room = Math.max(20, width - 9);
  const marked = frame(lines, it.span, room);
  const other = it.related ? frame(lines, it.related, room, 1).map((row) => ({ ...row, marks: '' })) : [];
  const shown = other.filter(({ line: number }) => marked.every((row) => row.line !== number));
  const rows = [...shown, ...marked].sort((a, b) => a.line - b.line);
  const gutter = Math.max(3, ...rows.map((row) => String(row.line).length));
  const source = rows.flatMap((row) => [
    `${paint.dim(`  ${String(row.line).padStart(gutter)} │`)} ${row.source}`,
    ...(row.marks === '' ? [] : [`${paint.dim(`  ${' '.repeat(gutter)} │`)} ${paint[it.severity](row.marks)}`]),
  ]);
  const text = [it.message, it.why].filter((sentence) => sentence !== undefined).join(' ');
  const instead = it.instead ? wrap(`Instead: ${it.instead}`, width, '  ') : [];
  return [head, ...source, ...wrap(text, width, '  '), ...instead].map((row) => row.trimEnd()).join('\n');
}

const plural = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

function summary({ files, failures }: Run, paint: Paint): string {
  const counts = count(files);
  const parts = severities.filter((it) => counts[it] > 0).map((it) => paint[it](plural(counts[it], noun[it])));
  const suppressed = files.reduce((sum, file) => sum + file.suppressed, 0);
  const silent = suppressed > 0 ? `, ${suppressed} ignored by comments` : '';
  const repaired = files.reduce((sum, file) => sum + (file.fixed ?? 0), 0);
  const repairable = files.reduce((sum, file) => sum + (file.fixable ?? 0), 0);
  const fixed = repaired > 0 ? `, ${repaired} fixed` : repairable > 0 ? `, ${repairable} more would be fixed` : '';
  const found = parts.length > 0 ? parts.join(', ') : 'Nothing to report';
  return `${found} in ${plural(files.length, 'file')}${fixed}${silent}${failureText(files, failures)}.`;
}

/** A file with a report was read, so what failed with it was to write it. */
function failureText(files: Run['files'], failures: Run['failures']): string {
  const read = new Set(files.map(({ path }) => path));
  const unwritten = failures.filter(({ path }) => read.has(path)).length;
  const unread = failures.length - unwritten;
  return [
    unread > 0 ? `; ${plural(unread, 'path')} could not be read` : '',
    unwritten > 0 ? `; ${plural(unwritten, 'file')} could not be written` : '',
  ].join('');
}

const noun = { error: 'error', warning: 'warning', info: 'info', style: 'style remark' } as const;
