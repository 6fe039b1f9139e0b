import type { Command, PackageOperation, Step } from '../../src/engine/rule.ts';
import { absolute, covers } from './paths.ts';

/** The folders that an operation fills and that are still full when the layer of its RUN is written. */
export function cachesInLayer(operation: PackageOperation, step: Step): string[] {
  const later = (step.script?.commands ?? []).filter(({ span }) => span.start > operation.command.span.start);
  const emptied = [
    ...mounted(step),
    ...step.operations.filter(({ command }) => later.includes(command)).flatMap(({ cleans }) => cleans),
    ...later.flatMap((command) => removedBy(command, step)),
  ];
  return operation.caches.filter(
    (path) => !emptied.some((by) => [path, ...elsewhere(path)].some((it) => empties(by, it))),
  );
}

/** Where other versions of the same manager have their cache: dnf 5 of Fedora 41 and newer, Yarn without root, Yarn 2. */
const elsewhere = (path: string): readonly string[] =>
  Object.entries(otherPlaces).find(([place]) => path.startsWith(place))?.[1] ?? [];

const otherPlaces: Readonly<Record<string, readonly string[]>> = {
  '/var/cache/dnf': ['/var/cache/libdnf5', '/var/cache/yum', '~/.cache/libdnf5'],
  '/var/cache/yum': ['/var/cache/dnf'],
  '/usr/local/share/.cache/yarn': ['~/.cache/yarn', '~/.yarn', '~/.yarn/berry/cache'],
};

/** Whether a later RUN of the stage does nothing but empty it, which comes too late and is told there. */
export function isEmptiedLater(path: string, { index, stage }: Step): boolean {
  return (stage?.steps.slice(index + 1) ?? []).some((step) => {
    // with an install of its own it cleans up after that
    if (step.operations.some(({ action }) => action === 'install' || action === 'update-index')) return false;
    const commands = step.instruction.kind === 'Run' ? (step.script?.commands ?? []) : [];
    const emptied = [
      ...step.operations.flatMap(({ cleans }) => cleans),
      ...commands.flatMap((it) => removedBy(it, step)),
    ];
    return emptied.some((by) => empties(by, path));
  });
}

/** Where mounts keep what is written out of the layer. */
function mounted({ instruction, before }: Step): string[] {
  const folder = before.workdir.state === 'known' ? before.workdir.text : undefined;
  return instruction.flags.flatMap(({ mount }) =>
    mount?.target !== undefined && (mount.type === 'cache' || mount.type === 'tmpfs')
      ? [absolute(folder, mount.target.replace(/^['"]|['"]$/g, '')) ?? mount.target]
      : [],
  );
}

/** What `rm` and `find … -delete` take away, homes written as `~`. */
function removedBy({ name, args }: Command, { before }: Step): string[] {
  const texts = args.map(({ text }) => text.replace(/^\$\{?HOME\}?(?=\/|$)/, '~'));
  const folder = before.workdir.state === 'known' ? before.workdir.text : undefined;
  // a star at the end takes the folder whose name begins so
  const place = (text: string): string[] =>
    text.startsWith('~') ? [text] : [absolute(folder, text.replace(/(?<=[^/])\*$/, '')) ?? []].flat();
  if (name === 'find' && (texts.includes('-delete') || texts.includes('rm'))) return texts.slice(0, 1).flatMap(place);
  return name === 'rm' ? texts.filter((text) => !text.startsWith('-')).flatMap(place) : [];
}

/** Whether emptying `by` empties `path`; whose home `~` is, is not known, so every home counts. */
function empties(by: string, path: string): boolean {
  if (!path.startsWith('~/')) return by.startsWith('/') && covers(by, path);
  const home = by.startsWith('~') ? by : by.replace(/^(?:\/root|\/home\/[^/]+)(?=\/|$)/, '~');
  if (home.startsWith('~')) return covers(home, path);
  const rest = path.slice(1);
  // a home that is elsewhere: the end of the path tells
  return by !== '/' && rest.startsWith(by.slice(by.indexOf('/.')));
}

/** Whether the RUN is a plain list of `&&` to whose end something may be added. */
export function endOfChain({ instruction, script }: Step): number | undefined {
  if (instruction.kind !== 'Run' || instruction.command?.kind !== 'ShellForm' || instruction.heredocs.length > 0)
    return undefined;
  const own = script?.parsed
    ? script.commands.filter(({ within }) => !within.includes('string') && !within.includes('substitution'))
    : [];
  const chain = own.every(
    ({ within, joint }) => within.length === 0 && (joint === 'start' || joint === '&&' || joint === '|'),
  );
  const end = instruction.command.span.end;
  return chain && own.length > 0 && own.at(-1)!.span.end === end ? end : undefined;
}
