import { otherShells } from '../../knowledge/commands/other-shells.ts';
import type { Command } from '../../shell/command.ts';
import { baseName, clean } from '../../text/path.ts';
import type { Step } from '../model.ts';

/** Where sh is found: a link to dash leads to what is put in the place of dash. */
const places = new Set(['/bin/sh', '/usr/bin/sh', '/bin/dash', '/usr/bin/dash']);
const writers = new Set(['ln', 'cp', 'mv', 'install']);
const shells = new Set([...otherShells, 'ash', 'busybox']);

/** The program that a RUN makes /bin/sh into, `?` where that is not known; undefined where it leaves it alone. */
export function shMadeBy({ instruction, script, operations, effects }: Step): string | undefined {
  if (instruction.kind !== 'Run' || !script) return undefined;
  let made: string | undefined;
  for (const command of script.commands) {
    const { name } = command;
    if (name === undefined) continue;
    if (writers.has(name)) made = putBy(command, () => effects.folders.get(command)) ?? made;
    else if (name === 'dpkg-reconfigure' && has(command, /^dash$/)) made = preseeded(script.commands);
    else if (name === 'update-alternatives' && has(command, /(?:^|\/)sh$/))
      made = shellAmong(command, /^\/.*[^/]$/) ?? '?';
    else if (name === 'dpkg-divert' && has(command, /\/(?:sh|dash)$/)) made ??= '?';
  }
  const binsh = operations.flatMap(({ action, packages }) => (action === 'install' ? packages : []));
  return binsh.map(({ name = '' }) => /^(\w+)-binsh$/.exec(name)?.[1]).find((it) => it !== undefined) ?? made;
}

/** What /bin/sh has become by the steps before this one; undefined where they leave it alone. */
export function shReplacedBefore({ stage, index }: Step): string | undefined {
  const own = stage?.shMade.findLast((it) => it.index < index);
  return own ? own.made : stage?.lineage.findLast((it) => it !== stage && it.shMade.length > 0)?.shMade.at(-1)?.made;
}

function putBy({ args }: Command, folder: () => string | undefined): string | undefined {
  const words = args.map(({ text }) => text).filter((text) => !text.startsWith('-'));
  const target = words.at(-1);
  if (words.length < 2 || !/(?:^|\/)(?:sh|dash)$/.test(target!)) return undefined;
  const path = target!.startsWith('/') ? target! : `${folder() ?? ''}/${target}`;
  if (!places.has(clean(path))) return undefined;
  const shell = baseName(words[0]!);
  return shells.has(shell) ? shell : '?';
}

/** `echo "dash dash/sh boolean false" | debconf-set-selections && dpkg-reconfigure dash` */
function preseeded(commands: readonly Command[]): string {
  const said = commands.flatMap(({ args }) => args.map(({ text }) => text)).join(' ');
  const answer = /dash\/sh\s+boolean\s+(true|false)/.exec(said)?.[1];
  return answer === undefined ? '?' : answer === 'false' ? 'bash' : 'dash';
}

const has = ({ args }: Command, shape: RegExp): boolean => args.some(({ text }) => shape.test(text));

const shellAmong = ({ args }: Command, shape: RegExp): string | undefined =>
  args.map(({ text }) => (shape.test(text) ? baseName(text) : '')).find((name) => shells.has(name));
