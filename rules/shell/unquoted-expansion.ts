import { type Command, dockerfile, type Finding, lazy, type Place, rule, type Script } from '../../src/engine/rule.ts';
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
      const cannotSplit = valuesOf(script, place);
      return open.flatMap((it) => (it.kind === 'command' ? substitution(it) : variable(it, cannotSplit)));
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

function variable(it: Expansion, cannotSplit: (name: string) => boolean): Finding[] {
  const { name, prefix, operator = '', index } = it;
  if (name === '@' || name === '*') return [finding(it, name === '@' ? 'SC2068' : 'SC2048')];
  if (index === '@' || index === '*') return [finding(it, index === '@' ? 'SC2068' : 'SC2048')];
  // numbers, and what is there to be left out altogether
  if (/^[?#$!-]$/.test(name) || prefix === '#' || operator === '+' || operator === ':+') return [];
  if (prefix === undefined && cannotSplit(name)) return [];
  return listName.test(name) ? [] : [finding(it, 'SC2086')];
}

/** A value without blanks and globs stays one word; so does one that the build may give in place of such a default. */
function valuesOf(script: Script, place: Place): (name: string) => boolean {
  const loops = new Map<string, Loop[]>();
  for (const it of script.syntax.loops) {
    const list = loops.get(it.name);
    if (list) list.push(it);
    else loops.set(it.name, [it]);
  }
  const known = new Map<string, boolean>();
  const isWhole = (name: string, isPart: boolean): boolean => {
    const key = isPart ? `${name}+` : name;
    const whole = known.get(key) ?? isWholeElsewhere(name, { loops: loops.get(name), isPart }, script, place);
    known.set(key, whole);
    return whole;
  };
  const divided = lazy(() => dividedIn(script, (name) => isWhole(name, true)));
  return (name) =>
    script.given.has(name) && divided().given.has(name) ? !divided().names.has(name) : isWhole(name, false);
}

type Loop = Script['syntax']['loops'][number];

/** What is known of a variable that the script itself does not assign; `isPart`: as a part of the value of another. */
function isWholeElsewhere(
  name: string,
  { loops, isPart }: { readonly loops: readonly Loop[] | undefined; readonly isPart: boolean },
  script: Script,
  place: Place,
): boolean {
  const loop = loopValues(loops, script);
  if (loop) return loop.every(isPlain);
  const binding = place.step.before.variable(name);
  if (isSetOtherwise(name, script)) return false;
  if (numericVariables.has(name)) return true;
  if (binding === undefined || binding.kind === 'base') return false;
  // what the build is asked for and the file does not say; as a part of another value it is mostly a version
  if (!isPart && binding.kind === 'arg' && binding.value.state === 'unset') return platformArgument.test(name);
  return binding.value.state !== 'known' || isPlain(binding.value.text);
}

/** The builder gives them, and in one word. */
const platformArgument = /^(?:BUILD|TARGET)(?:PLATFORM|OS|ARCH|VARIANT|STAGE)$/;

/** The variables that a script assigns, and those of them whose value, or that of one in it, may be several words. */
function dividedIn(
  script: Script,
  isWhole: (name: string) => boolean,
): { readonly given: ReadonlySet<string>; readonly names: ReadonlySet<string> } {
  const words = wordsIn(script);
  const users = new Map<string, Set<string>>();
  const names = new Set<string>();
  const given = new Set<string>();
  for (const name of script.given.keys()) {
    const values = assignedWords(name, script, words);
    if (values.length === 0) continue;
    given.add(name);
    for (const it of values) {
      const used = it && partsOfOneWord(it, words.parts.get(it) ?? []);
      if (!used) names.add(name);
      for (const other of used ?? []) users.set(other, (users.get(other) ?? new Set()).add(name));
    }
  }
  for (const other of users.keys()) if (!given.has(other) && !isWhole(other)) names.add(other);
  // what is divided divides the variables that it is part of
  for (const name of names) for (const user of users.get(name) ?? []) names.add(user);
  return { given, names };
}

interface Words {
  /** Words of assignments by their start, of declarations by their end. */
  readonly assignments: ReadonlyMap<number, SyntaxWord>;
  readonly declarations: ReadonlyMap<number, SyntaxWord>;
  readonly parts: ReadonlyMap<SyntaxWord, readonly Expansion[]>;
}

function wordsIn({ syntax }: Script): Words {
  const assignments = new Map<number, SyntaxWord>();
  const declarations = new Map<number, SyntaxWord>();
  for (const word of syntax.words) {
    const { context, span } = word;
    if (context === 'assignment' && !assignments.has(span.start)) assignments.set(span.start, word);
    if (context === 'declaration' && !declarations.has(span.end)) declarations.set(span.end, word);
  }
  const parts = new Map<SyntaxWord, Expansion[]>();
  for (const it of syntax.expansions) {
    if (it.nested) continue;
    const list = parts.get(it.word);
    if (list) list.push(it);
    else parts.set(it.word, [it]);
  }
  return { assignments, declarations, parts };
}

const isPlain = (text: string): boolean => !/[\s*?[]/.test(text);

/** The values that the script gives a variable; undefined for one whose parts are not known. */
function assignedWords(
  name: string,
  { given }: Script,
  { assignments, declarations }: Words,
): readonly (SyntaxWord | undefined)[] {
  return (given.get(name) ?? []).flatMap(({ by, value, word }) => {
    // in front of a command it holds for that command alone
    if (by === 'assignment' && value?.text !== '') return [value && assignments.get(value.span.start)];
    return by === 'argument' && word ? [declarations.get(word.span.end)] : [];
  });
}

/** The variables in a word that an assignment takes as one; undefined if it may be several. An assignment does not divide, so only what comes out of its parts matters. */
function partsOfOneWord(word: SyntaxWord, parts: readonly Expansion[]): readonly string[] | undefined {
  if (!isPlain(restOf(word, parts))) return undefined;
  const names: string[] = [];
  for (const { kind, name, operator, prefix, commands } of parts) {
    if (kind === 'arithmetic' || prefix === '#') continue;
    if (kind === 'variable' && !operator && !prefix) names.push(name);
    else if (kind !== 'command' || commands.length !== 1 || !printsOneWord(commands[0]!)) return undefined;
  }
  return names;
}

/** The text of a word but for its expansions. */
function restOf({ text }: SyntaxWord, parts: readonly Expansion[]): string {
  let rest = '';
  let at = 0;
  for (const { raw } of parts) {
    const next = text.indexOf(raw, at);
    if (next < 0) continue;
    rest += text.slice(at, next);
    at = next + raw.length;
  }
  return rest + text.slice(at);
}

const readers = (script: Script): readonly Command[] => [...script.named('read'), ...script.named('getopts')];

const isSetOtherwise = (name: string, script: Script): boolean =>
  readers(script).some((it) => it.args.some(({ text }) => text === name));

/** The words of `for name in a b c`, where all are literal. */
function loopValues(loops: readonly Loop[] | undefined, script: Script): readonly string[] | undefined {
  if (!loops || readers(script).length > 0) return undefined;
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
