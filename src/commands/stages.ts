import { command } from './lib/command.ts';
import { build, paths } from './lib/options.ts';
import { UsageError } from './lib/terminal.ts';

/** Prints what ships and the build graph of each file. */
export const stages = command({
  usage: 'stages [path..]',
  describe: 'Show what ships, and the stages and what they need',
  positionals: { path: paths('Dockerfile') },
  options: {
    ...build,
    suggest: { type: 'boolean', default: false, describe: 'Print the multi-stage version of the file as a diff' },
    write: { type: 'boolean', default: false, describe: 'With --suggest, write the multi-stage version to the file' },
    format: { choices: ['text', 'json', 'mermaid', 'dot'], default: 'text', describe: 'Output format' },
  },
  async run(args, terminal, { showStages, suggestFiles }) {
    if (args.suggest) {
      if (args.format === 'mermaid' || args.format === 'dot') throw new UsageError('--suggest prints text or json');
      return suggestFiles(args, terminal);
    }
    if (args.write) throw new UsageError('--write needs --suggest');
    return showStages(args, terminal);
  },
});
