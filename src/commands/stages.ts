import { command } from './lib/command.ts';
import { build, paths } from './lib/options.ts';

/** Prints the build graph of each file. */
export const stages = command({
  usage: 'stages [path..]',
  describe: 'Show the stages and what they need',
  positionals: { path: paths('Dockerfile') },
  options: {
    ...build,
    format: { choices: ['text', 'json', 'mermaid', 'dot'], default: 'text', describe: 'Output format' },
  },
  async run(args, terminal, { analyzeFiles, show, stagesScreen }) {
    const { files, failures } = await analyzeFiles(args, terminal);
    return show(stagesScreen(files, args.format), { format: args.format, failures }, terminal);
  },
});
