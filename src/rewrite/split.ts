import { effectsOf, isBelow, mayTouch } from '../model/files/effects.ts';
import type { Step } from '../model/model.ts';
import { textOf } from '../model/stages/expand.ts';
import type { PackageOperation } from '../shell/packages.ts';
import { clean } from '../text/path.ts';
import { filesAhead } from './ahead.ts';
import { settingOf } from './dependency.ts';

/** How an install may stand before a copy: behind `line`, which copies what it needs, where that is not copied above. */
export type Split =
  | { readonly line?: string; readonly reason?: undefined }
  | { readonly line?: undefined; readonly reason: string };

/** Whether and how an install of what manifests list may do without a copy above it; undefined where the two are no such pair. */
export const splitOf = (copy: Step, install: Step): Split | undefined => {
  if (install.instruction.kind !== 'Run' || install.instruction.flags.some(({ mount }) => mount?.type === 'bind'))
    return undefined;
  return withManifest(copy, install) ?? withoutManifest(copy, install);
};

function withManifest(copy: Step, install: Step): Split | undefined {
  const { instruction, stage } = copy;
  if ((instruction.kind !== 'Copy' && instruction.kind !== 'Add') || install.instruction.kind !== 'Run')
    return undefined;
  if (instruction.sources.length !== 1 || instruction.form || instruction.heredocs.length > 0) return undefined;
  const taken = effectsOf(copy).all[0];
  const source = textOf(copy.expand(instruction.sources[0]!).value);
  const installs = install.operations.filter(isInstall);
  const folder = folderOf(install, installs);
  if (!taken?.deep || taken.means !== 'copy' || source === undefined || installs.length === 0) return undefined;
  if (folder === undefined) return { reason: 'the folder of the install is not known' };
  if (folder !== taken.path && !folder.startsWith(`${taken.path.replace(/\/$/, '')}/`)) return undefined;
  if (instruction.flags.some(({ name }) => name.text !== 'chown' && name.text !== 'chmod' && name.text !== 'link'))
    return undefined;
  const other = otherNeed(copy, install, installs, folder);
  if (other !== undefined) return { reason: other };
  const context = stage?.context;
  const root = clean(`/${source}`).slice(1);
  const paths = (context?.copied([source]).files ?? []).map(({ path }) =>
    root === '' ? path : path.slice(root.length + 1),
  );
  if (!context || paths.length === 0)
    return { reason: 'without the files of the build context it cannot be shown what the install reads' };
  const base = folder === taken.path ? '' : folder.slice(taken.path === '/' ? 1 : taken.path.length + 1);
  const files = new Set<string>();
  for (const operation of installs) {
    const ahead = filesAhead(operation, { context, folder: root, paths }, base);
    if (ahead.reason !== undefined) return { reason: ahead.reason };
    for (const path of ahead.files) files.add(path);
  }
  const line = lineOf(copy, [...files], root, base);
  return line === undefined ? { reason: 'the files that it needs lie in several folders' } : { line };
}

/** The copy of other files than those that the install reads: the manifest is copied by itself, above. */
function withoutManifest(copy: Step, install: Step): Split | undefined {
  const { stage } = copy;
  const context = stage?.context;
  const installs = install.operations.filter(isInstall);
  const folder = folderOf(install, installs);
  const sources = fromContext(copy);
  if (!context || folder === undefined || installs.length === 0 || !sources) return undefined;
  const other = otherNeed(copy, install, installs, folder);
  if (other !== undefined) return { reason: other };
  const taken = new Set(context.copied(sources).files.map(({ path }) => path));
  for (const operation of installs) {
    const root = operation.manifests
      .map((path) => originOf(clean(`${folder}/${path}`), install))
      .find((it) => it !== undefined);
    if (root === undefined) return undefined;
    const prefix = root === '' ? '' : `${root}/`;
    const paths = context.files().flatMap(({ path }) => (path.startsWith(prefix) ? [path.slice(prefix.length)] : []));
    const ahead = filesAhead(operation, { context, folder: root, paths }, '');
    if (ahead.reason !== undefined) return { reason: ahead.reason };
    const needed = ahead.files.find((path) => taken.has(prefix + path));
    if (needed !== undefined) return { reason: `it reads ${needed}` };
  }
  return {};
}

/** The sources of a copy from the build context; undefined for other copies and where only the build knows. */
function fromContext({ instruction, expand }: Step): string[] | undefined {
  if (instruction.kind !== 'Copy' && instruction.kind !== 'Add') return undefined;
  if (instruction.flags.some(({ name }) => name.text === 'from' || name.text === 'parents')) return undefined;
  const texts = instruction.sources.map((source) => textOf(expand(source).value));
  return texts.every((it) => it !== undefined) ? texts : undefined;
}

/** The folder of the context from which a step of the same stage copies a single file to `path`. */
function originOf(path: string, install: Step): string | undefined {
  for (const step of install.stage?.steps.slice(0, install.index) ?? []) {
    if (!fromContext(step)) continue;
    const effect = effectsOf(step).all.find((it) => it.path === path && !it.deep);
    const { instruction } = step;
    const source =
      effect && 'sources' in instruction ? instruction.sources.find(({ span }) => span === effect.at) : undefined;
    const text = source && textOf(step.expand(source).value);
    if (text !== undefined)
      return clean(`/${text}`)
        .slice(1)
        .replace(/[^/]*$/, '')
        .replace(/\/$/, '');
  }
  return undefined;
}

/** Where all the installs of a RUN run. */
function folderOf(install: Step, installs: readonly PackageOperation[]): string | undefined {
  const { folders } = effectsOf(install);
  const found = new Set(installs.map(({ command }) => folders.get(command)));
  return found.size === 1 ? [...found][0] : undefined;
}

const isInstall = ({ action, manifests, packages }: PackageOperation): boolean =>
  (action === 'install' || action === 'download') && manifests.length > 0 && packages.length === 0;

/** What of the RUN beside its installs may need the copied files. */
function otherNeed(
  copy: Step,
  install: Step,
  installs: readonly PackageOperation[],
  folder: string,
): string | undefined {
  const own = new Set(installs.map(({ command }) => command));
  const { all, unknown } = effectsOf(install);
  const brought = effectsOf(copy).all;
  const strange = unknown.find(
    ({ start, end }) => ![...own].some(({ span }) => start >= span.start && end <= span.end),
  );
  if (strange) {
    const command = install.script?.commands.find(({ span }) => span.start <= strange.start && span.end >= strange.end);
    return `what ${command?.word.text || 'a command of it'} reads and writes is not known`;
  }
  const touching = all.find(
    (effect) =>
      !(effect.command && own.has(effect.command)) &&
      effect.means !== 'folder' &&
      // the manifests bring the folder that they are in
      !(effect.means === 'enter' && isBelow(folder, effect.path)) &&
      brought.some((it) => mayTouch(it, effect)),
  );
  if (touching) return `it has to do with ${touching.path}`;
  const setting = settingOf(brought, install);
  return setting && `what it fetches may depend on ${setting}`;
}

/** `COPY` of single files with the flags of the copy of the whole; undefined where one COPY cannot place them. */
function lineOf({ instruction }: Step, files: readonly string[], root: string, base: string): string | undefined {
  if (instruction.kind !== 'Copy' && instruction.kind !== 'Add') return undefined;
  const folders = new Set(files.map((path) => path.slice(0, path.lastIndexOf('/') + 1)));
  if (folders.size !== 1 || files.some((path) => /[\s"'\\$*?[\]]/.test(path))) return undefined;
  const [folder = ''] = folders;
  if (folder !== (base === '' ? '' : `${base}/`)) return undefined;
  const sources = files.map((path) => (root === '' ? path : `${root}/${path}`));
  const to = instruction.destination!.raw.replace(/\/?$/, '/');
  const destination = folder === '' ? to : `${to.replace(/^\.\//, '')}${folder}`;
  const flags = instruction.flags.map(({ name, value }) => (value ? `--${name.text}=${value.raw}` : `--${name.text}`));
  const keyword = instruction.keyword.raw === instruction.keyword.raw.toLowerCase() ? 'copy' : 'COPY';
  return [keyword, ...flags, ...sources, destination === './' ? './' : destination].join(' ');
}
