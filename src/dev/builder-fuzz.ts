import { judges } from '../../test/builder/judges.ts';
import { judge } from './builder-judge.ts';

/**
 * `npm run builder-fuzz -- [files] [seed] [builder...]`: random Dockerfiles, built with each builder that is at hand or is
 * named. What is foretold of layers, the cache and the files has to come, and the cheaper order has to make the same files;
 * exit 1 where anything does not. Four seconds a file.
 */

const given = process.argv.slice(2);
const [count = 50, seed = Date.now() % 2 ** 31] = given.flatMap((it) => (/^\d+$/.test(it) ? [Number(it)] : []));
const wanted = given.filter((it) => !/^\d+$/.test(it));

for (const { kind, missing, make } of judges) {
  if (missing.length > 0 || (wanted.length > 0 && !wanted.includes(kind))) continue;
  const builder = await make();
  try {
    const figures = await judge(builder, { count, seed }, (what, lines) =>
      console.error(`${kind}: ${what}\n${lines.map((line) => `    ${line}`).join('\n')}`),
    );
    console.log(`${kind}: ${JSON.stringify(figures)}, seed ${seed}`);
    if (figures.wrong > 0) process.exitCode = 1;
  } finally {
    builder.dispose();
  }
}
