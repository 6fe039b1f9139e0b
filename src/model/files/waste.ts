import { below, fixedPart, foldersOf, hasWildcard, isBelow, LONGEST_PATH } from '../../text/path.ts';
import { matchesPattern } from '../context/ignore.ts';
import type { Stage, Step, Take, Waste } from '../model.ts';
import { flagOf } from '../stages/flags.ts';
import type { Effect } from './effect.ts';
import { takenBelow } from './effects.ts';

interface Written {
  readonly step: Step;
  readonly effect: Effect;
}

/** What a stage and those it stands on waste, in the order of the later end. Only where both ends are certain. */
export function wasteOf(stage: Stage): readonly Waste[] {
  const found: Waste[] = [];
  const live = new Live();
  const installed = new Map<string, Written>();
  for (const step of stage.allSteps) {
    // what one RUN both changes and removes is stored in no layer, so all of it is looked at before any is told
    const told: Waste[] = [];
    for (const effect of step.effects.all) {
      if (effect.path === '/' || effect.path.length > LONGEST_PATH) continue;
      if (effect.sure) after({ step, effect }, live, told);
      else if (effect.kind === 'remove')
        for (const it of live.near(effect)) if (isPerhapsAll({ step, effect }, it)) live.delete(it);
    }
    const removed = removedIn(told);
    for (const it of told) if (it.kind === 'removed' || !removed.get(it.written)?.has(it.path)) found.push(it);
    for (const it of packagesOf(step, installed)) found.push(it);
  }
  return found;
}

/** The packages of earlier layers that a RUN removes; what it installs itself goes to `installed`. */
function packagesOf(step: Step, installed: Map<string, Written>): Waste[] {
  if (step.instruction.kind !== 'Run') return [];
  const effects = new Map<Effect['command'], Effect>();
  for (const it of step.effects.all) if (it.sure && !effects.has(it.command)) effects.set(it.command, it);
  return step.operations.flatMap(({ action, packages, flags, command }) => {
    const effect = effects.get(command);
    const virtual = (flags.get('virtual') ?? []).flatMap(({ value }) => value?.text ?? []);
    const names = [...packages.flatMap(({ name }) => name ?? []), ...virtual];
    if (!effect) return [];
    if (action === 'install') for (const name of names) installed.set(name, { step, effect });
    if (action !== 'remove') return [];
    return names.flatMap((name): Waste[] => {
      const before = installed.get(name);
      installed.delete(name);
      if (!before || before.step === step) return [];
      const again = { step, effect };
      return [{ kind: 'removed', what: 'package', path: name, written: before, again, bytes: undefined }];
    });
  });
}

/** What is removed, with the paths. */
function removedIn(told: readonly Waste[]): ReadonlyMap<Written, ReadonlySet<string>> {
  const removed = new Map<Written, Set<string>>();
  for (const { kind, path, written: it } of told)
    if (kind === 'removed') removed.set(it, (removed.get(it) ?? new Set()).add(path));
  return removed;
}

/** What stands in layers, by path, so that an effect meets only what it may reach. */
class Live {
  #count = 0;
  readonly #numbers = new Map<Written, number>();
  /** By the path itself. */
  readonly #at = new Map<string, Set<Written>>();
  /** By the path and what is copied there, if it is a folder. */
  readonly #same = new Map<string, Set<Written>>();
  /** By the path and by every folder that it lies in. */
  readonly #under = new Map<string, Set<Written>>();

  add(it: Written): void {
    this.#numbers.set(it, this.#count++);
    const { path } = it.effect;
    put(this.#at, path, it);
    put(this.#same, sameKey(it), it);
    for (const folder of foldersOf(path)) put(this.#under, folder, it);
  }

  delete(it: Written): void {
    const { path } = it.effect;
    this.#numbers.delete(it);
    this.#at.get(path)?.delete(it);
    this.#same.get(sameKey(it))?.delete(it);
    for (const folder of foldersOf(path)) this.#under.get(folder)?.delete(it);
  }

  at(path: string): Iterable<Written> {
    return this.#at.get(path) ?? [];
  }

  /** What one more file, or one more copy of a folder, may replace. */
  like(it: Written): Written[] {
    return [...(this.#same.get(sameKey(it)) ?? [])];
  }

  /** What an effect may reach, in the order of writing: the path, what lies below, and the folders that it lies in. */
  near({ path, deep }: Effect): Written[] {
    const wild = hasWildcard(path);
    const found = new Set<Written>(wild || deep ? this.#under.get(wild ? fixedPart(path) : path) : this.#at.get(path));
    for (const folder of foldersOf(path)) for (const it of this.at(folder)) found.add(it);
    return [...found].sort((a, b) => this.#numbers.get(a)! - this.#numbers.get(b)!);
  }
}

const sameKey = (it: Written): string => (it.effect.deep ? `${it.effect.path}\n${sourceOf(it)}` : it.effect.path);

function put(index: Map<string, Set<Written>>, path: string, it: Written): void {
  const known = index.get(path);
  if (known) known.add(it);
  else index.set(path, new Set([it]));
}

/** What stands in layers after one more effect; what it wastes goes to `told`. */
function after(now: Written, live: Live, told: Waste[]): void {
  const { step, effect } = now;
  if (effect.kind === 'write') written(now, live, told);
  if (effect.kind === 'remove') {
    const near = live.near(effect);
    const aimed = near.some((it) => it.effect.means !== 'extract' && isWhole(effect, it.effect.path));
    for (const it of near) {
      if (!aimed && isPerhapsAll(now, it)) {
        live.delete(it);
        continue;
      }
      if (!isWhole(effect, it.effect.path)) {
        const part = it.step === step ? undefined : partOf(it, effect);
        if (part)
          told.push({ kind: 'removed', what: 'file', path: effect.path, written: it, again: now, bytes: part.bytes });
        continue;
      }
      live.delete(it);
      if (it.step !== step)
        told.push({
          kind: 'removed',
          what: it.effect.means === 'cache' ? 'cache' : 'file',
          path: it.effect.path,
          written: it,
          again: now,
          bytes: it.effect.bytes,
        });
    }
  }
  if (effect.kind === 'change') {
    const near = live.near(effect);
    for (const it of near) {
      if (it.step === step || it.effect.means === 'cache' || isNoChange(now, it)) continue;
      const whole = isWhole(effect, it.effect.path);
      const part = whole ? it.effect : partOf(it, effect);
      if (part && (whole || !broughtBySome(effect, it, near)))
        told.push({
          kind: 'changed',
          what: 'file',
          path: whole ? it.effect.path : effect.path,
          written: it,
          again: now,
          bytes: part.bytes,
        });
    }
  }
}

/** Folders and links have no content; what packages bring is nobody's file. */
const contents: ReadonlySet<Effect['means']> = new Set([
  ...(['copy', 'download', 'extract', 'clone', 'redirect', 'file', 'move', 'install', 'cache'] as const),
]);

function written(now: Written, live: Live, told: Waste[]): void {
  const { step, effect } = now;
  if (!contents.has(effect.means)) return;
  const before = live.like(now).find((it) => isReplacedBy(it, now));
  if (before && before.step !== step)
    told.push({
      kind: 'rewritten',
      what: 'file',
      path: effect.path,
      written: before,
      again: now,
      bytes: before.effect.bytes,
    });
  if (before) live.delete(before);
  live.add(now);
}

/** Whether one file, or what one source copies, comes a second time. */
function isReplacedBy(it: Written, { step, effect }: Written): boolean {
  if (it.effect.path !== effect.path || hasWildcard(effect.path)) return false;
  if (!it.effect.deep && !effect.deep) return !isPerhapsFolder(it, { step, effect });
  return (
    it.effect.deep &&
    effect.deep &&
    effect.means === 'copy' &&
    sourceOf(it) !== '' &&
    sourceOf(it) === sourceOf({ step, effect })
  );
}

/** `COPY a /app` and `COPY b /app`: where /app is a folder, these are two files. */
function isPerhapsFolder(one: Written, other: Written): boolean {
  const names = [one, other].map((it) => sourceOf(it).replace(/^.*[ /]/, ''));
  return names[0] !== names[1] && names.every((name) => name !== '' && !one.effect.path.endsWith(`/${name}`));
}

const remembered = new WeakMap<Step, ReadonlyMap<Effect['at'], Take>>();

/** What a step copies, by the words that say so. */
function copiesOf(step: Step): ReadonlyMap<Effect['at'], Take> {
  const known =
    remembered.get(step) ?? new Map(step.takes.flatMap((it) => (it.via === 'copy' ? [[it.at, it] as const] : [])));
  remembered.set(step, known);
  return known;
}

/** The source of a copy with where it is taken from; empty for what is no copy. */
function sourceOf({ step, effect }: Written): string {
  const { instruction } = step;
  const take = copiesOf(step).get(effect.at);
  return take ? `${flagOf(instruction, 'from')?.value?.text ?? ''} ${take.source}` : '';
}

/** Whether an effect on `by` reaches all that a path stands for. */
function isWhole({ path: by, deep }: Effect, path: string): boolean {
  if (by === path || by === `${path}/*`) return true;
  if (hasWildcard(by))
    return !hasWildcard(path) && matchesPattern(by.slice(1), path.slice(1)) && (deep || sameDepth(by, path));
  return deep && isBelow(path, by);
}

/** Whether the RUN that unpacks an archive may itself remove, or move away, all that came of it: what its names are is not known. */
const isPerhapsAll = (removed: Written, { step, effect }: Written): boolean =>
  step === removed.step && effect.means === 'extract' && effect.deep && isBelow(removed.effect.path, effect.path);

const sameDepth = (a: string, b: string): boolean => a.split('/').length === b.split('/').length;

/** Whether something else may bring what an effect reaches, closer than a folder whose files are not known. */
const broughtBySome = (effect: Effect, it: Written, near: readonly Written[]): boolean =>
  near.some(
    (other) =>
      other.effect.path !== it.effect.path &&
      isBelow(other.effect.path, it.effect.path) &&
      (isWhole(effect, other.effect.path) || (other.effect.deep && isBelow(effect.path, other.effect.path))),
  ) && takenBelow(it.step, it.effect, effect.path) === undefined;

/** What an effect reaches of a folder that was brought as a whole, where it is certain that this was part of it. */
function partOf(
  { step, effect: brought }: Written,
  { path, kind, means }: Effect,
): { bytes: number | undefined } | undefined {
  if (!brought.deep || hasWildcard(path) || path === brought.path || !isBelow(path, brought.path)) return undefined;
  const rest = below(path, brought.path);
  if (brought.means === 'clone') return rest === '.git' ? { bytes: undefined } : undefined;
  if (brought.means !== 'copy') return undefined;
  const files = takenBelow(step, brought, path);
  if (files) return files.length > 0 ? { bytes: files.reduce((sum, { size }) => sum + size, 0) } : undefined;
  // chmod of what is not there fails, and nothing else is seen to bring it
  return kind === 'change' && means !== 'edit' ? { bytes: undefined } : undefined;
}

/** Whether files that were copied with a mode have what chmod gives them. */
function hasMode(copied: string | undefined, { command }: Effect): boolean {
  const given = command?.args.find(({ text }) => !text.startsWith('-'))?.text;
  if (copied === undefined || given === undefined) return false;
  if (copied.replace(/^0/, '') === given.replace(/^0/, '')) return true;
  const mayRun = /^0?[1357]{3}$/.test(copied) || /^(?:a|ugo)?\+[rw]*x/.test(copied);
  return mayRun && /^(?:a|ugo)?\+x$/.test(given);
}

/** Whether files get the owner or the mode that they have. */
function isNoChange({ effect }: Written, { step: { instruction } }: Written): boolean {
  if (effect.means === 'mode' && (instruction.kind === 'Copy' || instruction.kind === 'Add'))
    return hasMode(flagOf(instruction, 'chmod')?.value?.text, effect);
  if (effect.means !== 'owner' || (instruction.kind !== 'Copy' && instruction.kind !== 'Add')) return false;
  const flag = flagOf(instruction, 'chown')?.value?.text ?? '0:0';
  const given = effect.command?.args.find(({ text }) => !text.startsWith('-'))?.text ?? '';
  const plain = (owner: string): string =>
    owner
      .replace(/\broot\b/g, '0')
      .replace(/^(\w+)$/, '$1:$1')
      .replace(/:$/, '');
  return plain(given) === plain(flag) || (/^0/.test(plain(flag)) && /^(?:0|root)$/.test(given));
}
