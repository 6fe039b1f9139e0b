import { type Command, dockerfile, type Place, rule, type Script } from '../../src/engine/rule.ts';
import { environmentNames } from '../../src/knowledge/commands/shell-commands.ts';
import { isReadable } from '../lib/syntax.ts';

export default rule({
  id: 'unused-variable',
  aliases: ['SC2034'],
  severity: 'warning',
  preset: 'recommended',
  message: 'This variable is set and never used.',
  why: `
    A shell variable ends with its RUN, and programs see it only if it is exported. Names that the file sets with ENV or ARG,
    those that programs read anyway, and scripts that read other scripts are not judged.
  `,
  instead:
    'Write ENV or ARG for later instructions, export or NAME=value command for programs of this RUN, or remove it.',
  url: 'https://www.shellcheck.net/wiki/SC2034',
  examples: {
    'meant for the next command, or the next instruction': dockerfile`
      FROM debian:12
      RUN DEBIAN_FRONTEND=noninteractive && apt-get update
          ~~~~~~~~~~~~~~~
      RUN VERSION=$(cat /version)
          ~~~~~~~
      RUN curl -fsSLO "https://example.com/$VERSION.tar.gz"
    `,
    'used, exported, set for one command, or declared in the file': dockerfile`
      FROM debian:12
      ENV MODE=a
      RUN VERSION=$(cat /version) && curl -fsSLO "https://example.com/$VERSION.tar.gz"
      RUN DEBIAN_FRONTEND=noninteractive && export DEBIAN_FRONTEND && apt-get update
      RUN DEBIAN_FRONTEND=noninteractive apt-get update && MODE=b && PATH=/opt/bin:$PATH && make
      RUN VERSION=$(cat /version) && . /opt/setup.sh
    `,
  },
  visit: {
    Script(script, place) {
      if (!isReadable(script) || script.commands.some(readsOthers)) return undefined;
      if (script.sets.some(({ option, on }) => on && option === 'allexport')) return undefined;
      return script.commands.flatMap((command) => {
        if (command.word.text !== '' || command.word.raw !== '' || command.within.includes('string')) return [];
        return command.assignments
          .filter(({ name }) => isUnused(name, command, script, place))
          .map(({ name, span }) => ({
            at: { start: span.start, end: span.start + name.length },
            message: `${name} is set and never used.`,
          }));
      });
    },
  },
});

/** What another script, or one in a string, makes of a variable is not known. */
const readsOthers = ({ name, args }: Command): boolean =>
  name === 'source' ||
  name === '.' ||
  name === 'eval' ||
  (name === 'set' && args.some(({ text }) => /^-\w*a/.test(text)));

function isUnused(name: string, own: Command, { commands, syntax }: Script, { step }: Place): boolean {
  if (environmentNames.test(name) || step.before.variable(name)) return false;
  const mention = new RegExp(`(?<![\\w])${name}(?![\\w])`);
  const spoken = ({ raw }: { readonly raw: string }) => mention.test(raw);
  return (
    !syntax.expansions.some(
      (it) => it.name === name || (it.kind !== 'variable' && spoken(it) && isRead(it.raw, name)),
    ) &&
    // a name as such: export NAME, read NAME, [[ -v NAME ]], $((NAME + 1)), a here-document, a script in a string
    !commands.some((it) => it !== own && it.args.some((arg) => spoken(arg) && !arg.text.startsWith(`${name}=`))) &&
    !commands.some((it) => it.name === 'export' && it.args.some((arg) => spoken(arg))) &&
    !syntax.words.some((it) => (it.context === 'arithmetic' || it.context === 'here-document') && spoken(it)) &&
    !syntax.constructs.some((it) => (it.kind === 'double-parenthesis' || it.kind === 'double-bracket') && spoken(it))
  );
}

const isRead = (raw: string, name: string): boolean =>
  new RegExp(`\\$\\{?[#!]?${name}\\b|\\(\\([^)]*\\b${name}\\b`).test(raw);
