import { count, type Diagnostic, type FileReport } from '../../engine/diagnostic.ts';
import { type Lines, type Position, position } from '../../text/lines.ts';
import type { Span } from '../../text/span.ts';
import { envelope } from '../envelope.ts';
import type { Reporter } from '../reporter.ts';

/** For programs: schemaVersion 1; lines and columns from 1, columns and offsets in UTF-16 units. */
export const json: Reporter = ({ run: { files, failures }, version }) =>
  envelope({ files: files.map(file), summary: { files: files.length, ...count(files) } }, failures, version);

const range = (lines: Lines, { start, end }: Span): { start: Position; end: Position } => ({
  start: position(lines, start),
  end: position(lines, end),
});

const file = ({ path, lines, diagnostics, suppressed, fixed }: FileReport) => ({
  path,
  diagnostics: diagnostics.map((it) => diagnostic(lines, it)),
  suppressed,
  fixed,
});

const diagnostic = (
  lines: Lines,
  { rule, aliases, severity, message, why, instead, url, span, related, fix }: Diagnostic,
) => ({
  rule,
  aliases,
  severity,
  message,
  why,
  instead,
  url,
  range: range(lines, span),
  related: related && range(lines, related),
  fix: fix && {
    safety: fix.safety,
    title: fix.title,
    edits: fix.edits.map((edit) => ({ range: range(lines, edit.span), text: edit.text })),
  },
});
