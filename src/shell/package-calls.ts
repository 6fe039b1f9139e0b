import type { Flag, PackageManager, Verb } from '../knowledge/managers/types.ts';
import { literal } from '../text/glob.ts';
import type { ShellWord } from './command.ts';
import type { ReadOption } from './options.ts';
import { type NamedPackage, readPackage } from './package-names.ts';

/**
 * Finds the calls that install in code given as an option (`Rscript -e "install.packages('x')"`): the first function
 * that the manager knows, with the string literals in its first argument. A name computed by the code stays unknown. `whole`
 * says whether the code does nothing else that may read files.
 */
export const callsIn = (
  manager: PackageManager,
  options: readonly ReadOption[],
  names: ReadonlyMap<string, Flag>,
): { readonly verb: Verb; readonly packages: readonly NamedPackage[]; readonly whole: boolean } | undefined => {
  if (!manager.calls) return undefined;
  const codes = options.flatMap(({ name, value }) => (names.get(name) === 'code' && value ? [value.text] : []));
  const whole = codes.every((code) => statements(code).every((it) => isKnown(it, manager)));
  for (const { name, value } of options) {
    if (names.get(name) !== 'code' || !value) continue;
    for (const [callee, verb] of Object.entries(manager.calls)) {
      const call = callOf(value.text, callee);
      if (call !== undefined)
        return { verb, packages: verb.words === 'ignored' ? [] : packagesOf(call, value, verb, manager), whole };
    }
  }
  return undefined;
};

/** What stands between the parentheses of a call, as far as they close. */
const callOf = (code: string, callee: string): string | undefined => {
  const at = code.search(new RegExp(`(?<![\\w.])${literal(callee)}\\s*\\(`));
  if (at < 0) return undefined;
  const start = code.indexOf('(', at) + 1;
  return code.slice(start, closing(code, start));
};

const closing = (code: string, start: number): number => {
  let depth = 1;
  for (let i = start; i < code.length; i++) {
    if (code[i] === '(') depth++;
    else if (code[i] === ')' && --depth === 0) return i;
  }
  return code.length;
};

/** The statements of some code, split at line ends and semicolons outside of strings and parentheses. */
const statements = (code: string): string[] => {
  const found: string[] = [];
  let depth = 0;
  let quote = '';
  let text = '';
  for (const char of code) {
    if (quote === '' && depth === 0 && /[;\n]/.test(char)) {
      found.push(text);
      text = '';
      continue;
    }
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (/["']/.test(char)) quote = char;
    else if (char === '(') depth++;
    else if (char === ')') depth--;
    text += char;
  }
  return [...found, text].map((it) => it.trim()).filter((it) => it !== '');
};

const quiet = new Set(
  'options library require requireNamespace suppressMessages setRepositories q quit Sys.setenv'.split(' '),
);
const inside = new Set([
  ...quiet,
  'c',
  'list',
  'getOption',
  'paste0',
  'parallel::detectCores',
  'detectCores',
  'Sys.getenv',
]);

/** Whether a statement is a call of functions that install packages by name, or that read no file, and of nothing else. */
const isKnown = (statement: string, { calls = {} }: PackageManager): boolean => {
  const bare = statement.replace(/"[^"]*"|'[^']*'/g, '""');
  const called = [...bare.matchAll(/([\w.]+(?:::[\w.]+)?)\s*\(/g)].map(([, name]) => name!);
  const isInstall = (name: string): boolean => {
    const verb = calls[name] ?? calls[name.replace(/^\w+::/, '')];
    return verb !== undefined && !verb.manifests;
  };
  return called.length > 0
    ? called.every((name, index) => isInstall(name) || (index === 0 ? quiet : inside).has(name))
    : /^(?:TRUE|NULL|""|[\w.]+)?$/.test(bare);
};

const packagesOf = (call: string, word: ShellWord, verb: Verb, manager: PackageManager): NamedPackage[] => {
  const syntax = verb.syntax ?? manager.syntax;
  const vector = /^\s*(?:\w+\s*=\s*)?c\s*\(/.exec(call);
  const first = vector
    ? call.slice(vector[0].length, closing(call, vector[0].length))
    : (/^\s*(?:(?:pkgs?|package|repo|url)\s*=\s*)?(?:"[^"]*"|'[^']*')/.exec(call)?.[0] ?? '');
  const names = [...first.matchAll(/["']([^"']+)["']/g)].map(([, name]) => name!);
  const version = /\bversion\s*=\s*["']([^"']+)["']/.exec(call)?.[1];
  if (names.length === 0) return [{ word, name: undefined, version: undefined, pinned: undefined, source: 'unknown' }];
  return names.map((name) => {
    const one = readPackage({ ...word, text: name, literal: word.literal || !/[$`]/.test(name) }, syntax);
    const found =
      version === undefined
        ? one
        : { ...one, version: { operator: '', text: version }, pinned: /^[\d.-]+$/.test(version) };
    return { ...found, word };
  });
};
