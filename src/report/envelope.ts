import type { Failure } from '../engine/diagnostic.ts';

/** What a document says of each file, and what else it says. */
export interface Content {
  readonly files: readonly object[];
  readonly [more: string]: unknown;
}

/** The JSON document, schemaVersion 1, of every command: one, however many files. `failures` are what could not be done. */
export function envelope({ files, ...more }: Content, failures: readonly Failure[], version: string): string {
  const tool = { name: 'dflint', version };
  return `${JSON.stringify({ schemaVersion: 1, tool, files, failures, ...more }, null, 2)}\n`;
}
