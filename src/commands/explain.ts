import { allRules } from '../../rules/index.ts';
import { ruleNamed, unknownRule } from '../config/names.ts';
import { explained } from '../report/rules.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** Prints what a rule says; a code of ShellCheck that we do not have is ShellCheck's to explain. */
export async function explainCommand(name: string, terminal: Terminal): Promise<number> {
  const rule = ruleNamed(allRules, name);
  const code = /^(?:shellcheck\/)?(SC\d+)$/i.exec(name)?.[1]?.toUpperCase();
  if (rule) terminal.print(explained(rule, await terminal.paint(), terminal.width));
  else if (code) {
    terminal.print(`${code} is found by ShellCheck, with --shellcheck: https://www.shellcheck.net/wiki/${code}\n`);
  } else {
    const message = unknownRule(allRules, name);
    throw new UsageError(`${message}${message.includes(';') ? '' : '; dflint rules lists them'}`);
  }
  return 0;
}
