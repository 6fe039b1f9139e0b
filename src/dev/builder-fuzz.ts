import { judges } from '../../test/builder/judges.ts';
import { judgeWith } from './builder-judge.ts';

/**
 * `npm run builder-fuzz -- [files] [seed] [builder...]`: random Dockerfiles, built with each builder that is at hand or is
 * named. What is foretold of layers, the cache and the files has to come, and the cheaper order has to make the same files;
 * exit 1 where anything does not. Four seconds a file.
 */

const given = process.argv.slice(2);
const [count = 50, seed = Date.now() % 2 ** 31] = given.flatMap((it) => (/^\d+$/.test(it) ? [Number(it)] : []));
const wanted = given.filter((it) => !/^\d+$/.test(it));

for (const it of judges) {
  if (it.missing.length > 0 || (wanted.length > 0 && !wanted.includes(it.kind))) continue;
  const figures = await judgeWith(it, { count, seed });
  console.log(`${it.kind}: ${JSON.stringify(figures)}, seed ${seed}`);
  if (figures.wrong > 0) process.exitCode = 1;
}
