import type { Comment, File, Instruction, ParseError } from '../../grammar/index.ts';
import { between, type Span } from '../text/span.ts';

/** What one `# check=` comment says: at the top of the file for all of it, above an instruction for that one. */
export interface Check {
  /** Names as written; BuildKit compares them letter by letter. */
  readonly skip: readonly { readonly name: string; readonly span: Span }[];
  /** Experimental checks that it enables; `all` is every one. */
  readonly experimental: readonly string[];
  /** The instruction that it covers; undefined is the whole file. */
  readonly covers: Span | undefined;
}

/** What all `# check=` comments of a file say. */
export interface Checks {
  readonly file: Check;
  /** Whether any finding of BuildKit's checks fails the build. */
  readonly error: boolean;
  readonly instructions: readonly Check[];
  /** Options at the top of the file that BuildKit refuses; with one of them nothing is built. */
  readonly problems: readonly ParseError[];
}

/** BuildKit's checks are the ones that have no number. */
export const isBuildkitName = (alias: string): boolean => !/^(?:DL|SC)\d/.test(alias);

/** Reads the comments as BuildKit does (frontend/dockerfile/linter, parser). */
export function readChecks(file: File): Checks {
  const directive = directiveOf(file);
  const { parts, problems } = directive ? optionsOf(directive, true) : nothing;
  const error = parts.find(({ key }) => key === 'error');
  return {
    file: checkOf(parts, undefined),
    error: error !== undefined && isTrue(error.value),
    instructions: file.instructions.flatMap((instruction, index) => {
      const value = attached(file, index);
      return value ? [checkOf(optionsOf(value, false).parts, instruction.span)] : [];
    }),
    problems,
  };
}

interface Value {
  readonly text: string;
  readonly start: number;
}

/** BuildKit's reader of directives skips a `#!` line and ignores an indented directive. */
function directiveOf(file: File): Value | undefined {
  const { text } = file;
  const directive = file.directives.find(({ name }) => name === 'check');
  if (directive) return atLineStart(text, directive.span) ? valueOf(directive.value, directive.valueSpan) : undefined;
  const [first, ...rest] = file.comments;
  if (!first?.raw.startsWith('#!') || text.slice(0, first.span.start).trim() !== '') return undefined;
  let end = first.span.end;
  for (const comment of rest) {
    const match = /^#\s*([a-z][a-z0-9]*)\s*=\s*(.+?)\s*$/i.exec(comment.raw);
    if (!match || !/^\r?\n$/.test(text.slice(end, comment.span.start))) return undefined;
    end = comment.span.end;
    if (match[1]!.toLowerCase() === 'check')
      return valueOf(match[2]!, comment.span, comment.raw.lastIndexOf(match[2]!));
  }
  return undefined;
}

/** The first `check=` among the comments above an instruction, not counting those before an empty comment. */
function attached(file: File, index: number): Value | undefined {
  const instruction = file.instructions[index]!;
  const from = file.instructions[index - 1]?.span.end ?? 0;
  const above = between(file.comments, from, instruction.span.start);
  const last = above.findLastIndex(({ raw }) => raw.trim() === '#');
  return above.slice(last + 1).flatMap((comment) => checkIn(comment, file.text) ?? [])[0];
}

function checkIn({ raw, span }: Comment, text: string): Value | undefined {
  const match = /^#\s*check\s*=\s*(.+)$/i.exec(raw);
  return match && atLineStart(text, span) ? valueOf(match[1]!, span, raw.length - match[1]!.length) : undefined;
}

const atLineStart = (text: string, { start }: Instruction['span']): boolean =>
  start === 0 || text[start - 1] === '\n' || (start === 1 && text[0] === '\ufeff');

/** A reason may follow after the first blank. */
const valueOf = (text: string, { start }: Span, offset = 0): Value => ({
  text: text.split(' ', 1)[0]!,
  start: start + offset,
});

interface Part {
  readonly key: string;
  readonly value: string;
  readonly start: number;
}

const nothing: { parts: Part[]; problems: ParseError[] } = { parts: [], problems: [] };
const booleans = /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/;
const isTrue = (value: string): boolean => /^(?:1|t)/i.test(value);

/** At most three parts; a fourth belongs to the third. The last of a repeated key wins. */
function optionsOf({ text, start }: Value, strict: boolean): typeof nothing {
  const [one, two, ...others] = text.split(';');
  const parts: Part[] = [];
  const problems: ParseError[] = [];
  let at = start;
  for (const part of [one, two, others.length > 0 ? others.join(';') : undefined]) {
    if (part === undefined) continue;
    const cut = part.indexOf('=');
    const key = cut < 0 ? part : part.slice(0, cut);
    const value = part.slice(cut + 1);
    const span = { start: at, end: at + part.length };
    if (cut < 0 || !['skip', 'error', 'experimental'].includes(key)) {
      problems.push({
        span,
        message: `BuildKit refuses the check option "${part}"; it knows skip, error and experimental.`,
      });
    } else if (key === 'error' && !booleans.test(value)) {
      problems.push({ span, message: `BuildKit refuses error=${value}; write error=true or error=false.` });
    } else {
      const before = parts.findIndex((it) => it.key === key);
      if (before >= 0) parts.splice(before, 1);
      parts.push({ key, value, start: at + cut + 1 });
    }
    at += part.length + 1;
  }
  return { parts, problems: strict ? problems : [] };
}

function checkOf(parts: readonly Part[], covers: Span | undefined): Check {
  const skip = parts.find(({ key }) => key === 'skip');
  const experimental = parts.find(({ key }) => key === 'experimental');
  return { skip: skip ? names(skip) : [], experimental: experimental?.value.split(',') ?? [], covers };
}

function names({ value, start }: Part): Check['skip'] {
  let at = start;
  return value.split(',').flatMap((part) => {
    const begin = at;
    at += part.length + 1;
    const name = part.trim();
    return name === '' ? [] : [{ name, span: { start: begin, end: begin + part.length } }];
  });
}
