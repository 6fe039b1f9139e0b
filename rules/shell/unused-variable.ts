import { type Command, dockerfile, lazy, type Place, rule, type Script } from '../../src/engine/rule.ts';
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
      const mentioned = lazy(() => mentionedIn(script));
      return script.commands.flatMap((command) => {
        if (command.word.text !== '' || command.word.raw !== '' || command.within.includes('string')) return [];
        return command.assignments
          .filter(({ name }) => isUnused(name, place) && !mentioned().has(name))
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

const isUnused = (name: string, { step }: Place): boolean =>
  !environmentNames.test(name) && !step.before.variable(name);

/** Every name that a script reads, or speaks of in a place where it may be read. */
function mentionedIn({ commands, syntax }: Script): ReadonlySet<string> {
  const found = new Set<string>();
  const speak = (raw: string, but?: string): void => {
    for (const [name] of raw.matchAll(/\w+/g)) if (name !== but) found.add(name);
  };
  for (const { kind, name, raw, nested } of syntax.expansions) {
    if (kind === 'variable') found.add(name);
    else if (!nested) for (const it of readIn(raw)) speak(it);
  }
  // a name as such: export NAME, read NAME, [[ -v NAME ]], $((NAME + 1)), a here-document, a script in a string
  for (const { name, args } of commands)
    for (const { raw, text } of args) speak(raw, name === 'export' ? undefined : /^\w+(?==)/.exec(text)?.[0]);
  for (const { context, raw } of syntax.words) if (context === 'arithmetic' || context === 'here-document') speak(raw);
  for (const { kind, raw } of syntax.constructs)
    if (kind === 'double-parenthesis' || kind === 'double-bracket') speak(raw);
  return found;
}

/** The words of an expansion that are names of variables. */
const readIn = (raw: string): string[] =>
  [...raw.matchAll(/\$\{?[#!]?(\w+)|\(\(([^)]*)/g)].flatMap(([, name, sum]) => [name ?? '', sum ?? '']);
