import { hostile } from './hostile.ts';
import { StepCounter } from './steps.ts';

/**
 * `node --no-flush-bytecode --import tsx src/dev/growth.ts [size]`: how many steps each part takes for each hostile text of that
 * size and of twice the size, as JSON. Counting has to begin before the code is loaded, so this needs a process of its own.
 */

export interface Growth {
  readonly name: string;
  readonly part: string;
  readonly size: number;
  /** At the size, and at twice the size. */
  readonly steps: number;
  readonly double: number;
}

const usual = Number(process.argv[2] ?? 30);
/** Nesting is read up to a depth and refused below it. */
const deep = 101;

const counter = new StepCounter();
const { parts } = await import('./whole.ts');
const inputOf = (name: string, size: number) => {
  const made = hostile[name]!(size);
  return typeof made === 'string' ? { text: made } : made;
};
const rows: Growth[] = [];
for (const [part, go] of Object.entries(parts)) {
  // formats and fixes begin with it
  if (part === 'lint') continue;
  // what is built at the first use counts for nobody
  for (const name in hostile) go(inputOf(name, 2));
  counter.forget();
  for (const name in hostile) {
    const size = /^(?:nested|open sub)/.test(name) ? deep : usual;
    const steps = counter.count(() => go(inputOf(name, size)));
    rows.push({ name, part, size, steps, double: counter.count(() => go(inputOf(name, 2 * size))) });
  }
}
counter.close();
process.stdout.write(JSON.stringify(rows));
