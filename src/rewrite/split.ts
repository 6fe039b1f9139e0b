import { mayTouch } from '../model/files/effect.ts';
import { isTransfer } from '../model/files/takes.ts';
import { aheadOf, isSpread } from '../model/installs/ahead.ts';
import type { Install } from '../model/installs/install.ts';
import { callOf, sourceReader } from '../model/installs/installs.ts';
import type { Step, Take } from '../model/model.ts';
import { hasMount } from '../model/mounts/mounts.ts';
import { below, folderOf, fromRoot, isBelow, joined } from '../text/path.ts';
import { listed } from '../text/prose.ts';
import { settingOf } from './dependency.ts';

/** How an install may stand before a copy: after `line`, which copies what it needs, where that is not copied above. */
export type Split =
  | { readonly line?: string; readonly reason?: undefined }
  | { readonly line?: undefined; readonly reason: string };

/** Whether and how an install of what manifests list may do without a copy above it; undefined where the two are no such pair. */
export const splitOf = (copy: Step, install: Step): Split | undefined => {
  if (install.instruction.kind !== 'Run' || hasMount(install, 'bind')) return undefined;
  const installs = install.installs.filter(({ builds }) => !builds);
  const reader = sourceReader(install);
  if (reader && isWholeProject(copy)) return { reason: `${callOf(reader)} reads the sources` };
  if (installs.length === 0) return undefined;
  return withManifest(copy, install, installs) ?? withoutManifest(copy, install, installs);
};

/** The copy of the whole project: what the install reads is copied ahead, by a line of its own. */
function withManifest(copy: Step, install: Step, installs: readonly Install[]): Split | undefined {
  const { instruction, takes, stage } = copy;
  const [take] = takes;
  if (!isTransfer(instruction) || !isWholeProject(copy) || instruction.form) return undefined;
  const folder = folderOfAll(installs);
  if (folder === undefined) return { reason: 'the folder of the install is not known' };
  if (!isBelow(folder, take!.target!)) return undefined;
  if (instruction.flags.some(({ name }) => !['chown', 'chmod', 'link'].includes(name.text))) return undefined;
  const other = otherNeed(copy, install, installs, folder);
  if (other !== undefined) return { reason: other };
  const paths = (take!.copied?.files ?? []).map(({ path }) => path);
  const context = stage?.context;
  if (!context || paths.length === 0)
    return { reason: 'without the files of the build context dflint cannot tell what the install reads' };
  const place = { context, paths, folder: joined(fromRoot(take!.source), below(folder, take!.target!)) };
  const found = filesOf(installs, install, place);
  if (found.reason !== undefined) return { reason: found.reason };
  const spread = isSpread(found.files);
  if (spread || folderOf(found.files[0]!) !== place.folder)
    return {
      reason: `the files that it needs are in ${spread ? 'several folders' : 'another folder'}: ${listed(found.files)}`,
    };
  const line = lineOf(copy, found.files, below(folder, take!.target!));
  return line === undefined ? { reason: 'the names of the files that it needs cannot be written in a COPY' } : { line };
}

const isWholeProject = (copy: Step): boolean => copy.takes.length === 1 && isWholeFolder(copy, copy.takes[0]!);

/** Whether a source is a folder of the context, whose place in the image is known. */
const isWholeFolder = ({ effects }: Step, take: Take): boolean => {
  const [effect] = effects.all;
  return (
    take.origin.kind === 'context' &&
    take.certain &&
    effect?.deep === true &&
    effect.means === 'copy' &&
    effect.path === take.target
  );
};

/** The files that all the installs of a RUN need, or why that cannot be shown. */
function filesOf(
  installs: readonly Install[],
  step: Step,
  place: Parameters<typeof aheadOf>[2],
): { readonly files: readonly string[]; readonly reason: string | undefined } {
  const all = installs.map((it) => aheadOf(it, step, place));
  const files = [...new Set(all.flatMap((it) => it.files))];
  const blocked = all.find(({ obstacle }) => obstacle);
  const more = blocked?.obstacle?.kind === 'members' && files.length > 0 ? `: ${listed(files)}` : '';
  return { files, reason: blocked && blocked.obstacle!.reason + more };
}

/** The copy of other files than those that the install reads: the manifest is copied by itself, above. */
function withoutManifest(copy: Step, install: Step, installs: readonly Install[]): Split | undefined {
  const context = copy.stage?.context;
  const folder = folderOfAll(installs);
  if (!context || folder === undefined || !isOfContext(copy)) return undefined;
  const other = otherNeed(copy, install, installs, folder);
  if (other !== undefined) return { reason: other };
  const taken = new Set(copy.takes.flatMap(({ copied }) => copied!.files.map(({ path }) => path)));
  const all = context.files().map(({ path }) => path);
  for (const it of installs) {
    const root = it.manifests.map((path) => originOf(path, install)).find((path) => path !== undefined);
    if (root === undefined) return undefined;
    const paths = all.filter((path) => isBelow(path, root));
    const { files, reason } = filesOf([it], install, { context, folder: root, paths });
    if (reason !== undefined) return { reason };
    const needed = files.find((path) => taken.has(path));
    if (needed !== undefined) return { reason: `it reads ${needed}` };
  }
  return {};
}

/** Whether a copy takes nothing but known files of the context, each to its own place. */
const isOfContext = ({ instruction, takes }: Step): boolean =>
  isTransfer(instruction) && takes.every(({ copied, parents }) => copied !== undefined && !parents);

/** The folder of the context from which a step of the same stage copies a single file to `path`. */
function originOf(path: string, install: Step): string | undefined {
  for (const { takes } of install.stage?.steps.slice(0, install.index) ?? []) {
    for (const { source, parents, landed } of takes) {
      const file = parents ? undefined : landed.get(path);
      const isNamed = file && fromRoot(source).split('/').length === file.path.split('/').length;
      if (isNamed) return folderOf(file.path);
    }
  }
  return undefined;
}

/** Where all the installs of a RUN run. */
function folderOfAll(installs: readonly Install[]): string | undefined {
  const found = new Set(installs.map(({ folder }) => folder));
  return found.size === 1 ? [...found][0] : undefined;
}

/** What of the RUN beside its installs may need the copied files. */
function otherNeed(copy: Step, install: Step, installs: readonly Install[], folder: string): string | undefined {
  const own = new Set(installs.map(({ command }) => command));
  const { all, unknown } = install.effects;
  const brought = copy.effects.all;
  const strange = unknown.find(
    ({ start, end }) => ![...own].some(({ span }) => start >= span.start && end <= span.end),
  );
  if (strange) {
    const command = install.script?.commands.find(({ span }) => span.start <= strange.start && span.end >= strange.end);
    return `dflint does not know what ${command?.word.text || 'a command of it'} reads and writes`;
  }
  const touching = all.find(
    (effect) =>
      !(effect.command && own.has(effect.command)) &&
      effect.means !== 'folder' &&
      // the manifests bring the folder that they are in
      !(effect.means === 'enter' && isBelow(folder, effect.path)) &&
      brought.some((it) => mayTouch(it, effect)),
  );
  if (touching) return `it may read or change ${touching.path}`;
  const setting = settingOf(brought, install);
  return setting && `what it fetches may depend on ${setting}`;
}

/** `COPY` of files of one folder with the flags of the copy of the whole; undefined where their names would need quotes. */
function lineOf({ instruction }: Step, files: readonly string[], base: string): string | undefined {
  if (!isTransfer(instruction) || files.some((path) => /[\s"'\\$*?[\]]/.test(path))) return undefined;
  const to = instruction.destination!.raw.replace(/\/?$/, '/');
  const destination = base === '' ? to : `${to.replace(/^\.\//, '')}${base}/`;
  const flags = instruction.flags.map(({ name, value }) => (value ? `--${name.text}=${value.raw}` : `--${name.text}`));
  const keyword = instruction.keyword.raw === instruction.keyword.raw.toLowerCase() ? 'copy' : 'COPY';
  return [keyword, ...flags, ...files, destination].join(' ');
}
