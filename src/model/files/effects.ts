import type { Instruction } from '../../../grammar/index.ts';
import { archiveEndings } from '../../knowledge/commands/archives.ts';
import { ecosystems } from '../../knowledge/project/ecosystems/index.ts';
import { baseName, clean, fixedPart, fromRoot, hasWildcard, isBelow, joined } from '../../text/path.ts';
import type { ContextFile } from '../context/context.ts';
import { lazy } from '../lazy.ts';
import type { Step, Take } from '../model.ts';
import { textOf } from '../stages/expand.ts';
import { hasFlag, isOn } from '../stages/flags.ts';
import { folderIn, isKnownPlace } from '../stages/folder.ts';
import { type Effect, type Effects, effect, type Found } from './effect.ts';
import { ofScript } from './script-effects.ts';
import { isTransfer, type Transfer } from './takes.ts';

/** What a step does to the files of its image, what is in mounts left out; nothing for what makes no layer. */
export function effectsOf(step: Step): Effects {
  const { instruction } = step;
  const found: Found = { effects: [], unknowns: [], folders: new Map() };
  if (isTransfer(instruction)) ofTransfer(step, instruction, found);
  else if (instruction.kind === 'Workdir') {
    const path = folderIn(step, step.after.workdir);
    if (path === undefined) found.unknowns.push(instruction.span);
    else found.effects.push(effect('write', path, 'folder', instruction.span));
  } else if (instruction.kind === 'Run') ofScript(step, found);
  const mounts = step.mounts.flatMap(({ target, type }) =>
    target === undefined || type === 'secret' || type === 'ssh' ? [] : [target],
  );
  const all =
    mounts.length === 0
      ? found.effects
      : found.effects.filter(({ path }) => !mounts.some((folder) => isBelow(path, folder)));
  return { all, complete: found.unknowns.length === 0, unknown: found.unknowns, folders: found.folders };
}

function ofTransfer(step: Step, { destination, span }: Transfer, found: Found): void {
  const target = step.takes[0]?.target;
  if (target === undefined || !isKnownPlace(target)) {
    found.unknowns.push(destination?.span ?? span);
    return;
  }
  for (const take of step.takes) {
    if (!take.certain) found.unknowns.push(take.at);
    for (const it of ofTake(take, target, step)) found.effects.push(it);
  }
}

/** What one source brings: a text, a download, a clone, what an archive holds, a file or a folder. */
function ofTake(take: Take, target: string, step: Step): Effect[] {
  const { origin, at, source, certain, into } = take;
  const place = (name: string): string => (into ? joined(target, clean(name)) : target);
  if (origin.kind === 'text') {
    const { delimiter, body } = origin.heredoc;
    const text = textOf(step.expand(body).value);
    const bytes = text === undefined ? undefined : bytesOf(text);
    return [effect('write', place(delimiter), 'copy', at, { bytes })];
  }
  if (!certain) return [effect('write', target, 'copy', at, { deep: true })];
  if (origin.kind === 'network') {
    if (/\.git(?:[#?]|$)|^(?:git|ssh):|^[\w.-]+@/.test(source))
      return [effect('write', target, 'clone', at, { deep: true })];
    if (isOn(step.instruction, 'unpack')) return [effect('write', target, 'extract', at, { deep: true })];
    const name = baseName(source.replace(/[?#].*$/, ''));
    return [effect('write', place(name === '' ? '*' : name), 'download', at)];
  }
  if (unpacks(step.instruction, source)) return [effect('write', target, 'extract', at, { deep: true })];
  return ofFiles(take, target);
}

/** ADD unpacks an archive of the context unless it is told not to. */
function unpacks(instruction: Instruction, source: string): boolean {
  if (instruction.kind !== 'Add' || (hasFlag(instruction, 'unpack') && !isOn(instruction, 'unpack'))) return false;
  const lower = source.toLowerCase();
  return archiveEndings.some((ending) => lower.endsWith(ending));
}

function ofFiles({ at, source, into, parents, copied }: Take, target: string): Effect[] {
  const place = (name: string): string => (into ? joined(target, clean(name)) : target);
  const known =
    copied !== undefined && copied.missing.length === 0 && copied.ignored.length === 0 && copied.files.length > 0
      ? copied
      : undefined;
  const bytes = known?.bytes;
  const plain = fromRoot(source);
  if (parents) {
    const kept = fromRoot(source.slice(source.indexOf('/./') + 1));
    return [effect('write', clean(joined(target, fixedPart(`/${kept}`))), 'copy', at, { deep: true, bytes })];
  }
  const wild = hasWildcard(source);
  const isFile = known ? !wild && known.files.length === 1 && known.files[0]!.path === plain : hasFileName(source);
  if (isFile) return [effect('write', place(baseName(source)), 'copy', at, { bytes })];
  if (!wild) return [effect('write', target, 'copy', at, { deep: true, bytes })];
  const depth = plain.split('/').length;
  if (known?.files.every(({ path }) => path.split('/').length === depth))
    return known.files.map(({ path, size }) => effect('write', place(baseName(path)), 'copy', at, { bytes: size }));
  // where one file fits the pattern, the target may be the file
  const path = into ? clean(joined(target, baseName(source))) : target;
  return [effect('write', path, 'copy', at, { deep: true, bytes })];
}

/** Whether a path is that of a file by its name: it has an ending, or is a manifest such as `Gemfile`. */
function hasFileName(path: string): boolean {
  const name = baseName(path);
  return /^[^*?[]+\.[^*?[.]+$/.test(name) || manifestNames().has(name);
}

const manifestNames = lazy(() => new Set(ecosystems.flatMap(({ manifests, locks }) => [...manifests, ...locks])));

/**
 * The files of the build context that a step brings to `path` or below it, which lies below a folder that it copies; undefined
 * where that is not known.
 */
export function takenBelow({ takes }: Step, brought: Effect, path: string): ContextFile[] | undefined {
  const take = takes.find(({ at }) => at === brought.at);
  if (!take || hasWildcard(take.source) || !take.copied || take.copied.files.length === 0) return undefined;
  return [...take.landed].flatMap(([place, file]) => (isBelow(place, path) ? [file] : []));
}

/** The size of a text in UTF-8. */
const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
