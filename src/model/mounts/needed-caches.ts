import { buildsFromCache } from '../../knowledge/managers/cache-places.ts';
import type { PackageOperation } from '../../shell/packages.ts';
import type { Span } from '../../text/span.ts';
import type { Step } from '../model.ts';
import { cacheMounts, type KnownMount, keptOut } from './mounts.ts';
import { takes } from './package-caches.ts';

/** An operation whose packages an earlier RUN left in a cache mount that this RUN has not. */
export interface Need {
  readonly operation: PackageOperation;
  readonly mounted: KnownMount;
  readonly path: string;
  /** The words by which it may not download them; undefined where it does that again. */
  readonly at: Span | undefined;
}

const fetches = new Set(['download', 'install']);
const builds = new Set(['build', 'run', 'install', 'download']);

/** What the operations of a RUN need of the caches that earlier ones filled. */
export function needsOf(step: Step): Need[] {
  const { earlier } = step;
  if (step.instruction.kind !== 'Run' || !step.script?.parsed) return [];
  const found: Need[] = [];
  for (const operation of step.operations) {
    const { manager, family, action } = operation;
    if (!buildsFromCache.has(manager) || !builds.has(action) || isVendored(operation, step, earlier)) continue;
    if (found.some((it) => it.operation.family === family)) continue;
    const cached = cacheOf(operation);
    if (cached === undefined || keptOut(step).some((folder) => takes(folder, cached))) continue;
    // the last RUN that downloads decides whether the packages are there
    const filled = earlier.findLast((it) => it.operations.some((one) => fillsSame(one, family, cached)));
    const mounted = filled && cacheMounts(filled).find(({ target }) => takes(target, cached));
    if (!mounted || !filled.operations.some((one) => fillsSame(one, family, cached) && fetches.has(one.action)))
      continue;
    if (
      earlier.some(
        (it) =>
          it.operations.some((one) => fillsSame(one, family, cached)) &&
          !keptOut(it).some((folder) => takes(folder, cached)),
      )
    )
      continue;
    // a command before it in this RUN downloads for it
    const first = step.operations.find((one) => fillsSame(one, family, cached)) ?? operation;
    found.push({ operation: first, mounted, path: mounted.target, at: offlineAt(first, step) });
  }
  return found;
}

/** The folder with the packages: the first of the table; what is compiled has one of its own. */
const cacheOf = ({ caches, manager, verb }: PackageOperation): string | undefined =>
  // its packages are read from there, though nothing is added
  caches[0] ?? (manager === 'dart' && verb?.text === 'compile' ? '~/.pub-cache' : undefined);

const fillsSame = (operation: PackageOperation, family: string, path: string): boolean =>
  operation.family === family && operation.caches[0] === path;

function offlineAt({ flags, manager, command, caches, verb }: PackageOperation, { before }: Step): Span | undefined {
  const word = [...(flags.get('offline') ?? []), ...(flags.get('frozen') ?? []), ...(flags.get('noDeps') ?? [])].find(
    ({ name }) => offlineOptions.has(name),
  )?.word;
  if (word) return word.span;
  // it compiles what is there
  if (caches.length === 0) return verb?.span;
  if (manager !== 'go') return undefined;
  const own = command.assignments.find(({ name, value }) => name === 'GOPROXY' && value?.text === 'off');
  const proxy = before.variable('GOPROXY')?.value;
  return own?.span ?? (proxy?.state === 'known' && proxy.text === 'off' ? command.word.span : undefined);
}

const offlineOptions = new Set(['-o', '--offline', '-offline', '--frozen', '--no-restore']);

/** Packages that are part of the project. */
export function isVendored({ command, manager }: PackageOperation, step: Step, earlier: readonly Step[]): boolean {
  const texts = [...command.args, ...command.assignments.flatMap(({ value }) => value ?? [])].map(({ text }) => text);
  const flags = step.before.variable('GOFLAGS')?.value;
  const all = [...texts, flags?.state === 'known' ? flags.text : ''];
  if (all.some((text) => /-mod[= ]?=?vendor/.test(text))) return true;
  if (manager !== 'go' && manager !== 'cargo') return false;
  return earlier.some(
    ({ instruction, operations }) =>
      operations.some(
        ({ verb, family }) => (family === 'go' || family === 'cargo') && /vendor/.test(verb?.text ?? ''),
      ) ||
      ((instruction.kind === 'Copy' || instruction.kind === 'Add') &&
        instruction.sources.some(({ text }) => /(?:^|\/)vendor\/?$/.test(text))),
  );
}
