import {
  type Command,
  dockerfile,
  type Edit,
  type PackageOperation,
  type Proposal,
  rule,
} from '../../src/engine/rule.ts';

/** What apt and apt-get do alike (the tables of commands in apt-get.cc and apt.cc). */
const getVerbs = new Set(
  'update install reinstall remove purge autoremove auto-remove autoclean auto-clean clean distclean dist-clean source build-dep satisfy download changelog dist-upgrade'.split(
    ' ',
  ),
);
/** What apt-cache prints; where apt prints it in another form, whoever reads it has to be looked at. */
const cacheVerbs = new Map<string, 'same' | 'form'>([
  ['policy', 'same'],
  ['depends', 'same'],
  ['rdepends', 'same'],
  ['showsrc', 'same'],
  ['show', 'form'],
  ['search', 'form'],
]);

export default rule({
  id: 'apt-in-script',
  aliases: ['DL3027'],
  severity: 'style',
  preset: 'recommended',
  fix: 'safe',
  message: 'apt is used in a script.',
  why: `
    apt is made for interactive use: its manual says that its behaviour may change between versions, and in a build it
    prints a warning about that. apt-get and apt-cache stay compatible.
  `,
  instead: 'Write apt-get, or apt-cache for queries.',
  url: 'https://manpages.debian.org/apt.8#SCRIPT_USAGE_AND_DIFFERENCES_FROM_OTHER_APT_TOOLS',
  examples: {
    'an install': dockerfile`
        FROM debian:12
      - RUN apt update && \
            ~~~
      + RUN apt-get update && \
      -     apt install -y --no-install-recommends curl
      +     apt-get install -y --no-install-recommends curl
    `,
    'apt upgrade installs new dependencies, too': dockerfile`
        FROM debian:12
      - RUN apt-get update && apt upgrade -y
                              ~~~
      + RUN apt-get update && apt-get upgrade --with-new-pkgs -y
    `,
    'a query': dockerfile`
        FROM debian:12
      - RUN apt policy curl && apt list --installed
            ~~~
      + RUN apt-cache policy curl && apt list --installed
    `,
    'apt-get': dockerfile`
      FROM debian:12
      RUN command -v apt && apt-get update && apt-cache policy curl
    `,
  },
  differs: {
    DL3027: [
      { why: 'apt may be called by its path.', only: 'dflint', text: 'FROM debian:12\nRUN /usr/bin/apt update' },
    ],
  },
  visit: {
    Script({ commands }, { step }) {
      const own = step.instruction.kind === 'Run' ? commands.filter(({ name }) => name === 'apt') : [];
      const [first] = own;
      if (!first) return undefined;
      const fixes = own.flatMap(
        (command) =>
          fixOf(
            command,
            step.operations.find((it) => it.command === command),
          ) ?? [],
      );
      const safe = fixes.filter(({ safety }) => safety !== 'suggestion');
      const [fix, ...more] = safe.length > 0 ? safe : fixes;
      return {
        at: first.word,
        instead: insteadFor(own),
        ...(own.length > 1 && {
          message: `apt is used ${own.length === 2 ? 'twice' : `${own.length} times`} in this script.`,
        }),
        ...(fix && { fix: { ...fix, edits: [fix, ...more].flatMap(({ edits }) => edits) } }),
      };
    },
  },
});

/** What stands for the commands that are there. */
function insteadFor(commands: readonly Command[]): string {
  const verbs = commands.flatMap(({ args }) => args.find(({ text }) => !text.startsWith('-'))?.text ?? []);
  const queries = verbs.filter((verb) => cacheVerbs.has(verb)).length;
  if (queries > 0) return queries === verbs.length ? 'Write apt-cache.' : 'Write apt-get, and apt-cache for queries.';
  return verbs.includes('upgrade')
    ? 'Write apt-get, and apt-get upgrade --with-new-pkgs for apt upgrade.'
    : 'Write apt-get.';
}

function fixOf({ word, args }: Command, operation: PackageOperation | undefined): Proposal | undefined {
  const verb = operation?.verb;
  const { raw, text, span } = word;
  if (!verb?.literal || raw !== text || span.end - span.start !== raw.length) return undefined;
  const rename = (suffix: string): Edit => ({ span: { start: span.end, end: span.end }, text: suffix });
  const form = cacheVerbs.get(verb.text);
  if (form) {
    const safety = form === 'same' ? 'safe' : 'suggestion';
    return { title: 'Write apt-cache', edits: [rename('-cache')], safety };
  }
  if (getVerbs.has(verb.text)) return { title: 'Write apt-get', edits: [rename('-get')] };
  // apt-get has it under its older name
  if (verb.text === 'full-upgrade' && verb.raw === verb.text)
    return { title: 'Write apt-get', edits: [rename('-get'), { span: verb.span, text: 'dist-upgrade' }] };
  if (verb.text !== 'upgrade') return undefined;
  const said = args.some((arg) => /^--with(?:out)?-new-pkgs$/.test(arg.text));
  const option = { span: { start: verb.span.end, end: verb.span.end }, text: ' --with-new-pkgs' };
  return { title: 'Write apt-get', edits: said ? [rename('-get')] : [rename('-get'), option] };
}
