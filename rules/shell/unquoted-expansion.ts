import { type Command, dockerfile, type Finding, type Place, rule, type Script } from '../../src/engine/rule.ts';
import { listName, numericVariables, oneWordCommands } from '../../src/knowledge/commands/shell-commands.ts';
import { type Expansion, isReadable, type SyntaxWord } from '../lib/syntax.ts';

export default rule({
  id: 'unquoted-expansion',
  aliases: ['SC2086', 'SC2046', 'SC2048', 'SC2068'],
  severity: 'info',
  preset: 'strict',
  fix: 'suggestion',
  message: 'Without quotes the shell splits this value at spaces and expands globs in it.',
  why: `
    A space or * in the value makes several words of it, and a command that was meant for one path gets two. Values that are
    known to have neither, numbers of the shell such as $RANDOM, and commands that print one word, such as nproc, are not
    reported; an ARG with a default or an ENV counts as known. Variables whose name says that several words are meant
    ($PACKAGES, $CFLAGS) are not reported either.
  `,
  instead: 'Put double quotes around it.',
  url: 'https://www.shellcheck.net/wiki/SC2086',
  examples: {
    'a variable and a substitution': dockerfile`
        FROM debian:12
      - RUN for f in /srv/*; do mv $f $(basename "$f").bak; done
                                   ~~ ~~~~~~~~~~~~~~~~
      + RUN for f in /srv/*; do mv "$f" "$(basename "$f")".bak; done
    `,
    'values that cannot be split': dockerfile`
      FROM debian:12
      ARG VERSION=1.2.3
      COPY tool-$VERSION.tar.gz /tmp/
      RUN dir=/srv/tool && mkdir $dir && tar -xf /tmp/tool-$VERSION.tar.gz -C $dir && make -C $dir -j $(nproc)
    `,
    'an intended list': dockerfile`
      FROM debian:12
      COPY packages.txt .
      RUN BUILD_DEPS="gcc make" && apt-get update && apt-get install -y $BUILD_DEPS
    `,
  },
  visit: {
    Script(script, place) {
      if (!isReadable(script)) return undefined;
      const open = script.syntax.expansions.filter(isDivided);
      return open.flatMap((it) => (it.kind === 'command' ? substitution(it) : variable(it, script, place)));
    },
  },
});

const dividing: ReadonlySet<string> = new Set(['argument', 'redirect']);
const bourne: ReadonlySet<string> = new Set(['posix', 'bash', 'ash', 'ksh']);

const isDivided = ({ quoted, nested, kind, word, dialect }: Expansion): boolean =>
  !quoted &&
  !nested &&
  (kind === 'variable' || kind === 'command') &&
  dividing.has(word.context) &&
  bourne.has(dialect);

function variable(it: Expansion, script: Script, place: Place): Finding[] {
  const { name, prefix, operator = '', index } = it;
  if (name === '@' || name === '*') return [finding(it, name === '@' ? 'SC2068' : 'SC2048')];
  if (index === '@' || index === '*') return [finding(it, index === '@' ? 'SC2068' : 'SC2048')];
  // numbers, and what is there to be left out altogether
  if (/^[?#$!-]$/.test(name) || prefix === '#' || operator === '+' || operator === ':+') return [];
  if (prefix === undefined && cannotSplit(name, script, place)) return [];
  return listName.test(name) ? [] : [finding(it, 'SC2086')];
}

/** A value without blanks and globs stays one word; so does one that the build may give in place of such a default. */
function cannotSplit(name: string, script: Script, place: Place, seen: readonly string[] = []): boolean {
  if (seen.includes(name)) return true;
  const given = assignedWords(name, script);
  if (given.length > 0) return given.every((it) => it !== undefined && isOneWord(it, script, place, [...seen, name]));
  const loop = loopValues(name, script);
  if (loop) return loop.every(isPlain);
  const binding = place.step.before.variable(name);
  if (isSetOtherwise(name, script)) return false;
  if (numericVariables.has(name)) return true;
  if (binding === undefined || binding.kind === 'base') return false;
  // what the build is asked for and the file does not say; as a part of another value it is mostly a version
  if (seen.length === 0 && binding.kind === 'arg' && binding.value.state === 'unset')
    return platformArgument.test(name);
  return binding.value.state !== 'known' || isPlain(binding.value.text);
}

/** The builder gives them, and in one word. */
const platformArgument = /^(?:BUILD|TARGET)(?:PLATFORM|OS|ARCH|VARIANT|STAGE)$/;

const isPlain = (text: string): boolean => !/[\s*?[]/.test(text);

/** The values that the script gives a variable; undefined for one whose parts are not known. */
function assignedWords(name: string, { commands, syntax }: Script): readonly (SyntaxWord | undefined)[] {
  return commands.flatMap(({ word, assignments, args }) => [
    // in front of a command it holds for that command alone
    ...(word.text === '' ? assignments.filter((it) => it.name === name && it.value?.text !== '') : []).map(
      ({ value }) =>
        syntax.words.find(({ context, span }) => context === 'assignment' && span.start === value?.span.start),
    ),
    ...args
      .filter(({ text }) => text.startsWith(`${name}=`))
      .map((arg) => syntax.words.find(({ context, span }) => context === 'declaration' && span.end === arg.span.end)),
  ]);
}

/** An assignment does not divide, so only what comes out of its parts matters. */
function isOneWord(word: SyntaxWord, script: Script, place: Place, seen: readonly string[]): boolean {
  const parts = script.syntax.expansions.filter((it) => it.word === word && !it.nested);
  const rest = parts.reduce((text, { raw }) => text.replace(raw, ''), word.text);
  return (
    isPlain(rest) &&
    parts.every(({ kind, name, operator, prefix, commands }) => {
      if (kind === 'arithmetic' || prefix === '#') return true;
      if (kind === 'variable') return !operator && !prefix && cannotSplit(name, script, place, seen);
      return kind === 'command' && commands.length === 1 && printsOneWord(commands[0]!);
    })
  );
}

const isSetOtherwise = (name: string, { commands }: Script): boolean =>
  commands.some((it) => (it.name === 'read' || it.name === 'getopts') && it.args.some(({ text }) => text === name));

/** The words of `for name in a b c`, where all are literal. */
function loopValues(name: string, { syntax, commands }: Script): readonly string[] | undefined {
  if (commands.some((it) => it.name === 'read' || it.name === 'getopts')) return undefined;
  const loops = syntax.loops.filter((it) => it.name === name);
  if (loops.length === 0) return undefined;
  const words = loops.flatMap((it) => it.words);
  const literal = words.every(({ parts }) => parts.every(({ kind }) => kind === 'literal' || kind === 'brace'));
  return literal ? words.map(({ text }) => text) : undefined;
}

function substitution(it: Expansion): Finding[] {
  const [only] = it.commands;
  if (only && it.commands.length === 1 && printsOneWord(only)) return [];
  return [finding(it, 'SC2046')];
}

function printsOneWord({ name, args }: Command): boolean {
  const shape = name !== undefined && Object.hasOwn(oneWordCommands, name) ? oneWordCommands[name] : undefined;
  return shape?.test(args.map(({ text }) => text).join(' ')) === true;
}

/** A whole word may be meant as several; a part of one hardly ever is. */
function finding(it: Expansion, code: string): Finding {
  const list =
    code === 'SC2046' &&
    it.raw === it.word.raw &&
    it.commands.some(({ name }) => name !== 'basename' && name !== 'dirname');
  const fix = {
    title: 'Add double quotes',
    edits: [
      { span: { start: it.span.start, end: it.span.start }, text: '"' },
      { span: { start: it.span.end, end: it.span.end }, text: '"' },
    ],
  };
  const message = `Without quotes the shell splits ${it.kind === 'command' ? 'this output' : it.raw} at spaces and expands globs in it.`;
  const instead = list ? { instead: 'Put double quotes around it, unless several words are meant.' } : {};
  return { at: it, aliases: [code], message, ...instead, ...(it.exact && !list ? { fix } : {}) };
}
