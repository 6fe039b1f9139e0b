import type { Ecosystem } from '../../knowledge/project/ecosystems/index.ts';
import { fits } from '../../text/glob.ts';
import { baseName, below, clean, folderOf, fromRoot, isBelow, joined } from '../../text/path.ts';
import { matchesPattern } from '../context/ignore.ts';
import type { Step } from '../model.ts';
import { placeIn } from '../stages/folder.ts';
import { isWholeContext } from '../stages/paths.ts';
import { checks } from './checks.ts';
import type { Install } from './install.ts';
import { namedFiles, namesIn } from './named-files.ts';
import type { Ahead, Obstacle, Place, Project } from './project.ts';

/**
 * What an install reads, found in the files of the context themselves: manifests, lock files and inputs of its ecosystem, what
 * these and its options and variables name, workspaces, local packages, scripts of the project.
 */
export function aheadOf(install: Install, step: Step, place: Place): Ahead {
  const { ecosystem } = install;
  const project = projectOf(install, place);
  const { inside, matching, own, locks } = project;
  const from = (path: string): string => joined(place.folder, path);
  if (own.length === 0) {
    const named = relatives(install).find((path) => !/[*?]/.test(path)) ?? 'its manifest';
    return refused(`${named} is not in the build context`);
  }
  const inputs = ecosystem.inputs.map((it) => ({ ...it, found: matching(it.pattern) }));
  const stop = inputs.find(({ need, found }) => need === 'stop' && found.length > 0);
  if (stop) return refused(`${stop.found[0]} exists, and ${stop.why}`);
  const files = new Set([...own, ...locks, ...inputs.flatMap(({ found }) => found)]);
  const check = checks[ecosystem.id];
  const checked = check?.(project);
  for (const path of checked?.files ?? []) files.add(path);
  const settings = inputs.flatMap(({ names, found }) => (names ? found : []));
  const named = namedFiles(install, step, { ...place, inside, files: new Set(files), settings });
  for (const path of named.files) files.add(path);
  const members = membersOf(project).filter((path) => !files.has(path));
  return {
    files: [...files, ...members].map(from),
    members: members.map(from),
    obstacle: obstacleOf(project, place, named.reason, checked?.obstacle),
  };
}

const refused = (reason: string): Ahead => ({ files: [], members: [], obstacle: { kind: 'project', reason } });

/** The manifests of an install as they are seen from its folder. */
function relatives({ manifests, folder }: Install): string[] {
  return manifests.map((path) => (folder !== undefined && isBelow(path, folder) ? below(path, folder) : path));
}

function projectOf(install: Install, { context, folder, paths }: Place): Project {
  const { ecosystem, call } = install;
  const inside = paths.filter((path) => isBelow(path, folder) && path !== folder).map((path) => below(path, folder));
  const matching = (pattern: string): string[] => inside.filter((path) => fits(pattern, path));
  const read = (path: string): string | undefined => context.read(joined(folder, path));
  const locks = ecosystem.locks.flatMap(matching);
  const own = [...new Set(relatives(install).flatMap(matching))].filter((path) => !locks.includes(path));
  return { install, ecosystem, call, inside, matching, read, own: own.length > 0 ? own : locks, locks };
}

/** The gravest comes first. */
function obstacleOf(
  project: Project,
  place: Place,
  named: string | undefined,
  checked: Obstacle | undefined,
): Obstacle | undefined {
  const { ecosystem, call, inside, read, matching } = project;
  const says = (list: Ecosystem['stops']) =>
    list?.find(({ file, text }) => sayers(file, project, matching).some((path) => text.test(read(path) ?? '')));
  const stopped = checked?.kind === 'project' ? checked.reason : says(ecosystem.stops)?.why;
  if (stopped !== undefined) return { kind: 'project', reason: stopped };
  if (named !== undefined) return { kind: 'project', reason: named };
  const above = aboveOf(project, place);
  if (above !== undefined) return { kind: 'project', reason: `${call} may also read ${above} in a parent folder` };
  if (checked) return checked;
  const members = says(ecosystem.members);
  if (members) return { kind: 'members', reason: `${members.why}, whose manifests the install reads too` };
  const output = inside.find((path) => ecosystem.outputs.some((it) => matchesPattern(it, path)));
  if (output !== undefined) {
    const name = ecosystem.outputs.find((it) => matchesPattern(it, output))!;
    return { kind: 'output', name, reason: `the context has ${output}, which COPY would lay over the install` };
  }
  if (checks[ecosystem.id]) return undefined;
  return { kind: 'table', reason: `dflint does not know what ${call} reads besides its manifests` };
}

/** The files of which a text of the table speaks; requirements may have any name. */
const sayers = (file: string, { own }: Project, matching: (pattern: string) => string[]): readonly string[] =>
  file.startsWith('*requirements') ? [...new Set([...own, ...matching(file)])] : matching(file);

/** A file of a folder above that makes it the root of a workspace, or has settings for what is below. */
function aboveOf({ ecosystem }: Project, { folder, paths, context }: Place): string | undefined {
  if (ecosystem.id === 'pip' || folder === '') return undefined;
  const patterns = [...ecosystem.manifests, ...ecosystem.locks, ...ecosystem.inputs.map(({ pattern }) => pattern)];
  // npm looks no further than the package it stands in, but for a workspace that this one is part of
  const isAsked = (path: string): boolean =>
    ecosystem.id === 'npm'
      ? path.endsWith('package.json') && /"workspaces"\s*:/.test(context.read(path) ?? '')
      : patterns.some((it) => matchesPattern(it, baseName(path)));
  return paths.find((path) => folderOf(path) !== folder && isBelow(folder, folderOf(path)) && isAsked(path));
}

/** The manifests of the folders below that an install reads as well. */
function membersOf({ ecosystem, inside, matching, read, own, locks }: Project): readonly string[] {
  const said = ecosystem.members?.find(({ file, text }) => matching(file).some((path) => text.test(read(path) ?? '')));
  if (!said) return [];
  const isMade = (path: string): boolean => path.split('/').some((part) => ecosystem.outputs.includes(part));
  const all = inside.filter(
    (path) =>
      path.includes('/') &&
      !isMade(path) &&
      !own.includes(path) &&
      !locks.includes(path) &&
      ecosystem.manifests.some((it) => fits(it, baseName(path))),
  );
  const named = matching(said.file).flatMap((path) => workspacesIn(read(path) ?? '', path));
  const isNamed = (path: string): boolean => named.some((it) => fits(it, folderOf(path)));
  return named.length > 0 && all.some(isNamed) ? all.filter(isNamed) : all;
}

/** The folders that a package.json or a pnpm-workspace.yaml names as its workspaces; none where they are not read here. */
function workspacesIn(text: string, path: string): string[] {
  const names = path.endsWith('.yaml')
    ? [...(/^packages\s*:\s*\n((?:\s*-.*\n?|\s*#.*\n|\s*\n)+)/m.exec(text)?.[1] ?? '').matchAll(/-\s*(.*?)\s*$/gm)]
    : [
        ...(/"workspaces"\s*:\s*(?:\{[^{}]*?"packages"\s*:\s*)?\[([^\]]*)\]/.exec(text)?.[1] ?? '').matchAll(
          /"([^"]*)"/g,
        ),
      ];
  const plain = names.map(([, name]) =>
    name!
      .replace(/^(['"])(.*)\1$/, '$2')
      .replace(/^\.\//, '')
      .replace(/\/+$/, ''),
  );
  // what is taken out again is not followed
  return plain.some((it) => it.startsWith('!')) ? [] : plain;
}

/**
 * The files that an install needs, by their paths in the context, where only the copy of the whole is there to tell. Undefined
 * where it names a folder of the project, or what only the build knows.
 */
export function usualFiles(
  { operation, command, ecosystem, folder }: Install,
  step: Step,
  { source, target }: { readonly source: string; readonly target: string },
): readonly string[] | undefined {
  const { manifests, locks } = ecosystem;
  const named = namesIn(command, operation, step).filter(
    ({ path }) => path === undefined || !path.startsWith('/') || isBelow(path, target),
  );
  if (named.some(({ path }) => path === undefined || !isFileName(path))) return undefined;
  const read = operation?.manifests ?? manifests;
  const asked = operation?.flags.get('requirementsFile')?.flatMap(({ value }) => value?.text ?? []) ?? [];
  const manifest = manifests.find((it) => read.some((path) => fits(it, baseName(path)))) ?? manifests[0]!;
  const lock = locks.find((it) => it !== manifest && read.some((path) => baseName(path) === it));
  const own = asked.length > 0 ? asked.slice(0, 2) : manifest.includes('*') || !lock ? [manifest] : [manifest, lock];
  const root = isWholeContext(source) ? '' : fromRoot(source);
  const inContext = (path: string): string => {
    const place = folder === undefined ? path : placeIn(folder, path);
    return isBelow(place, target) ? joined(root, below(place, target)) : clean(path);
  };
  return [...new Set([...own, ...named.map(({ path }) => path!)].map(inContext))];
}

/** Whether a path is that of a file by its name. */
const isFileName = (path: string): boolean => /\.[\w-]+$|rc$/.test(baseName(path)) && !path.endsWith('/');

/** Whether files lie in more than one folder, so that one COPY into a folder would lay them beside each other. */
export const isSpread = (files: readonly string[]): boolean => new Set(files.map(folderOf)).size > 1;
