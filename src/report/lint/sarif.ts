import type { Diagnostic, FileReport, Severity } from '../../engine/diagnostic.ts';
import { type Lines, position } from '../../text/lines.ts';
import type { Span } from '../../text/span.ts';
import { codeOf, fingerprints, flat, textOf } from '../finding.ts';
import type { Reporter } from '../reporter.ts';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note', style: 'note' };

/** SARIF 2.1.0: one run, each rule that found something with its help, columns in UTF-16 units from 1. */
export const sarif: Reporter = ({ run, version }) => {
  const names = fingerprints(flat(run));
  const results = run.files.flatMap((file) => file.diagnostics.map((it) => result(file, it)));
  const first = new Map(run.files.flatMap(({ diagnostics }) => diagnostics).map((it) => [codeOf(it), it]));
  const rules = [...first].map(([id, { rule, url }]) => ({
    id,
    name: rule,
    ...(url && { helpUri: url }),
  }));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'dflint', version, rules } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: run.failures.length === 0,
            toolExecutionNotifications: run.failures.map(({ path, message }) => ({
              level: 'error',
              message: { text: message },
              locations: [{ physicalLocation: { artifactLocation: { uri: uri(path) } } }],
            })),
          },
        ],
        results: results.map((it, index) => ({ ...it, partialFingerprints: { 'dflint/v1': names[index] } })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};

const result = ({ path, lines }: FileReport, it: Diagnostic) => ({
  ruleId: codeOf(it),
  level: levels[it.severity],
  message: { text: textOf(it) },
  locations: [{ physicalLocation: { artifactLocation: { uri: uri(path) }, region: region(lines, it.span) } }],
  ...(it.related && {
    relatedLocations: [
      { physicalLocation: { artifactLocation: { uri: uri(path) }, region: region(lines, it.related) } },
    ],
  }),
  ...(it.fix && {
    fixes: [
      {
        description: { text: it.fix.title },
        artifactChanges: [
          {
            artifactLocation: { uri: uri(path) },
            replacements: it.fix.edits.map(({ span, text }) => ({
              deletedRegion: region(lines, span),
              insertedContent: { text },
            })),
          },
        ],
      },
    ],
  }),
});

function region(lines: Lines, span: Span): object {
  const start = position(lines, span.start);
  const end = position(lines, span.end);
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** A path as a relative or a file URI. */
const uri = (path: string): string => {
  const encoded = path.toWellFormed().replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  return encoded.startsWith('/') ? `file://${encoded}` : encoded;
};
