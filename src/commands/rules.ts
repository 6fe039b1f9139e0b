import { presets } from '../config/presets.ts';
import { command } from './lib/command.ts';
import { format } from './lib/options.ts';

/** Lists the rules, or those of a preset. */
export const rules = command({
  usage: 'rules',
  describe: 'List the rules',
  positionals: {},
  options: { preset: { choices: presets, describe: 'List only the rules of this preset' }, format },
  async run(args, terminal, { allRules, enable, rulesScreen, show }) {
    const listed = args.preset === undefined ? allRules : enable(allRules, args.preset).map(({ rule }) => rule);
    return show(rulesScreen(listed), { format: args.format, failures: [] }, terminal);
  },
});
