import { allRules } from '../../rules/index.ts';
import { enable, type Preset } from '../config/presets.ts';
import { listed, rulesJson } from '../report/rules.ts';
import type { Terminal } from './terminal.ts';

export interface RulesArguments {
  readonly preset: Preset | undefined;
  readonly format: 'pretty' | 'json';
}

/** Lists the rules, or those of a preset. */
export async function rulesCommand({ preset, format }: RulesArguments, terminal: Terminal): Promise<number> {
  const rules = preset === undefined ? allRules : enable(allRules, preset).map(({ rule }) => rule);
  terminal.print(format === 'json' ? rulesJson(rules) : listed(rules, await terminal.paint(), terminal.width));
  return 0;
}
