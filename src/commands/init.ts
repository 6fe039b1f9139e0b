import { existsSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { command, type Work } from './lib/command.ts';
import { type Terminal, UsageError } from './lib/terminal.ts';

const FILE = '.dflint.yaml';

/** Writes a config file into the working directory; one that is there already is left alone. */
export const init = command({
  usage: 'init',
  describe: 'Create a .dflint.yaml',
  positionals: {},
  options: {
    'from-hadolint': { type: 'boolean', default: false, describe: "Convert hadolint's config" },
  },
  async run({ fromHadolint }, terminal, work) {
    const path = join(terminal.cwd, FILE);
    if (existsSync(path)) throw new UsageError(`${FILE} already exists`);
    const { initialConfig } = await import('../config/write.ts');
    writeFileSync(path, fromHadolint ? await converted(terminal, work) : initialConfig(), { flag: 'wx' });
    terminal.print(`${FILE} written\n`);
    return 0;
  },
});

/** The config of hadolint that is found, in our words; what cannot be taken over is complained of. */
async function converted(terminal: Terminal, { allRules, findConfig }: Work): Promise<string> {
  const { fromHadolint } = await import('../config/write.ts');
  const search = { cwd: terminal.cwd, variable: (name: string) => terminal.environment(name) };
  const found = findConfig(terminal.cwd, search, ['hadolint']);
  if (!found)
    throw new UsageError('there is no .hadolint.yaml here, in a parent folder, or in your home or config folder');
  if (found.problem !== undefined) throw new UsageError(`${found.path}: ${found.problem}`);
  const { text, problems } = fromHadolint(found.text, allRules);
  for (const { line, column, message } of problems)
    terminal.complain(`dflint: ${relative(terminal.cwd, found.path)}:${line}:${column}: ${message}`);
  return text;
}
