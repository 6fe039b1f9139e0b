import type { Flag, PackageManager, Verb } from '../knowledge/managers/types.ts';
import type { ShellWord } from './command.ts';
import type { ReadOption } from './options.ts';
import { type NamedPackage, readPackage } from './package-names.ts';

/**
 * Finds the calls that install in code given as an option (`Rscript -e "install.packages('x')"`): the first function
 * that the manager knows, with the string literals in its first argument. A name computed by the code stays unknown.
 */
export const callsIn = (
  manager: PackageManager,
  options: readonly ReadOption[],
  names: ReadonlyMap<string, Flag>,
): { readonly verb: Verb; readonly packages: readonly NamedPackage[] } | undefined => {
  if (!manager.calls) return undefined;
  for (const { name, value } of options) {
    if (names.get(name) !== 'code' || !value) continue;
    for (const [callee, verb] of Object.entries(manager.calls)) {
      const call = callOf(value.text, callee);
      if (call !== undefined)
        return { verb, packages: verb.words === 'ignored' ? [] : packagesOf(call, value, verb, manager) };
    }
  }
  return undefined;
};

/** What stands between the parentheses of a call, as far as they close. */
const callOf = (code: string, callee: string): string | undefined => {
  const at = code.search(new RegExp(`(?<![\\w.])${callee.replaceAll('.', '\\.')}\\s*\\(`));
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
