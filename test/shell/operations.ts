import type { Command, ShellWord } from '../../src/shell/command.ts';
import type { PackageOperation } from '../../src/shell/packages.ts';

/** A command from one line: blanks part words, quotes and backslashes keep them; `A=1` before the name assigns. */
export const commandOf = (line: string): Command => {
  const words = wordsOf(line);
  const at = words.findIndex(({ raw }) => !/^\w+=/.test(raw));
  const word = words[at] ?? wordOf('', 0);
  const span = { start: 0, end: line.length };
  return {
    span,
    name: word.literal ? word.text.replace(/^.*\//, '') : undefined,
    word,
    args: words.slice(at + 1),
    assignments: words.slice(0, Math.max(at, 0)).map(assignmentOf),
    redirects: [],
    wrappers: [],
    joint: 'start',
    jointSpan: undefined,
    pipeline: 0,
    within: [],
  };
};

/**
 * One line: manager and action; the packages as `name operator version`, with `!` for pinned, `?` for not known, `:source`
 * where it is not the registry; the flags in brackets; `<` manifests, `project` when its code runs.
 */
export const show = (operation: PackageOperation | undefined): string => {
  if (!operation) return 'none';
  const packages = operation.packages.map(({ name = '_', version, pinned, source }) => {
    const mark = pinned === true ? '!' : pinned === undefined ? '?' : '';
    const from = source === 'registry' ? '' : `:${source}`;
    return `${name}${version ? `${version.operator || ' '}${version.text}` : ''}${mark}${from}`;
  });
  const flags = [...operation.flags].map(([flag]) => flag).sort();
  return [
    `${operation.manager} ${operation.action}`,
    ...packages,
    ...(flags.length > 0 ? [`[${flags.join(' ')}]`] : []),
    ...(operation.manifests.length > 0 ? ['<', ...operation.manifests] : []),
    ...(operation.runsProject ? ['project'] : []),
  ].join(' ');
};

const assignmentOf = (word: ShellWord): Command['assignments'][number] => {
  const [name = '', ...rest] = word.raw.split('=');
  return { name, value: wordOf(rest.join('='), word.span.start + name.length + 1), span: word.span };
};

const wordsOf = (line: string): ShellWord[] =>
  [...line.matchAll(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\$\([^)]*\)|\\.|[^\s"'\\])+/gs)].map((match) =>
    wordOf(match[0], match.index),
  );

const wordOf = (raw: string, start: number): ShellWord => {
  const unquoted = raw.replace(/'[^']*'/g, '');
  const bare = unquoted.replace(/"(?:\\.|[^"\\])*"/g, '');
  const literal = !/[$`]/.test(unquoted.replace(/\\./g, '')) && !/[*?{[]/.test(bare);
  const text = raw.replace(
    /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/gs,
    (_, single?: string, double?: string, escaped?: string) =>
      single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? '',
  );
  return { span: { start, end: start + raw.length }, raw, text, literal };
};
