import { command } from './lib/command.ts';
import { UsageError } from './lib/terminal.ts';

/** Prints what a rule says; a code of ShellCheck that we do not have is ShellCheck's to explain. */
export const explain = command({
  usage: 'explain <rule>',
  describe: 'Explain a rule, by its id or an alias, with examples',
  positionals: { rule: { type: 'string', demandOption: true } },
  options: {},
  async run({ rule: name }, terminal, { allRules, explained, ruleNamed, unknownRule }) {
    const rule = ruleNamed(allRules, name);
    const code = /^(?:shellcheck\/)?(SC\d+)$/i.exec(name)?.[1]?.toUpperCase();
    if (rule) terminal.print(explained(rule, await terminal.paint(), terminal.width));
    else if (code) {
      terminal.print(`ShellCheck reports ${code}, if --shellcheck is given: https://www.shellcheck.net/wiki/${code}\n`);
    } else {
      const message = unknownRule(allRules, name);
      throw new UsageError(`${message}${message.includes(';') ? '' : '; dflint rules lists them'}`);
    }
    return 0;
  },
});
