import {
  between,
  type Command,
  type Edit,
  type Model,
  type Stage,
  type Step,
  shMadeBy,
} from '../../../src/engine/rule.ts';

/**
 * RUN instructions with nothing but comments between them, of the same flags, so that they could be one. After a RUN that makes
 * /bin/sh another program a new series begins: joined, the old one would read it all.
 */
export function series({ steps }: Stage): Step[][] {
  const found: Step[][] = [];
  for (const step of steps) {
    const current = found.at(-1);
    const before = current?.at(-1);
    const joins = before && before.index === step.index - 1 && flagsOf(before) === flagsOf(step);
    if (joins && isJoinable(step) && shMadeBy(before) === undefined) current!.push(step);
    else if (isJoinable(step)) found.push([step]);
  }
  return found.filter(({ length }) => length > 1);
}

const isJoinable = ({ instruction }: Step): boolean =>
  instruction.kind === 'Run' && instruction.command?.kind === 'ShellForm' && instruction.heredocs.length === 0;

const flagsOf = ({ instruction }: Step): string =>
  instruction.flags
    .map(({ name, value }) => `${name.text}=${value?.text}`)
    .sort()
    .join(' ');

/** Whether a RUN has one command, a pipe counting as one. */
export const isSingle = ({ script }: Step): boolean => {
  const own =
    script?.commands.filter(({ within }) => within.every((it) => it !== 'substitution' && it !== 'string')) ?? [];
  return script?.parsed === true && new Set(own.map(({ pipeline }) => pipeline)).size <= 1;
};

/** Commands whose effect would reach the commands joined behind them. */
const lasting = new Set(
  'cd export set unset exit source . exec eval umask trap alias shopt ulimit pushd popd wait return'.split(' '),
);

/** Whether the command leaves the shell as it found it, so that what is joined behind it runs as before. */
const staysInside = ({ name, joint, assignments, word }: Command): boolean =>
  name !== undefined && !lasting.has(name) && joint !== '&' && (assignments.length === 0 || word.text !== '');

/** `bash -lc`, `bash --login -c` and `bash -ic` read files at their start that an earlier RUN may have written. */
const readsProfile = ({ before }: Step): boolean =>
  before.shell.argv.slice(1).some((it) => /^(?:--login|--interactive|-[a-z]*[il][a-z]*)$/.test(it)) ||
  before.variable('BASH_ENV') !== undefined;

const canJoin = (step: Step): boolean => isRead(step) && !readsProfile(step);

const isRead = ({ script, before }: Step): boolean =>
  script?.parsed === true &&
  before.shell.dialect !== 'cmd' &&
  before.shell.dialect !== 'powershell' &&
  script.commands.length > 0 &&
  script.commands.every(staysInside);

/** Whether it is one list of simple commands and `&&`: in front of `a; b` or `a || b` an && would not hold for all of it. */
function isChain({ script, instruction }: Step): boolean {
  const own = script!.commands.filter(({ within }) => !within.includes('substitution') && !within.includes('string'));
  // what stands behind the last command is a `;` or `&`, which nothing can be joined to
  return (
    own.at(-1)?.span.end === instruction.span.end &&
    own.every(({ joint, within }) => within.length === 0 && (joint === 'start' || joint === '&&' || joint === '|'))
  );
}

/** The edits that make one RUN of these, or undefined where that might change what they do. */
export function joinEdits(steps: readonly Step[], { comments, escape }: Model['file']): Edit[] | undefined {
  if (!steps.every((step) => canJoin(step) && isChain(step))) return undefined;
  return steps.slice(1).map(({ instruction }, index) => {
    const start = steps[index]!.instruction.span.end;
    const end = instruction.kind === 'Run' ? instruction.command!.span.start : start;
    const kept = between(comments, start + 1, end - 1)
      .map(({ raw }) => `    ${raw}\n`)
      .join('');
    return { span: { start, end }, text: ` ${escape}\n${kept}    && ` };
  });
}
