import { busyboxAdduserValued, useraddValued } from '../../knowledge/commands/user-tools.ts';
import { type Account, imageAccounts } from '../../knowledge/images/accounts.ts';
import type { Command } from '../../shell/command.ts';
import { readOptions } from '../../shell/options.ts';
import type { Stage, Step } from '../model.ts';
import { filled } from './filled.ts';

const root: Account = { name: 'root', uid: 0, gid: 0, home: '/root' };

/** Who runs a step, with what image or file say of the account; undefined where neither says who it is. */
export function accountOf(step: Step): Account | undefined {
  const { before, isRoot } = step;
  if (isRoot) return root;
  if (isRoot === undefined || before.user.state !== 'known') return undefined;
  const [name = '', group] = before.user.text.trim().split(':');
  const known = [...madeBefore(step), ...ofImage(step)];
  const isNumber = /^\d+$/.test(name);
  const found = known.find((it) => (isNumber ? it.uid === Number(name) : it.name === name));
  const ownGroup = group === undefined || group === name ? found?.gid : undefined;
  const gid = group !== undefined && /^\d+$/.test(group) ? Number(group) : ownGroup;
  const uid = isNumber ? Number(name) : found?.uid;
  return { name, uid, gid, home: found?.home };
}

/** The home in which programs of a step keep their files; undefined where it is not known. */
export function homeOf({ before, script, account }: Step): string | undefined {
  const set = before.variable('HOME');
  if (set && set.kind !== 'base')
    return set.value.state === 'known' && isAbsoluteFolder(set.value.text) ? set.value.text : undefined;
  const moved = script?.commands.some(
    ({ name, args, assignments, word }) =>
      (name === 'export' && args.some(({ text }) => text.startsWith('HOME='))) ||
      (word.text === '' && assignments.some((it) => it.name === 'HOME')),
  );
  return moved ? undefined : account?.home;
}

const isAbsoluteFolder = (path: string): boolean => /^\/[^$`~]*$/.test(path);

/** Whether a command runs as somebody else than the rest of its step. */
export const changesUser = ({ wrappers }: Command): boolean =>
  wrappers.some(({ name, word }) => switchers.has(name ?? '') || switchers.has(word.text.replace(/^.*\//, '')));

const switchers = new Set('sudo doas su gosu su-exec runuser setpriv chroot chpst setuidgid s6-setuidgid'.split(' '));

function ofImage({ stage }: Step): readonly Account[] {
  if (!stage?.rootImage) return [];
  const { registry, repository, tag, digest } = stage.rootImage;
  const name = `${registry}/${repository}:${tag ?? (digest ? '' : 'latest')}`;
  return imageAccounts.find(({ image }) => image.test(name))?.accounts ?? [];
}

interface Changes {
  /** Of the step among all of its stage and those below. */
  readonly place: number;
  readonly step: Step;
  readonly commands: readonly Command[];
}

const remembered = new WeakMap<Stage, readonly Changes[]>();
const changing: ReadonlySet<string> = new Set(['useradd', 'adduser', 'usermod']);

/** The steps of a stage that make or change accounts. */
function changesIn(stage: Stage): readonly Changes[] {
  const known = remembered.get(stage);
  if (known) return known;
  const found = stage.allSteps.flatMap((step, place): Changes[] => {
    if (step.instruction.kind !== 'Run') return [];
    const commands = step.script?.commands.filter(({ name }) => name !== undefined && changing.has(name)) ?? [];
    return commands.length === 0 ? [] : [{ place, step, commands }];
  });
  remembered.set(stage, found);
  return found;
}

/** The accounts that RUN instructions before the step make, the latest first. */
function madeBefore({ stage, earlier }: Step): Account[] {
  const found: Account[] = [];
  const { length } = earlier;
  for (const { place, step, commands } of stage ? changesIn(stage) : []) {
    if (place >= length) break;
    for (const command of commands) {
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
function madeBy({ name, args }: Command, { before }: Step): Account | undefined {
  if (name !== 'useradd' && name !== 'adduser') return undefined;
  const busybox = name === 'adduser' && args.some(({ text }) => /^-[A-Za-z]*[DSHh]/.test(text));
  const { options, positionals } = readOptions(args, { options: busybox ? busyboxAdduserValued : useraddValued });
  const value = (option: string): string | undefined => {
    const text = options.findLast((it) => it.name === option)?.value?.text;
    return text === undefined ? undefined : filled(text, before);
  };
  const given = (...names: string[]): boolean => options.some((it) => names.includes(it.name));
  const operand = positionals.at(busybox ? 0 : -1);
  const user = operand && filled(operand.text, before);
  // adduser USER GROUP puts a user into a group
  if (user === undefined || (name === 'adduser' && positionals.length !== 1)) return undefined;
  const uid = numberOf(value('-u'));
  const group = busybox ? undefined : value('-g');
  const ownGroup = !given('-g', '-G', '--ingroup', '-N', '-S', '-r');
  const home = value(busybox ? '-h' : '-d');
  const elsewhere = given(busybox ? '-h' : '-d', '-S', '-b', '-R');
  return {
    name: user,
    uid,
    gid: group === undefined ? (ownGroup ? uid : undefined) : numberOf(group),
    home: home !== undefined && isAbsoluteFolder(home) ? home : elsewhere ? undefined : `/home/${user}`,
  };
}

const numberOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
