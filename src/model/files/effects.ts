import type { Instruction } from '../../../grammar/index.ts';
import { archiveEndings } from '../../knowledge/commands/archives.ts';
import { usualFolders } from '../../knowledge/commands/file-commands.ts';
import { ecosystems } from '../../knowledge/project/ecosystems/index.ts';
import type { Span } from '../../text/span.ts';
import type { Step } from '../model.ts';
import { textOf } from '../stages/expand.ts';
import { isRemote } from '../stages/paths.ts';
import {
  baseOf,
  type Effect,
  type Effects,
  effect,
  type Found,
  fixedPart,
  folderBefore,
  folderIn,
  isBelow,
  placed,
} from './effect.ts';
import { ofScript } from './script-effects.ts';

export { type Effect, type EffectKind, type Effects, folderBefore, isBelow, type Means, mayTouch } from './effect.ts';

import { clean } from '../../text/path.ts';

const kept = new WeakMap<Step, Effects>();

/** What a step does to the files of its image, what is in mounts left out; nothing for what makes no layer. */
export function effectsOf(step: Step): Effects {
  const found = kept.get(step) ?? compute(step);
  kept.set(step, found);
  return found;
}

function compute(step: Step): Effects {
  const { instruction } = step;
  const found: Found = { effects: [], unknowns: [], folders: new Map() };
  if (instruction.kind === 'Copy' || instruction.kind === 'Add') ofTransfer(step, instruction, found);
  else if (instruction.kind === 'Workdir') {
    const path = folderIn(step, step.after.workdir);
    if (path === undefined) found.unknowns.push(instruction.span);
    else found.effects.push(effect('write', path, 'folder', instruction.span));
  } else if (instruction.kind === 'Run') ofScript(step, found);
  const mounts = mountedAt(step);
  const all = found.effects.filter(({ path }) => !mounts.some((folder) => isBelow(path, folder)));
  return { all, complete: found.unknowns.length === 0, unknown: found.unknowns, folders: found.folders };
}

function mountedAt(step: Step): string[] {
  const folder = folderBefore(step);
  const { instruction } = step;
  return instruction.flags.flatMap(({ mount }) => {
    if (mount?.target === undefined || mount.type === 'secret' || mount.type === 'ssh') return [];
    return placed(mount.target, folder, '~') ?? [];
  });
}

/** Whether a path is that of a file by its name: it has an ending, or is a manifest such as `Gemfile`. */
function hasFileName(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /^[^*?[]+\.[^*?[.]+$/.test(name) || manifestNames.has(name);
}

const manifestNames = new Set(ecosystems.flatMap(({ manifests, locks }) => [...manifests, ...locks]));

function ofTransfer(step: Step, instruction: Extract<Instruction, { kind: 'Copy' | 'Add' }>, found: Found): void {
  const { sources, destination, heredocs, flags } = instruction;
  const to = destination && textOf(step.expand(destination).value);
  const root = to === undefined ? undefined : placed(to, folderBefore(step), '~');
  if (root === undefined) {
    found.unknowns.push(destination?.span ?? instruction.span);
    return;
  }
  const from = flags.some(({ name }) => name.text === 'from');
  const parents = flags.some(({ name, value }) => name.text === 'parents' && value?.text !== 'false');
  const exclude = flags.flatMap(({ name, value }) => (name.text === 'exclude' && value ? [value.text] : []));
  const workdir = folderBefore(step);
  const isFolder = usualFolders.has(root) || (workdir !== undefined && isBelow(workdir, root));
  const folder = /(?:^|\/)\.{0,2}$/.test(to!) || sources.length > 1 || isFolder;
  for (const source of sources) {
    const heredoc = heredocs.find(({ opener }) => opener.start >= source.span.start && opener.end <= source.span.end);
    if (heredoc) {
      const path = folder ? clean(`${root}/${heredoc.delimiter}`) : root;
      const text = textOf(step.expand(heredoc.body).value);
      const bytes = text === undefined ? undefined : bytesOf(text);
      found.effects.push(effect('write', path, 'copy', source.span, { bytes }));
      continue;
    }
    const text = textOf(step.expand(source).value);
    if (text === undefined) {
      found.effects.push(effect('write', root, 'copy', source.span, { deep: true }));
      found.unknowns.push(source.span);
      continue;
    }
    found.effects.push(...ofSource(step, text, source.span, { root, folder, from, parents, exclude }));
  }
}

interface Target {
  readonly root: string;
  /** Whether the destination is a folder that the sources go into. */
  readonly folder: boolean;
  readonly from: boolean;
  readonly parents: boolean;
  readonly exclude: readonly string[];
}

function ofSource(step: Step, text: string, at: Span, { root, folder, from, parents, exclude }: Target): Effect[] {
  const into = (name: string): string => (folder ? clean(`${root}/${name}`) : root);
  if (isRemote(text)) {
    if (/\.git(?:[#?]|$)|^(?:git|ssh):|^[\w.-]+@/.test(text))
      return [effect('write', root, 'clone', at, { deep: true })];
    const name = baseOf(text.replace(/[?#].*$/, ''));
    return [effect('write', into(name === '' ? '*' : name), 'download', at)];
  }
  const lower = text.toLowerCase();
  const unpacks = step.instruction.kind === 'Add' && archiveEndings.some((ending) => lower.endsWith(ending));
  if (unpacks) return [effect('write', root, 'extract', at, { deep: true })];
  const taken = from ? undefined : step.stage?.context?.copied([text], { exclude, parents });
  const known =
    taken !== undefined && taken.missing.length === 0 && taken.ignored.length === 0 && taken.files.length > 0;
  const bytes = known ? taken.bytes : undefined;
  const plain = clean(`/${text}`).slice(1);
  if (parents) return [effect('write', clean(`${root}/${fixedPart(`/${plain}`)}`), 'copy', at, { deep: true, bytes })];
  const wild = /[*?[]/.test(text);
  const isFile = known ? !wild && taken.files.length === 1 && taken.files[0]!.path === plain : hasFileName(text);
  if (isFile) return [effect('write', into(baseOf(text)), 'copy', at, { bytes })];
  if (wild) {
    const files = known && taken.files.every(({ path }) => path.split('/').length === plain.split('/').length);
    if (files)
      return taken.files.map(({ path, size }) => effect('write', into(baseOf(path)), 'copy', at, { bytes: size }));
    return [effect('write', clean(`${root}/${baseOf(text)}`), 'copy', at, { deep: true, bytes })];
  }
  return [effect('write', root, 'copy', at, { deep: true, bytes })];
}

/**
 * The files of the build context that a step brings to `path` or below it, which lies below a folder that it copies; undefined
 * where that is not known.
 */
export function takenBelow({ instruction, stage, expand }: Step, brought: Effect, path: string) {
  if (instruction.kind !== 'Copy' && instruction.kind !== 'Add') return undefined;
  if (!stage?.context || instruction.flags.some(({ name }) => name.text === 'from' || name.text === 'parents'))
    return undefined;
  const source = instruction.sources.find(({ span }) => span === brought.at);
  const text = source && textOf(expand(source).value);
  if (text === undefined || /[*?[]/.test(text)) return undefined;
  const exclude = instruction.flags.flatMap(({ name, value }) =>
    name.text === 'exclude' && value ? [value.text] : [],
  );
  const { files } = stage.context.copied([text], { exclude });
  if (files.length === 0) return undefined;
  const root = text.replace(/^[./]+/, '').replace(/\/+$/, '');
  const rest = path.slice(brought.path === '/' ? 1 : brought.path.length + 1);
  const below = root === '' ? rest : `${root}/${rest}`;
  return files.filter((file) => file.path === below || file.path.startsWith(`${below}/`));
}

/** The size of a text in UTF-8. */
const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
