import { type LayerFile, type LayerRow, layerFile, sumsOf } from './layer-rows.ts';
import { layersText } from './layer-text.ts';
import type { Analyzed, Brings, Builder, Independent } from './model.ts';
import type { Screen } from './screen.ts';
import { sharingRows } from './sharing.ts';

/** `dflint layers`: what each instruction adds to the image, what of it is wasted, and what several images share. */
export function layersScreen(files: readonly Analyzed[], builder: Builder, independent: Independent): Screen {
  const rows = files.map((file) => layerFile(file, builder));
  const sharing = files.length > 1 ? sharingRows(files, builder, independent) : { shared: [], apart: [] };
  return {
    json: () => ({ files: rows.map(fileJson), ...sharing }),
    text: (paint, width) => layersText(rows, sharing, paint, width),
  };
}

/** The most lower directories that Docker gives to overlay2. */
const OVERLAY = 128;

const fileJson = ({ path, stages, image }: LayerFile) => ({
  path,
  stages: stages.map(({ instructions, ...stage }) => ({
    ...stage,
    ...sumsOf(instructions),
    instructions: instructions.map(rowJson),
  })),
  image: image && {
    ...{ stage: image.stage, ownLayers: image.ownLayers, base: image.base },
    ...{ inherited: image.inherited, limit: image.limit, overlayLimit: OVERLAY },
    ...sumsOf(image.instructions),
    instructions: image.instructions.map(rowJson),
  },
});

const rowJson = ({ line, keyword, layer, why, certain, brings, later, earlier }: LayerRow) => ({
  ...{ line, keyword, layer, why, certain },
  ...(layer ? { brings: bringsJson(brings), wastedBy: later, wastes: earlier } : {}),
});

const bringsJson = ({ files, bytes, texts, copied, ...brings }: Brings) => ({
  ...brings,
  copied: copied.map(({ source, from }) => ({ source, from: from ?? null })),
  files: files ?? null,
  texts: texts.map((it) => ({ path: it.path, bytes: it.bytes ?? null })),
  bytes: bytes ?? null,
});
