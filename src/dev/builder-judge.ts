import fc from 'fast-check';
import type { Builder } from '../../test/builder/builder.ts';
import { argumentsOf, foretoldLayers, outcomes, type Workplace, workplace } from '../../test/builder/fixtures.ts';
import type { Judge } from '../../test/builder/judges.ts';
import { builders } from '../knowledge/builder/builders.ts';
import { rewrite } from '../rewrite/index.ts';
import { type Contents, contentsOf, noContents } from './builder-contents.ts';
import { dockerfile, fixture, touched } from './builder-texts.ts';

/** What random files showed under one builder. */
export interface Figures extends Contents {
  /** Built, and their layers: those that were certain, those that only the built files tell, and of these the ones that came. */
  files: number;
  certainLayers: number;
  openLayers: number;
  openMade: number;
  /** Cheaper orders that were built. */
  orders: number;
  /** Steps after a change, as they were foretold, and of the open ones those that ran. */
  yes: number;
  no: number;
  maybe: number;
  maybeRan: number;
  wrong: number;
}

/** Every file of the image: its mode, its owner and a checksum; where a link goes. */
const listing = `find / -xdev \\( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /.dockerenv -o -path /etc/hosts -o -path /etc/hostname -o -path /etc/resolv.conf \\) -prune -o -print | sort | while read -r it; do
  if [ -L "$it" ]; then echo "$it -> $(readlink "$it")"
  elif [ -d "$it" ]; then stat -c '%n %a %u %g' "$it"
  else echo "$(stat -c '%n %a %u %g' "$it") $(md5sum < "$it")"
  fi
done`;
const filesOf = (builder: Builder): Promise<string> => builder.run(['/bin/sh', '-c', listing]);

/** Makes a builder, lets it build random files, and prints what is wrong with their lines. */
export async function judgeWith(
  { kind, make }: Judge,
  amount: { readonly count: number; readonly seed: number },
): Promise<Figures> {
  const builder = await make();
  try {
    return await judge(builder, amount, (what, lines) =>
      console.error(`${kind}: ${what}\n${lines.map((line) => `    ${line}`).join('\n')}`),
    );
  } finally {
    builder.dispose();
  }
}

/**
 * Builds random files with one builder and holds what is foretold against what comes: layers, what a change makes run again,
 * what the cheaper order makes, and what the layers hold. `report` gets each that is wrong, with the lines of its file.
 */
async function judge(
  builder: Builder,
  { count, seed }: { readonly count: number; readonly seed: number },
  report: (what: string, lines: readonly string[]) => void,
): Promise<Figures> {
  const figures: Figures = {
    ...{ files: 0, certainLayers: 0, openLayers: 0, openMade: 0, orders: 0 },
    ...{ yes: 0, no: 0, maybe: 0, maybeRan: 0, wrong: 0 },
    ...noContents(),
  };
  const wrong = (lines: readonly string[], what: string): void => {
    figures.wrong += 1;
    report(what, lines);
  };
  for (const [index, all] of fc.sample(dockerfile(builder.kind === 'buildkit'), { numRuns: count, seed }).entries()) {
    const found = await buildable(builder, all);
    if (!found) continue;
    const [lines, place] = found;
    figures.files += 1;
    const told = (what: string): void => wrong(lines, what);
    await checkLayers(builder, place, figures, told);
    await contentsOf(builder, place, figures, told);
    await checkOrders(builder, place, figures, (what, text) => wrong([...lines, '', ...text.split('\n')], what));
    await checkCache(builder, place, index, figures, told);
  }
  return figures;
}

type Told = (what: string) => void;

/** The file without the steps that fail, as most make no sense behind the others; undefined where nothing is left. */
async function buildable(builder: Builder, all: readonly string[]): Promise<[string[], Workplace] | undefined> {
  const lines = [...all];
  while (lines.some((line) => line.startsWith('RUN ') || line.startsWith('COPY '))) {
    const place = workplace(builder, fixture, `${lines.join('\n')}\n`);
    const failed = await place.build().then(
      () => undefined,
      (error: Error) => error.message,
    );
    if (failed === undefined) return [lines, place];
    const line = builder.failedLine(failed, place.text);
    if (line === undefined) return undefined;
    lines.splice(indexAt(lines, line), 1);
  }
  return undefined;
}

/** The text in which a line of the file lies. */
function indexAt(texts: readonly string[], line: number): number {
  let end = 0;
  return texts.findIndex((text) => {
    end += text.split('\n').length;
    return line <= end;
  });
}

async function checkLayers(builder: Builder, place: Workplace, figures: Figures, told: Told): Promise<void> {
  const model = place.model();
  const base = model.target!.lineage[0]!.base;
  const inherited = base.kind === 'image' ? await builder.layersOf(base.reference.text) : 0;
  const own = (await place.build()).diffIds.length - inherited;
  const { least, most } = foretoldLayers(model, builder.kind);
  figures.certainLayers += least;
  figures.openLayers += most - least;
  figures.openMade += own - least;
  if (own < least || own > most) told(`${own} layers, and ${least} to ${most} were foretold`);
}

async function checkOrders(
  builder: Builder,
  place: Workplace,
  figures: Figures,
  told: (what: string, text: string) => void,
): Promise<void> {
  const orders = new Set(builders.map((it) => rewrite(place.text, { build: place.model().options, builder: it }).text));
  orders.delete(place.text);
  if (orders.size === 0) return;
  const before = await filesOf(builder);
  for (const text of orders) {
    figures.orders += 1;
    try {
      await workplace(builder, fixture, text).build();
    } catch (error) {
      told(`the cheaper order does not build: ${(error as Error).message.slice(-300)}`, text);
      continue;
    }
    const after = new Set((await filesOf(builder)).split('\n'));
    const gone = before.split('\n').filter((line) => !after.delete(line));
    if (gone.length + after.size > 0)
      told(`the cheaper order makes other files:\n- ${gone.join('\n- ')}\n+ ${[...after].join('\n+ ')}`, text);
  }
}

async function checkCache(
  builder: Builder,
  place: Workplace,
  random: number,
  figures: Figures,
  told: Told,
): Promise<void> {
  const path = touched[random % touched.length]!;
  const args = argumentsOf(place.model(), fixture).slice(0, 1);
  for (const change of [{ paths: [path], args: [] }, ...(args.length > 0 ? [{ paths: [], args }] : [])]) {
    for (const it of change.paths) place.change(it);
    const built = await place.build(change).catch(() => undefined);
    if (!built) continue;
    for (const { text, predicted, why, ran } of outcomes(place.model(), change, built, builder.kind)) {
      figures[predicted] += 1;
      if (predicted === 'maybe' && ran) figures.maybeRan += 1;
      if (predicted !== 'maybe' && ran !== (predicted === 'yes'))
        told(`after ${[...change.paths, ...change.args]}: ${text}: ${predicted} (${why}), but ran: ${ran}`);
    }
  }
}
