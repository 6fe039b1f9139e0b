import type { Image, Match } from '../../image/index.ts';
import { imageReport, totalsOf } from './image-rows.ts';
import { imageText } from './image-text.ts';
import type { Analyzed } from './model.ts';
import type { Screen } from './screen.ts';

/** `dflint layers --image`: the layers that an archive has, beside the lines of a Dockerfile where one is given. */
export function imageScreen(archive: string, image: Image, from?: { file: Analyzed; match: Match }): Screen {
  const report = imageReport(archive, image, from);
  const { waste, ...rest } = report;
  return {
    json: () => ({ files: [{ ...rest, waste, totals: totalsOf(report) }] }),
    text: (paint, width) => imageText(report, paint, width),
  };
}
