import type { Lines } from '../text/lines.ts';
import type { Edit, Span } from '../text/span.ts';

export const severities = ['error', 'warning', 'info', 'style'] as const;
/** `error`: the build fails or the image does not do what is written. `warning`: likely wrong, insecure or wasteful. */
export type Severity = (typeof severities)[number];

/** `safe` keeps the meaning; a `suggestion` is for a person to judge. */
export type Safety = 'safe' | 'suggestion';

export interface Fix {
  readonly safety: Safety;
  readonly title: string;
  readonly edits: readonly Edit[];
  /** State of later instructions that it may change. */
  readonly reaches?: readonly ('user' | 'workdir' | 'shell' | 'variables')[] | undefined;
}

/** What every format, editor and program gets. Spans are UTF-16 offsets. */
export interface Diagnostic {
  readonly rule: string;
  /** The names under which other tools know this finding: DL3008, StageNameCasing, SC2086. */
  readonly aliases: readonly string[];
  readonly severity: Severity;
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** Why it matters, in one sentence. */
  readonly why: string | undefined;
  /** What to do. */
  readonly instead: string | undefined;
  readonly url: string | undefined;
  readonly span: Span;
  /** Other words that explain the finding. */
  readonly related: Span | undefined;
  readonly fix: Fix | undefined;
}

/** The findings in one file, and how many more its comments silenced. */
export interface FileReport {
  readonly path: string;
  readonly lines: Lines;
  readonly diagnostics: readonly Diagnostic[];
  readonly suppressed: number;
  /** How many findings were fixed; undefined if no fixes were requested. */
  readonly fixed?: number;
  /** How many would have been fixed, if fixes are only shown. */
  readonly fixable?: number;
}

/** A file, folder or pattern that could not be processed; the others are reported all the same. */
export interface Failure {
  readonly path: string;
  readonly message: string;
}

export interface Run {
  readonly files: readonly FileReport[];
  readonly failures: readonly Failure[];
}

export type Counts = Readonly<Record<Severity, number>>;

export function count(files: readonly FileReport[]): Counts {
  const counts = { error: 0, warning: 0, info: 0, style: 0 };
  for (const { diagnostics } of files) for (const { severity } of diagnostics) counts[severity]++;
  return counts;
}

/** Whether `severity` is at least as grave as `threshold`. */
export const reaches = (severity: Severity, threshold: Severity): boolean =>
  severities.indexOf(severity) <= severities.indexOf(threshold);
