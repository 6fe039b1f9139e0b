import { count, type Diagnostic, type FileReport, type Run, severities } from '../engine/diagnostic.ts';
import { frame } from '../text/frame.ts';
import { position } from '../text/lines.ts';
import { widthOf } from '../text/width.ts';
import type { Paint } from './paint.ts';

/** For people at a terminal: each finding with its place, the words underlined, why it matters, what to write; then the sum. */
export function pretty(run: Run, paint: Paint, width: number): string {
  const blocks = run.files.flatMap((file) => file.diagnostics.map((it) => block(file, it, paint, width)));
  return `${[...blocks, summary(run, paint)].join('\n\n')}\n`;
}

function block({ path, lines }: FileReport, it: Diagnostic, paint: Paint, width: number): string {
  const { line, column } = position(lines, it.span.start);
  const names = [it.rule, ...it.aliases.map((alias) => paint.dim(alias))].join(' ');
  const head = `${paint.bold(`${path}:${line}:${column}`)}  ${paint[it.severity](it.severity)}  ${names}`;
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

/** Lines of at most `width` cells, each indented; a longer word stands alone. */
export function wrap(text: string, width: number, indent: string): string[] {
  const rows: string[] = [];
  let row = indent;
  for (const word of text.split(' ')) {
    const joined = row === indent ? row + word : `${row} ${word}`;
    if (row !== indent && widthOf(joined) > width) {
      rows.push(row);
      row = indent + word;
    } else row = joined;
  }
  return row === indent ? rows : [...rows, row];
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
  const failed = failures.length > 0 ? `; ${plural(failures.length, 'path')} could not be read` : '';
  const found = parts.length > 0 ? parts.join(', ') : 'Nothing to report';
  return `${found} in ${plural(files.length, 'file')}${fixed}${silent}${failed}.`;
}

const noun = { error: 'error', warning: 'warning', info: 'info', style: 'style remark' } as const;
