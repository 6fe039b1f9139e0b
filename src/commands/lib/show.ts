import type { Failure } from '../../engine/diagnostic.ts';
import { envelope } from '../../report/envelope.ts';
import { visible } from '../../report/layout.ts';
import type { Screen } from '../../report/screens/screen.ts';
import type { Terminal } from './terminal.ts';

/** Prints a screen, and on standard error what could not be done. 0, or 2 where there is such. */
export async function show(
  screen: Screen,
  { format, failures }: { readonly format: string; readonly failures: readonly Failure[] },
  terminal: Terminal,
): Promise<number> {
  for (const { path, message } of failures) terminal.complain(visible(`dflint: ${path}: ${message}`));
  const text =
    format === 'json'
      ? envelope(screen.json(), failures, terminal.version)
      : screen.text(await terminal.paint(), terminal.width);
  terminal.print(text);
  return failures.length > 0 ? 2 : 0;
}
