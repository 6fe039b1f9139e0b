import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { enable, type Preset } from '../config/presets.ts';
import { fixed, mark, original, plain } from '../engine/example.ts';
import { type LintResult, lint } from '../engine/lint.ts';
import type { Rule } from '../engine/rule.ts';
import { context } from '../model/context/context.ts';
import { type MemoryFiles, memoryHost } from '../model/context/memory.ts';
import { idOf, ruleFiles } from './registry.ts';

/** A marked Dockerfile (see src/engine/example.ts), with what else it takes. */
export interface Case {
  readonly text: string;
  readonly options?: Readonly<Record<string, unknown>>;
  /** The build context; without it the rule has none. */
  readonly files?: MemoryFiles;
  readonly buildArgs?: Readonly<Record<string, string>>;
  /** Only findings of this preset count; without it all of the rule's. */
  readonly preset?: Preset;
  /** The names that the findings go by, where the rule has several: one entry a finding. */
  readonly aliases?: readonly string[];
  /** What the findings say: message, why and instead, one entry a finding; `…` stands for any words. Fixes are then not shown. */
  readonly says?: readonly string[];
}

/** Each under a caption. What `test/rules/<rule-id>.ts` exports: the cases that nobody needs to read in the documentation. */
export type Cases = Readonly<Record<string, string | Case>>;

/** Types the cases of a rule. */
export const cases = (all: Cases): Cases => all;

/** A case of what preset recommended says. */
export const recommended = (text: string): Case => ({ text, preset: 'recommended' });

/** What a case ought to look like, and what it looks like with what the rule found. */
export function compare(rule: Rule, it: string | Case): { expected: string; actual: string } {
  const given: Case = typeof it === 'string' ? { text: it } : it;
  const text = original(given.text);
  const { diagnostics } = found(rule, text, given);
  const marked = plain(given.text)
    .split('\n')
    .map((line) => line.trimEnd());
  const names = diagnostics.map(({ aliases }) => aliases.join(' '));
  const expectedNames = given.aliases ?? names;
  const words = diagnostics.map(({ message, why, instead }) => [message, why, instead].filter(Boolean).join(' '));
  const said = given.says ? words.map((it, index) => matching(it, given.says![index] ?? '')) : [];
  // a fix is not offered a second time where it was applied
  const again = given.says ? [] : found(rule, fixed(given.text), given).diagnostics.filter(({ fix }) => fix);
  return {
    expected: [...marked, ...expectedNames, ...(given.says ?? [])].join('\n'),
    actual: [
      ...[
        mark(text, given.says ? diagnostics.map((it) => ({ ...it, fix: undefined })) : diagnostics),
        ...names,
        ...said,
      ],
      ...again.map(({ message }) => `fixed, but again: ${message}`),
    ].join('\n'),
  };
}

/** The pattern where the text fits it, else the text. */
function matching(text: string, pattern: string): string {
  const parts = pattern.split('…');
  let at = 0;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0 || (at === 0 && part === parts[0] && found > 0)) return text;
    at = found + part.length;
  }
  return parts.at(-1) === '' || text.endsWith(parts.at(-1)!) ? pattern : text;
}

/** What the rule alone finds in a text. */
export function found(
  rule: Rule,
  text: string,
  { options, files, buildArgs, preset }: Omit<Case, 'text'> = {},
): LintResult {
  const severity = preset ? enable([rule], preset)[0]?.severity : rule.severity;
  return lint(text, severity ? [{ rule, severity, options }] : [], {
    rules: [rule],
    build: {
      buildArgs: new Map(Object.entries(buildArgs ?? {})),
      context: files && context(memoryHost(files), 'Dockerfile'),
    },
  });
}

const load = async <T>(path: string): Promise<T> =>
  ((await import(pathToFileURL(resolve(path)).href)) as { default: T }).default;

/** The rule with this id, as its file has it; no other rule is loaded. */
export async function loadRule(id: string): Promise<Rule | undefined> {
  const path = ruleFiles().find((it) => idOf(it) === id);
  return path === undefined ? undefined : load<Rule>(`rules/${path}.ts`);
}

/** The rules as their files have them, without the generated list; a file that does not load is left out with a complaint. */
export async function loadRules(): Promise<Rule[]> {
  const loaded = await Promise.allSettled(ruleFiles().map((path) => load<Rule>(`rules/${path}.ts`)));
  for (const it of loaded) if (it.status === 'rejected') console.error(String(it.reason));
  return loaded.flatMap((it) => (it.status === 'fulfilled' ? [it.value] : []));
}

export async function loadCases(id: string): Promise<Cases> {
  const path = `test/rules/${id}.ts`;
  return existsSync(path) ? load<Cases>(path) : {};
}
