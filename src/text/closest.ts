import { distance } from 'fastest-levenshtein';

/** Names are shorter and fewer; distances take the product of the lengths, for each of the candidates. */
const LONGEST = 100;
const MOST = 500;

/**
 * What was likely meant by `word`: the candidate fewest edits away, letter case aside, or undefined where none is near.
 * A third of the letters may differ, two at most, so that short words do not turn into each other.
 */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > LONGEST) return undefined;
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let fewest = Math.min(2, Math.ceil(wanted.length / 3)) + 1;
  let count = 0;
  for (const candidate of candidates) {
    if (++count > MOST) break;
    if (Math.abs(candidate.length - wanted.length) >= fewest) continue;
    const edits = distance(wanted, candidate.toLowerCase());
    if (edits < fewest) {
      fewest = edits;
      best = candidate;
    }
  }
  return best;
}
