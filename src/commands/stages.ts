import { command } from './lib/command.ts';
import { build, paths } from './lib/options.ts';
import { UsageError } from './lib/terminal.ts';

/** Prints the build graph of each file. */
export const stages = command({
  usage: 'stages [path..]',
  describe: 'Show the stages and what they need',
  positionals: { path: paths('Dockerfile') },
  options: {
    ...build,
    suggest: { type: 'boolean', default: false, describe: 'Print the multi-stage version of the file as a diff' },
    write: { type: 'boolean', default: false, describe: 'With --suggest, write the multi-stage version to the file' },
    format: { choices: ['text', 'json', 'mermaid', 'dot'], default: 'text', describe: 'Output format' },
  },
  async run(args, terminal, { analyzeFiles, show, stagesScreen, suggestFiles }) {
    if (args.suggest) {
      if (args.format === 'mermaid' || args.format === 'dot') throw new UsageError('--suggest prints text or json');
      return suggestFiles(args, terminal);
    }
    if (args.write) throw new UsageError('--write needs --suggest');
    const { files, failures } = await analyzeFiles(args, terminal);
    return show(stagesScreen(files, args.format), { format: args.format, failures }, terminal);
  },
});
