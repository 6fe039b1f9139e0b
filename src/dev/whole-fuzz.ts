import { parse, print } from '../../grammar/index.ts';
import type { Diagnostic } from '../engine/diagnostic.ts';
import type { LintResult } from '../engine/lint.ts';
import { type Format, formatNames } from '../report/format-names.ts';
import { overlap } from '../text/edit.ts';
import { fixWhole, type Input, lintWhole, parts, printed } from './whole.ts';

/** Files of a build context that many rules look at. */
export const usualFiles = {
  '.dockerignore': 'dist\n!dist/keep\n**/*.log\n',
  'package.json': '{"scripts":{"build":"tsc"}}',
  'package-lock.json': '{}',
  'src/main.js': '',
  'app.log': '',
};

const people: ReadonlySet<Format> = new Set(['pretty', 'tty', 'gnu', 'github']);

/** What does not hold of all that dflint does with a text, in a sentence; undefined if all holds. Throws only where dflint does. */
export function wholeViolation(text: string): string | undefined {
  const result = lintWhole(text);
  return (
    ofFindings(text, result) ??
    ofFormats(result) ??
    ofFixes(text, result) ??
    // with a build context, or without
    ofScreens(text.length % 2 === 0 ? { text } : { text, files: usualFiles })
  );
}

const told = ({ diagnostics, suppressed }: LintResult): string => JSON.stringify([diagnostics, suppressed]);

function ofFindings(text: string, result: LintResult): string | undefined {
  for (const it of result.diagnostics) {
    const wrong = ofFinding(it, text);
    if (wrong !== undefined) return `${it.rule}: ${wrong}`;
  }
  return told(lintWhole(text)) === told(result) ? undefined : 'a second lint finds something else';
}

function ofFinding({ span, related, message, fix }: Diagnostic, text: string): string | undefined {
  for (const it of [span, ...(related ? [related] : []), ...(fix?.edits.map((edit) => edit.span) ?? [])])
    if (it.start < 0 || it.end < it.start || it.end > text.length) return `${it.start}-${it.end} is not in the text`;
  if (message.trim() === '') return 'its message is empty';
  if (fix && overlap(fix.edits)) return 'its edits overlap';
  return undefined;
}

function ofFormats(result: LintResult): string | undefined {
  for (const name of formatNames) {
    const out = printed(result, name);
    if (people.has(name) && /[\0-\x09\x0b-\x1f\x7f-\x9f]/.test(out)) return `${name} prints a control character`;
    if (name === 'json' || name === 'sarif' || name === 'hadolint') JSON.parse(out);
  }
  return undefined;
}

function ofFixes(text: string, before: LintResult): string | undefined {
  if (!before.diagnostics.some(({ fix }) => fix)) return undefined;
  const fixed = fixWhole(text);
  const errors = parse(fixed.text).errors.length;
  if (errors > parse(text).errors.length) return 'fixed, it no longer parses';
  if (told(lintWhole(fixed.text)) !== told(fixed.result)) return 'the findings are not those of the fixed text';
  if (fixed.text === text) return undefined;
  const again = fixWhole(fixed.text);
  return again.text === fixed.text
    ? undefined
    : `a second run fixes again: ${again.applied.map(({ rule }) => rule).join(', ')}`;
}

function ofScreens(input: Input): string | undefined {
  if (parse(input.text).errors.length > 0) return undefined;
  for (const name of ['layers', 'cache', 'stages'] as const) {
    const out = parts[name]!(input);
    if (out.some((it) => /[\0-\x09\x0b-\x1f\x7f-\x9f]/.test(it))) return `${name} prints a control character`;
  }
  return ofRewrite('rewrite', 'the cheaper order', input) ?? ofRewrite('split', 'the multi-stage version', input);
}

function ofRewrite(part: 'rewrite' | 'split', what: string, input: Input): string | undefined {
  const [text = '', ...screens] = parts[part]!(input);
  if (screens.some((it) => /[\0-\x09\x0b-\x1f\x7f-\x9f]/.test(it))) return `${part} prints a control character`;
  if (text === input.text) return undefined;
  const { ast, errors } = parse(text);
  if (errors.length > 0) return `${what} does not parse`;
  if (print(ast) !== text) return `${what} is not printed as it stands`;
  if (part === 'split' && parts['split']!({ ...input, text })[0] !== text) return 'what was divided is divided again';
  return undefined;
}
