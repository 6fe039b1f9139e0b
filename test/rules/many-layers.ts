import { cases } from '../../src/dev/cases.ts';

/** A file with `amount` RUN instructions, the one at `marked` underlined. */
const file = (base: string, amount: number, marked?: number): string =>
  [
    `FROM ${base}`,
    ...Array.from({ length: amount }, (_, index) => `RUN step ${index + 1}${index + 1 === marked ? '\n~~~' : ''}`),
  ].join('\n');

export default cases({
  'a hundred': file('debian:12', 100, 100),
  'one less': file('debian:12', 99),
  'still room for the last': file('debian:12', 124, 100),
  'too many, which is told as such': file('debian:12', 125),
  'a folder that is the root makes none': `FROM debian:12\n${'RUN a\n'.repeat(99)}WORKDIR /\n`,
});
