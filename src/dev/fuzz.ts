import fc from 'fast-check';
import { wholeText } from '../../test/dev/arbitrary.ts';
import { anyText, editedText, likelyText, samples, violation } from '../../test/grammar/arbitrary.ts';
import { wholeViolation } from './whole-fuzz.ts';

/**
 * `npm run fuzz [-- whole|grammar] [cases] [seed]`: what must hold of many texts, for all that dflint does with them or for
 * the grammar only; exit 1 with the smallest that breaks it.
 */

const what = process.argv[2] === 'grammar' ? 'grammar' : 'whole';
const [cases = 200_000, seed = Date.now() % 2 ** 31] = process.argv
  .slice(2)
  .flatMap((it) => (/^\d+$/.test(it) ? [Number(it)] : []));
const batch = what === 'grammar' ? 5_000 : 500;
const texts =
  what === 'grammar' ? fc.oneof(anyText, { weight: 3, arbitrary: likelyText }, editedText(samples())) : wholeText;
const violates = what === 'grammar' ? violation : wholeViolation;
const began = process.cpuUsage();

for (let done = 0; done < cases; ) {
  const numRuns = Math.min(batch, cases - done);
  const result = fc.check(
    fc.property(texts, (text) => {
      const wrong = violates(text);
      if (wrong) throw new Error(wrong);
    }),
    { numRuns, seed: seed + done },
  );
  if (result.failed) {
    const why = result.errorInstance instanceof Error ? result.errorInstance.stack : String(result.errorInstance);
    console.error(`${escaped(result.counterexample?.[0] ?? '')}\n${why}\nseed ${seed}, case ${done + result.numRuns}`);
    process.exit(1);
  }
  done += numRuns;
  const { user, system } = process.cpuUsage(began);
  if (done % 5_000 === 0)
    console.log(`${done} of ${cases} texts, ${Math.round((done * 1e6) / (user + system))} a second of CPU`);
}
console.log(`${cases} texts hold, seed ${seed}`);

/** As a literal that can be pasted: no character is invisible. */
function escaped(text: string): string {
  return JSON.stringify(text).replace(/[^\x20-\x7e]/g, (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
