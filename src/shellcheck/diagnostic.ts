import type { Diagnostic, Fix } from '../engine/diagnostic.ts';
import { fileSpan, type TextMap } from '../text/map.ts';
import type { Edit, Span } from '../text/span.ts';
import type { Finding } from './finding.ts';
import type { Job } from './scripts.ts';

/** They speak of files beside the script, and of a dialect that the user did not choose. */
const pointless: ReadonlySet<number> = new Set([1090, 1091, 2187]);

const isPortability = (code: number): boolean => code >= 3000 && code < 4000;

/** What ShellCheck said about a script, at its place in the file; nothing for what it says about lines that were put in. */
export function diagnosticOf(finding: Finding, job: Job, file: string): Diagnostic | undefined {
  const { code, level, message, edits } = finding;
  const span = written(finding.span, job);
  if (!span || pointless.has(code) || (job.foreign && isPortability(code))) return undefined;
  const name = `SC${code}`;
  return {
    rule: `shellcheck/${name}`,
    aliases: [name],
    severity: level,
    message,
    why: undefined,
    instead: undefined,
    url: `https://www.shellcheck.net/wiki/${name}`,
    span: visible(fileSpan(job.source.map, span.start, span.end), file),
    related: undefined,
    fix: fixOf(edits, span, job, file),
  };
}

/** In the text of the instruction. */
function written({ start, end }: Span, { written: at }: Job): Span | undefined {
  const first = at(start);
  if (first === undefined) return undefined;
  return { start: first, end: first + end - start };
}

/** A point is widened to the sign that stands there, if any stands on that line. */
const visible = ({ start, end }: Span, file: string): Span => {
  if (end > start || /[\r\n]/.test(file[start] ?? '\n')) return { start, end };
  return { start, end: start + (file.codePointAt(start)! > 0xffff ? 2 : 1) };
};

/** Only what can be written into the file to the letter. */
function fixOf(edits: readonly Edit[], around: Span, job: Job, file: string): Fix | undefined {
  if (edits.length === 0) return undefined;
  const { source, json, lines } = job;
  const placed: Edit[] = [];
  for (const { span, text } of edits) {
    if (text.includes('\n') && !lines) return undefined;
    const inside = written(span, job);
    if (!inside) return undefined;
    const place = placeOf(inside, around, source.map);
    const same = file.slice(place.start, place.end) === source.text.slice(inside.start, inside.end);
    if (!same) return undefined;
    placed.push({ span: place, text: json ? JSON.stringify(text).slice(1, -1) : text });
  }
  placed.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  if (placed.some(({ span }, index) => index > 0 && span.start < placed[index - 1]!.span.end)) return undefined;
  return { safety: 'suggestion', title: 'Write it as ShellCheck proposes', edits: placed };
}

/** What is inserted at the end of the words that are wrong stays with them, where the line is continued behind them. */
function placeOf({ start, end }: Span, around: Span, map: TextMap): Span {
  if (end > start || start !== around.end || start <= around.start) return fileSpan(map, start, end);
  const before = fileSpan(map, start - 1, start).end;
  return { start: before, end: before };
}
