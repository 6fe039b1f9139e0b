import type { Texts } from '../assets.ts';
import type { Parts } from '../recipe.ts';
import type { View } from '../view.ts';
import type { Work } from '../work.ts';
import { allStarted } from './compiled.ts';

/** The lines that end the build, and what they leave out. */
type FrontEnd = Required<Pick<Parts, 'lastly' | 'leaves'>>;
export const noFrontEnd: FrontEnd = { lastly: [], leaves: [] };

/** What leaves out what npm and its like have installed to build pages and styles, where no program of the image uses it. */
export function withoutFrontEnd(view: View, works: readonly Work[], { isWhole, mentions }: Texts): FrontEnd {
  const folders = new Set(
    works.flatMap(({ step }) =>
      step.installs.flatMap(({ folder, operation }) =>
        /^(?:npm|yarn|pnpm|bun)$/.test(operation?.manager ?? '') && folder !== undefined ? [folder] : [],
      ),
    ),
  );
  const isUsed = allStarted(view).some(({ name }) => /^(?:node|nodejs|npm|npx|yarn|pnpm|bun)$/.test(name));
  const isRemoved = works.some(({ step }) =>
    step.effects.all.some(({ kind, path }) => kind === 'remove' && path.endsWith('/node_modules')),
  );
  if (folders.size === 0 || isUsed || isRemoved || !isWhole || mentions('node_modules')) return noFrontEnd;
  const removal = `RUN rm -rf ${[...folders].map((it) => `${it}/node_modules`).join(' ')}`;
  return { lastly: [removal], leaves: ['the dependencies of the front end'] };
}
