import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { Growth } from '../../src/dev/growth.ts';

/** Twice the size, a little more than twice the steps: sorting and searching take logarithms. */
const LINEAR = 2.3;

/**
 * Where the result itself is larger than the text, or grows up to a limit that these sizes do not reach: paths below paths, a
 * table of changes by steps, the variables of each RUN, a stage with the steps of all stages that it stands on.
 */
const larger: Readonly<Record<string, number>> = {
  'ARG and RUN cache': 4.6,
  'ARG cache': 3.0,
  'ARG ahead of FROM cache': 2.9,
  'COPY cache': 2.9,
  'COPY of many sources cache': 2.5,
  'COPY with a context cache': 3.0,
  'COPY . . over a context rewrite': 2.9,
  'RUN chmod cache': 2.9,
  'RUN npm install rewrite': 3.0,
  'WORKDIR layers': 2.7,
  'stages, each on the one before cache': 2.6,
  // pretty shows a window of a line, which lines of this size do not fill
  'brace expansions formats': 3.1,
  'names in one check comment formats': 3.0,
  'names in one ignore comment formats': 3.0,
  'one long image formats': 3.1,
  'packages formats': 3.0,
  'packages of pip formats': 3.0,
  'substitutions beside each other formats': 3.0,
  'variables in a word formats': 2.9,
};

test('steps grow as the text does, for each hostile text and all that is done with it', () => {
  const args = ['--no-flush-bytecode', '--import', 'tsx', 'src/dev/growth.ts'];
  const rows = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Growth[];
  // of a few thousand steps a constant part is too much
  const steep = rows.filter(
    ({ name, part, steps, double }) => double > 5_000 && double / steps > (larger[`${name} ${part}`] ?? LINEAR),
  );
  expect(steep.map(({ name, part, steps, double }) => `${name}, ${part}: ${steps} to ${double}`)).toEqual([]);
  expect(rows.length).toBeGreaterThan(500);
}, 300_000);
