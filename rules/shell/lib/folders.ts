import { absoluteIn, type Command, type Edit, type Place, type Script } from '../../../src/engine/rule.ts';
import { isReadable } from '../../lib/syntax.ts';

const changes = new Set(['cd', 'chdir', 'pushd', 'popd']);

/** The only change of folder in a script, if it is one that holds for all behind it, with the commands around it. */
export interface FolderChange {
  readonly command: Command;
  readonly before: readonly Command[];
  readonly after: readonly Command[];
}

export function onlyChange(script: Script): FolderChange | undefined {
  if (!isReadable(script)) return undefined;
  const own = script.commands.filter(({ within }) => !within.includes('string'));
  const all = own.filter(({ name }) => name !== undefined && changes.has(name));
  const command = all[0];
  if (all.length !== 1 || command?.name !== 'cd' || command.within.length > 0) return undefined;
  if (command.joint === '||' || command.joint === '|' || command.joint === '&') return undefined;
  const at = own.indexOf(command);
  return { command, before: own.slice(0, at), after: own.slice(at + 1) };
}

const back = /^(?:-|\/|~|\.\.(?:\/\.\.)*\/?|\$\{?(?:OLDPWD|HOME)\}?)$/;

/** Whether nothing comes behind it, and it is not the way back from something. */
export function isInVain({ command, before, after }: FolderChange): boolean {
  const [to] = command.args;
  return after.length === 0 && (before.length === 0 || (to !== undefined && !back.test(to.text)));
}

/** The path that it goes to; undefined where the file does not tell, or another user's home or the folder before is meant. */
export function targetOf({ args }: Command, { step }: Place): string | undefined {
  const [word, more] = args;
  if (!word || more || !word.literal || word.text.startsWith('-') || word.text.startsWith('~') || /\s/.test(word.text))
    return undefined;
  const { workdir } = step.before;
  return absoluteIn(workdir.state === 'known' ? workdir.text : undefined, word.text);
}

/** WORKDIR in place of a `cd` that a RUN begins with; `upTo` is where the rest of the RUN begins, if there is one. */
export function workdirEdit(place: Place, command: Command, upTo: number | undefined): Edit | undefined {
  const { instruction } = place.step;
  const path = targetOf(command, place);
  if (path === undefined || instruction.kind !== 'Run' || instruction.command?.kind !== 'ShellForm' || place.onbuild)
    return undefined;
  if (instruction.flags.length > 0 || instruction.heredocs.length > 0 || command.wrappers.length > 0) return undefined;
  if (command.span.start !== instruction.command.span.start || command.redirects.length > 0) return undefined;
  const { start } = instruction.span;
  const end = upTo ?? instruction.span.end;
  if (place.model.file.comments.some(({ span }) => span.start >= start && span.end <= end)) return undefined;
  const { raw } = instruction.keyword;
  const keyword = raw === raw.toLowerCase() ? 'workdir' : 'WORKDIR';
  return { span: { start, end }, text: `${keyword} ${path}${upTo === undefined ? '' : `\n${raw} `}` };
}
