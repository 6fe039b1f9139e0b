import type { Command, Step } from '../../src/engine/rule.ts';
import { busyboxAdduserValued, useraddValued } from '../../src/knowledge/commands/user-tools.ts';
import { type Account, imageAccounts } from '../../src/knowledge/images/accounts.ts';
import { readArguments } from './arguments.ts';
import { userOf } from './users.ts';

const root: Account = { name: 'root', uid: 0, gid: 0, home: '/root' };

/** Who runs a step, with what image or file tell about the account; undefined where nobody tells who it is. */
export function accountOf(step: Step): Account | undefined {
  const user = userOf(step);
  if (user === 'root') return root;
  const { before } = step;
  if (user === undefined || before.user.state !== 'known') return undefined;
  const [name = '', group] = before.user.text.trim().split(':');
  const known = [...madeBefore(step), ...ofImage(step)];
  const isNumber = /^\d+$/.test(name);
  const found = known.find((it) => (isNumber ? it.uid === Number(name) : it.name === name));
  const gid =
    group !== undefined && /^\d+$/.test(group)
      ? Number(group)
      : group === undefined || group === name
        ? found?.gid
        : undefined;
  const uid = isNumber ? Number(name) : found?.uid;
  return { name, uid, gid, home: found?.home };
}

/** The home in which programs of a step keep their files; undefined where it is not known. */
export function homeOf(step: Step): string | undefined {
  const set = step.before.variable('HOME');
  if (set && set.kind !== 'base')
    return set.value.state === 'known' && isAbsoluteFolder(set.value.text) ? set.value.text : undefined;
  const moved = step.script?.commands.some(
    ({ name, args, assignments, word }) =>
      (name === 'export' && args.some(({ text }) => text.startsWith('HOME='))) ||
      (word.text === '' && assignments.some((it) => it.name === 'HOME')),
  );
  return moved ? undefined : accountOf(step)?.home;
}

const isAbsoluteFolder = (path: string): boolean => /^\/[^$`~]*$/.test(path);

/** Whether a command runs as somebody else than the rest of its step. */
export const changesUser = ({ wrappers }: Command): boolean =>
  wrappers.some(({ name }) => switchers.has(name ?? '')) ||
  wrappers.some(({ word }) => switchers.has(word.text.replace(/^.*\//, '')));

const switchers = new Set('sudo doas su gosu su-exec runuser setpriv chroot chpst setuidgid s6-setuidgid'.split(' '));

function ofImage({ stage }: Step): readonly Account[] {
  const base = stage?.lineage[0]?.base;
  if (base?.kind !== 'image') return [];
  const { registry, repository, tag, digest } = base.reference;
  const name = `${registry}/${repository}:${tag ?? (digest ? '' : 'latest')}`;
  return imageAccounts.find(({ image }) => image.test(name))?.accounts ?? [];
}

/** The accounts that RUN instructions before the step make, the latest first. */
function madeBefore({ stage, index }: Step): Account[] {
  const steps = (stage?.lineage ?? []).flatMap((it) => (it === stage ? it.steps.slice(0, index) : it.steps));
  const found: Account[] = [];
  for (const step of steps) {
    if (step.instruction.kind !== 'Run') continue;
    for (const command of step.script?.commands ?? []) {
      const account = madeBy(command, step);
      if (account) found.unshift(account);
      const changed = command.name === 'usermod' ? command.args.at(-1)?.text : undefined;
      const at = found.findIndex(({ name }) => name === changed);
      if (at >= 0) found[at] = { name: changed!, uid: undefined, gid: undefined, home: undefined };
    }
  }
  return found;
}

/** `useradd -m -u 10001 app`, `adduser -D -u 10001 app`, values of variables in it. */
function madeBy({ name, args }: Command, step: Step): Account | undefined {
  if (name !== 'useradd' && name !== 'adduser') return undefined;
  const busybox = name === 'adduser' && args.some(({ text }) => /^-[A-Za-z]*[DSHh]/.test(text));
  const read = readArguments(args, busybox ? busyboxAdduserValued : useraddValued);
  const value = (...names: string[]): string | undefined => {
    const text = read.options.findLast((it) => names.includes(it.name))?.value;
    return text === undefined ? undefined : filled(text, step);
  };
  const given = (...names: string[]): boolean => read.options.some((it) => names.includes(it.name));
  const user = read.operands.length > 0 ? filled(read.operands.at(busybox ? 0 : -1)!.text, step) : undefined;
  // adduser USER GROUP puts a user into a group
  if (user === undefined || (name === 'adduser' && read.operands.length !== 1)) return undefined;
  const number = (text: string | undefined): number | undefined =>
    text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
  const uid = number(value('-u', '--uid'));
  const group = value('-g', '--gid');
  const ownGroup = !given('-g', '--gid', '-G', '--ingroup', '-N', '--no-user-group') && !given('--system', '-r', '-S');
  const home = value('-d', '--home-dir', '--home', ...(busybox ? ['-h'] : []));
  const nowhere =
    given('-d', '--home-dir', '--home') || (busybox && given('-h')) || given('--system', '-S', '-b', '-R');
  return {
    name: user,
    uid,
    gid: busybox || group === undefined ? (ownGroup ? uid : undefined) : number(group),
    home: home !== undefined && isAbsoluteFolder(home) ? home : nowhere ? undefined : `/home/${user}`,
  };
}

/** The text with variables in it replaced; undefined where one is not known. */
function filled(text: string, { before }: Step): string | undefined {
  const whole = text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (all, braced?: string, plain?: string) => {
    const value = before.variable((braced ?? plain)!)?.value;
    return value?.state === 'known' ? value.text : all;
  });
  return /[$`]/.test(whole) ? undefined : whole;
}
