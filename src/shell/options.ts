import type { OptionTable, OptionText } from '../knowledge/commands/options.ts';
import type { ShellWord } from './command.ts';

/** An option as it stands in a command. */
export interface ReadOption {
  /** The canonical name, or the spelling of an option that the table does not know. */
  readonly name: string;
  /** The word it stands in; letters of one cluster share it. */
  readonly word: ShellWord;
  readonly value: ShellWord | undefined;
  /** Whether the table says that it takes a value. */
  readonly takesValue: boolean;
}

export interface ReadArguments {
  readonly options: readonly ReadOption[];
  readonly positionals: readonly ShellWord[];
}

/** Tells options from plain words, as a program with this table would. Takes any words; never throws. */
export const readOptions = (args: readonly ShellWord[], table: OptionTable): ReadArguments => {
  const spellings = spellingsOf(table.options);
  const options: ReadOption[] = [];
  const positionals: ShellWord[] = [];
  let at = 0;
  let open = true;

  const take = (spelling: string, word: ShellWord, attached: ShellWord | undefined): void => {
    const known = spellings.get(spelling);
    const needsNext = known?.value === 'required' && attached === undefined;
    const next = args[at];
    const saysBoolean = table.booleanWords && known?.value !== 'required' && !attached && isBoolean(next);
    const value = needsNext || saysBoolean ? next : attached;
    if (needsNext || saysBoolean) at++;
    const name = known?.name ?? spelling;
    options.push({ name, word, value, takesValue: known !== undefined && known.value !== 'none' });
    if (name === table.last) open = false;
  };

  while (at < args.length) {
    const word = args[at++]!;
    const text = word.text;
    if (!open || !text.startsWith('-') || text === '-') {
      positionals.push(word);
      if (table.ordered) open = false;
    } else if (text === '--') {
      open = false;
      if (table.dashesEnd) break;
    } else if (text.startsWith('--') || table.singleDashLong || spellings.has(text.split('=')[0]!)) {
      takeLong(word, spellings, take);
    } else {
      takeCluster(word, spellings, take);
    }
  }
  return { options, positionals };
};

/** The canonical name of each spelling in an option text. */
export const canonicalNames = (text: OptionText): ReadonlyMap<string, string> =>
  new Map([...spellingsOf(text)].map(([spelling, option]) => [spelling, option.name]));

type Take = (spelling: string, word: ShellWord, attached: ShellWord | undefined) => void;

interface Known {
  readonly name: string;
  readonly value: 'none' | 'required' | 'attached';
}
type Spellings = ReadonlyMap<string, Known>;

const takeLong = (word: ShellWord, spellings: Spellings, take: Take): void => {
  const { text } = word;
  const equals = text.indexOf('=');
  const spelling = equals < 0 ? text : text.slice(0, equals);
  const letter = text.slice(0, 2);
  if (!spellings.has(spelling) && letter !== '--' && spellings.get(letter)?.value === 'required') {
    take(letter, word, partOf(word, 2)); // -Dname=value
  } else {
    take(spelling, word, equals < 0 ? undefined : partOf(word, equals + 1));
  }
};

const takeCluster = (word: ShellWord, spellings: Spellings, take: Take): void => {
  const { text } = word;
  for (let i = 1; i < text.length; i++) {
    const spelling = `-${text[i]}`;
    const known = spellings.get(spelling);
    const rest = i + 1 < text.length;
    if (rest && (text[i + 1] === '=' || (known !== undefined && known.value !== 'none'))) {
      take(spelling, word, partOf(word, text[i + 1] === '=' ? i + 2 : i + 1));
      return;
    }
    take(spelling, word, undefined);
  }
};

/** The end of a word as a word; its span is that of the whole word where quotes or continuations blur the place. */
const partOf = (word: ShellWord, from: number): ShellWord => {
  const text = word.text.slice(from);
  const plain = word.raw === word.text;
  const span = plain ? { start: word.span.start + from, end: word.span.end } : word.span;
  return { span, raw: plain ? text : word.raw, text, literal: word.literal };
};

const isBoolean = (word: ShellWord | undefined): boolean => word?.text === 'true' || word?.text === 'false';

const cache = new Map<OptionText, Spellings>();

/** The first option to claim a spelling keeps it, so that options of a verb can stand before those of its program. */
const spellingsOf = (text: OptionText): Spellings => {
  const seen = cache.get(text);
  if (seen) return seen;
  const spellings = new Map<string, Known>();
  for (const entry of text.split(' ').filter(Boolean)) {
    const names = entry
      .replace(/=\??$/, '')
      .split('|')
      .filter((name) => !spellings.has(name));
    const value = entry.endsWith('=?') ? 'attached' : entry.endsWith('=') ? 'required' : 'none';
    for (const name of names) spellings.set(name, { name: names[0]!, value });
  }
  cache.set(text, spellings);
  return spellings;
};
