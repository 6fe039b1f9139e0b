import type { Rule } from '../engine/rule.ts';
import { closest } from '../text/closest.ts';

const SHELLCHECK = /^(?:shellcheck\/)?(sc\d+)$/;

/** The rule that a name means, by its id or an alias, in any letter case. */
export const ruleNamed = (rules: readonly Rule[], name: string): Rule | undefined =>
  rules.find(({ id, aliases }) => [id, ...aliases].some((it) => it.toLowerCase() === name.toLowerCase()));

/** Whether it names anything that can be found: a rule, or one of ShellCheck's codes. */
export const isRuleName = (rules: readonly Rule[], name: string): boolean =>
  SHELLCHECK.test(name.toLowerCase()) || ruleNamed(rules, name) !== undefined;

/** A name as levels are kept by it. */
export const levelName = (name: string): string => name.toLowerCase().replace(SHELLCHECK, '$1');

export function unknownRule(rules: readonly Rule[], name: string): string {
  const names = rules.flatMap(({ id, aliases }) => [id, ...aliases]);
  const lower = new Map(names.map((it) => [it.toLowerCase(), it]));
  const near = closest(name.toLowerCase(), [...lower.keys()]);
  return `there is no rule ${name}${near ? `; ${lower.get(near)} is likely meant` : ''}`;
}
