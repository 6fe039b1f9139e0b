import { buildFiles } from '../../knowledge/project/context-junk.ts';
import { baseName } from '../../text/path.ts';
import type { Context, ContextFile } from '../context/context.ts';
import type { Stage, Take } from '../model.ts';
import { isWholeContext } from '../stages/paths.ts';

/**
 * The build context, where it is that of this file: some of what is copied or mounted by name is in it. Where nothing is named,
 * it has to hold more than Dockerfiles and ignore files.
 */
export function ownContext(stages: readonly Stage[], context: Context | undefined): Context | undefined {
  if (!context) return undefined;
  const takes = stages
    .filter(({ reachable }) => reachable)
    .flatMap(({ steps }) => steps.flatMap((step) => [step, step.trigger ?? []].flat()))
    .flatMap((step) => step.takes.filter(({ copied }) => copied));
  const named = takes.filter(({ source }) => !isWholeContext(source));
  const isOwn = named.length > 0 ? named.some(isThere) : takes.some(({ copied }) => copied!.files.some(isOfProject));
  return isOwn ? context : undefined;
}

const isThere = ({ copied }: Take): boolean => copied!.files.length > 0 || copied!.ignored.length > 0;

/** Whether a file of the context is more than a Dockerfile or an ignore file. */
export function isOfProject({ path }: Pick<ContextFile, 'path'>): boolean {
  const name = baseName(path);
  return !buildFiles.some((it) => it.test(name)) && !/^\..*ignore$|(?:Docker|Container)file/i.test(name);
}
