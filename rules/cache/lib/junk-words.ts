import { bytesText, counted, type Junk, listed, numberText, type Stage, type Take } from '../../../src/engine/rule.ts';
import * as known from '../../../src/knowledge/project/context-junk.ts';

/** `node_modules (1,204 files, 120 MB)`. */
export const told = ({ name, what, files, bytes, roots }: Junk): string => {
  if (what) return `${name} (${what})`;
  const places = roots.length > 1 ? ` in ${numberText(roots.length)} places` : '';
  return files === 1
    ? `${roots[0]} (${bytesText(bytes)})`
    : `${name}${places} (${counted(files, 'file')}, ${bytesText(bytes)})`;
};

const heavy = 1_000_000;

/** Whether a reviewer would insist on it: not for the settings of an editor, nor for the Dockerfile itself. */
export const matters = ({ kind, bytes }: Junk): boolean =>
  (kind !== 'clutter' && kind !== 'build file') || bytes >= heavy;

/** What is told of a source: its secrets, then the heaviest. */
export function summary(junk: readonly Junk[]): string {
  const shown = junk.slice(0, 3);
  const rest = junk.slice(3).reduce((sum, { files }) => sum + files, 0);
  return listed([...shown.map(told), ...(rest > 0 ? [counted(rest, 'more file')] : [])]);
}

/** The lines of an ignore file that keep it out; only the names that mean nothing else are kept out everywhere. */
function patternsFor({ name, what, roots, kind }: Junk): readonly string[] {
  if (what || (roots.length === 1 && !roots[0]!.includes('/'))) return roots;
  const everywhere = known.plainOutputs.has(name) || /^[._]/.test(name) || kind === 'history';
  return everywhere || roots.length > 3 ? [`**/${name}`] : roots;
}

/** As words: `the line .git`, `the lines .git, .env`. */
export function lines(junk: readonly Junk[]): string {
  const patterns = junk.flatMap(patternsFor);
  const shown = patterns.slice(0, 12).join(', ');
  return `the ${patterns.length === 1 ? 'line' : 'lines'} ${shown}${patterns.length > 12 ? ' and so on' : ''}`;
}

/** Whether a secret is in the image that is built. */
export const isInImage = ({ via }: Take, { shipped }: Stage, junk: readonly Junk[]): boolean =>
  junk[0]?.kind === 'secret' && via === 'copy' && shipped;

export const readable = 'Anyone who has the image can read the secret, even if a later instruction removes the file.';
export const forgotten = (files: number): string =>
  `A change to ${files === 1 ? 'the file' : `any of the ${numberText(files)} files`} that ${files === 1 ? 'is' : 'are'} let in invalidates the cache of this instruction and all below it.`;
