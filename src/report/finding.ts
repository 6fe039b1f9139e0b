import type { Diagnostic, Run, Severity } from '../engine/diagnostic.ts';
import { type Position, position } from '../text/lines.ts';

/** A finding as one line or one record says it; lines and columns from 1. */
export interface Flat {
  readonly path: string;
  readonly start: Position;
  readonly end: Position;
  /** The name that hadolint or ShellCheck gives it, else our own. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** The message, why it matters, and what to write instead, as one text. */
  readonly text: string;
}

/** All findings of a run in the order of the report. */
export const flat = ({ files }: Run): Flat[] =>
  files.flatMap(({ path, lines, diagnostics }) =>
    diagnostics.map((it) => ({
      path,
      start: position(lines, it.span.start),
      end: position(lines, it.span.end),
      code: codeOf(it),
      severity: it.severity,
      message: it.message,
      text: textOf(it),
    })),
  );

export const codeOf = ({ aliases, rule }: Diagnostic): string => aliases.find((it) => /^(?:DL|SC)\d/.test(it)) ?? rule;

export const textOf = ({ message, why, instead }: Diagnostic): string =>
  [message, why, instead && `Instead: ${instead}`].filter(Boolean).join(' ');

/** A name for each finding of a run that outlives moved lines: it is made of the path, the rule and the message. */
export function fingerprints(findings: readonly Pick<Flat, 'path' | 'code' | 'message'>[]): string[] {
  const seen = new Map<string, number>();
  return findings.map(({ path, code, message }) => {
    const key = `${path}\n${code}\n${message}`;
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    return hash(`${key}\n${nth}`);
  });
}

/** FNV-1a of 64 bits, as 16 hexadecimal digits. */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (let at = 0; at < text.length; at++)
    value = BigInt.asUintN(64, (value ^ BigInt(text.charCodeAt(at))) * 0x100000001b3n);
  return value.toString(16).padStart(16, '0');
}

/** Text for XML, between tags or quotes; characters that XML has no way to write are left out. */
export const xml = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]/g, '')
    .replace(/[&<>"'\t\n\r\u2028\u2029]/g, (it) => `&#${it.charCodeAt(0)};`);
