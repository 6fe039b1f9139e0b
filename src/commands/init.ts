import { existsSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { allRules } from '../../rules/index.ts';
import { findConfig } from '../config/discover.ts';
import { type Terminal, UsageError } from './terminal.ts';

const FILE = '.dflint.yaml';

/** Writes a config file into the working directory; one that is there already is left alone. */
export async function initCommand(
  { fromHadolint: converted }: { readonly fromHadolint: boolean },
  terminal: Terminal,
): Promise<number> {
  const path = join(terminal.cwd, FILE);
  if (existsSync(path)) throw new UsageError(`${FILE} is there already`);
  const { fromHadolint, initialConfig } = await import('../config/write.ts');
  let text = initialConfig();
  if (converted) {
    const found = findConfig(terminal.cwd, { cwd: terminal.cwd, variable: (name) => terminal.environment(name) }, [
      'hadolint',
    ]);
    if (!found) throw new UsageError('there is no .hadolint.yaml here, above, or where hadolint looks for one');
    const { text: written, problems } = fromHadolint(found.text, allRules);
    for (const { line, column, message } of problems)
      terminal.complain(`dflint: ${relative(terminal.cwd, found.path)}:${line}:${column}: ${message}`);
    text = written;
  }
  writeFileSync(path, text, { flag: 'wx' });
  terminal.print(`${FILE} written\n`);
  return 0;
}
