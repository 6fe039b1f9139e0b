import { cases } from '../../src/dev/cases.ts';

/** A file with `amount` RUN instructions, the one at `marked` underlined. */
const file = (base: string, amount: number, marked?: number): string =>
  [
    `FROM ${base}`,
    ...Array.from({ length: amount }, (_, index) => `RUN step ${index + 1}${index + 1 === marked ? '\n~~~' : ''}`),
  ].join('\n');

export default cases({
  'one more than there is room for': file('debian:12', 125, 125),
  'room for the last': file('debian:12', 124),
  'an empty base has no layers': file('scratch', 125),
  'one more on an empty base': file('scratch', 126, 126),
  'settings and stages that do not ship': `FROM debian:12 AS build\n${'RUN a\n'.repeat(126)}FROM debian:12\n${'ENV a=1\n'.repeat(126)}COPY --from=build /a /a`,
  'those of the stage below count': `FROM debian:12 AS base\n${'RUN a\n'.repeat(70)}FROM base\n${'RUN b\n'.repeat(54)}RUN c\n~~~\nRUN d`,
});
