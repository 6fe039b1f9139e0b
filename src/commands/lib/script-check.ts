import type { Config } from '../../config/config.ts';
import type { Diagnostic } from '../../engine/diagnostic.ts';
import type { BuildOptions } from '../../model/model.ts';
import { visible } from '../../report/layout.ts';
import { linesOf, position } from '../../text/lines.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** What ShellCheck is asked about. */
export interface Checked {
  readonly path: string;
  readonly text: string;
  readonly config: Config;
  readonly build: Partial<BuildOptions>;
}

/** What ShellCheck found, at the levels of each file's config. */
export interface ScriptCheck {
  of(file: Checked): readonly Diagnostic[];
  /** Asks again, about what became of a file. */
  again(file: Checked, text: string): Promise<readonly Diagnostic[]>;
  close(): Promise<void>;
}

const nothing: ScriptCheck = { of: () => [], again: async () => [], close: async () => {} };

/** hadolint asks ShellCheck, so its preset does. */
const wants = ({ shellcheck, preset }: Config): boolean => shellcheck ?? preset === 'hadolint';

/**
 * Asks ShellCheck about the files whose config wants it. Where it is not there, those who asked for it by name are told so
 * (UsageError), and with the preset alone its findings are left out with a note.
 */
export async function checkScripts(files: readonly Checked[], terminal: Terminal): Promise<ScriptCheck> {
  const wanted = files.filter(({ config }) => wants(config));
  if (wanted.length === 0) return nothing;
  const { openShellcheck, ShellcheckError, shellcheckMissing } = await import('../../shellcheck/index.ts');
  const options = {
    environment: (name: string) => terminal.environment(name),
    problem: ({ file, span, message }: { file: number; span: { start: number }; message: string }) => {
      const { path, text } = wanted[file] ?? wanted[0]!;
      const { line, column } = position(linesOf(text), span.start);
      terminal.complain(visible(`dflint: ${path}:${line}:${column}: ${message}`));
    },
  };
  const opened = await openShellcheck(options);
  if (!opened) {
    if (wanted.some(({ config }) => config.shellcheck === true))
      throw new UsageError(`--shellcheck: ${shellcheckMissing}`);
    terminal.complain(`dflint: ${shellcheckMissing}; until then dflint uses its own rules for scripts`);
    return nothing;
  }
  const ask = async (list: readonly Checked[]): Promise<Diagnostic[][]> => {
    const asked = list.map(({ text, build, config }) => ({ text, build, comments: config.comments }));
    const found = await opened.check(asked).catch((error: Error) => {
      throw error instanceof ShellcheckError ? new UsageError(error.message) : error;
    });
    return found.map((diagnostics, index) => diagnostics.flatMap((it) => levelled(it, list[index]!.config)));
  };
  const found = await ask(wanted);
  const byFile = new Map(wanted.map((file, index) => [file, found[index]!]));
  return {
    of: (file) => byFile.get(file) ?? [],
    again: async (file, text) => (byFile.has(file) ? (await ask([{ ...file, text }]))[0]! : []),
    close: () => opened.close(),
  };
}

function levelled(it: Diagnostic, { levels }: Config): Diagnostic[] {
  const said = it.aliases.map((alias) => levels.get(alias.toLowerCase())).find((level) => level !== undefined);
  return said === 'off' ? [] : [said ? { ...it, severity: said } : it];
}
