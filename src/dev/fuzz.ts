import fc from 'fast-check';
import { anyText, editedText, likelyText, samples, violation } from '../../test/grammar/arbitrary.ts';

/** `npx tsx src/dev/fuzz.ts [cases] [seed]`: the properties of the grammar on many texts; exit 1 with the smallest that breaks one. */

const cases = Number(process.argv[2] ?? 200_000);
const seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);
const batch = 5_000;
const texts = fc.oneof(anyText, { weight: 3, arbitrary: likelyText }, editedText(samples()));

for (let done = 0; done < cases; ) {
  const numRuns = Math.min(batch, cases - done);
  const result = fc.check(
    fc.property(texts, (text) => {
      const wrong = violation(text);
      if (wrong) throw new Error(wrong);
    }),
    { numRuns, seed: seed + done },
  );
  if (result.failed) {
    const why = result.errorInstance instanceof Error ? result.errorInstance.stack : String(result.errorInstance);
    console.error(`${JSON.stringify(result.counterexample?.[0])}\n${why}\nseed ${seed}, case ${done + result.numRuns}`);
    process.exit(1);
  }
  done += numRuns;
  console.log(`${done} of ${cases} texts`);
}
console.log(`${cases} texts hold, seed ${seed}`);
