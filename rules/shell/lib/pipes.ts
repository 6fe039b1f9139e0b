import {
  anyBefore,
  type Command,
  type Model,
  type Place,
  type Proposal,
  type Script,
  type Stage,
  type Step,
  shOf,
} from '../../../src/engine/rule.ts';
import { sureFilters, sureProducers } from '../../../src/knowledge/commands/pipes.ts';
import { isReadable, stopsAtErrors } from '../../lib/syntax.ts';

/** A pipeline of whose commands only the last one's failure is seen. */
export interface LossyPipe {
  readonly place: Place;
  readonly commands: readonly Command[];
  /** Where it says `|` first. */
  readonly operator: NonNullable<Command['jointSpan']>;
  /** Whether the build would end if the pipeline failed. */
  readonly counts: boolean;
}

/** The pipelines of a stage, ONBUILD's included, that hide a failure which would otherwise be noticed. */
export const lossyPipes = (stage: Stage, model: Model): LossyPipe[] =>
  stage.steps.flatMap((own) => {
    const step = own.trigger ?? own;
    return step.instruction.kind === 'Run' ? inStep({ model, step, stage, onbuild: own.trigger !== undefined }) : [];
  });

function inStep(place: Place): LossyPipe[] {
  const { script } = place.step;
  if (!script || !isReadable(script)) return [];
  return pipelines(script).flatMap((commands): LossyPipe[] => {
    const last = commands.at(-1)!;
    const operator = commands.find(({ joint }) => joint === '|' || joint === '|&')?.jointSpan;
    if (!operator || hasPipefail(script, last, place.step) || isSure(commands)) return [];
    const fate = fateOf(last, script, place);
    return fate === 'handled' ? [] : [{ place, commands, operator, counts: fate === 'counts' }];
  });
}

/** The simple commands of each pipeline; what stands in loops and subshells is a pipeline of its own. */
function pipelines(script: Script): (readonly Command[])[] {
  const groups = new Set(script.commands.map((it) => script.piped(it)));
  return [...groups].filter((group) => group.some(({ joint }) => joint === '|' || joint === '|&'));
}

/** Whether nothing before the last command can fail in a way that the first build would not show. */
function isSure(commands: readonly Command[]): boolean {
  const [first, ...rest] = commands;
  // a subshell or a loop stands in front
  if (first!.joint === '|' || first!.joint === '|&') return false;
  return sureProducers.has(first!.name ?? '') && rest.slice(0, -1).every(({ name }) => sureFilters.has(name ?? ''));
}

/** What becomes of the pipeline's status; `handled`: the script decides by it, or drops it on purpose. */
function fateOf(last: Command, script: Script, place: Place): 'counts' | 'ignored' | 'handled' {
  if (last.within.includes('condition') || last.within.includes('negation')) return 'handled';
  const { statuses, lists, expansions } = script.syntax;
  const after = lists.some(({ parts, operators }) => {
    const index = parts.findIndex(({ span }) => span.start <= last.span.start && last.span.end <= span.end);
    return index >= 0 && operators.slice(index).includes('||');
  });
  if (after) return 'handled';
  if (last.within.includes('substitution')) {
    const holder = expansions.findLast(({ commands }) => commands.includes(last));
    const owner = holder?.word.command;
    // only an assignment that stands alone fails with what it is given
    if (holder?.kind !== 'command' || holder.word.context !== 'assignment' || owner?.word.text !== '') return 'handled';
    return fateOf(owner, script, place);
  }
  if (statuses.get(last) !== 'ignored') return 'counts';
  return stopsAtErrors(script, place, last.span.start) ? 'counts' : 'ignored';
}

/** Whether the shell that reads the pipeline was told to look at every command of one. */
function hasPipefail(script: Script, { span, within }: Command, { before, instruction }: Step): boolean {
  if (within.includes('string')) return isToldInString(script, span.start);
  const set = script.sets.findLast(({ option, from }) => option === 'pipefail' && from.span.start <= span.start);
  if (set) return set.on;
  // a here-document with a first line of its own is not read by the shell of SHELL
  const own = instruction.kind === 'Run' && instruction.heredocs.some(({ body }) => body.raw.startsWith('#!'));
  return before.shell.pipefail && !own;
}

/** `bash -o pipefail -c '…'`, or `set -o pipefail` in what it is handed. */
const isToldInString = ({ commands }: Script, before: number): boolean =>
  commands.some(({ span, args }) => span.start < before && args.some(({ text }) => text === 'pipefail')) ||
  commands.some(
    ({ span, args }) => span.start < before && args.some(({ text }) => /\bset -\w*o pipefail\b/.test(text)),
  );

/** The shells that an image has and that know pipefail, by what its `sh` is. */
const withPipefail = { dash: '/bin/bash', bash: '/bin/bash', busybox: '/bin/ash' } as const;

/** A SHELL with pipefail before the first RUN that needs it, where it is known which shell is there. */
export function pipefailFix({ place }: LossyPipe): Proposal | undefined {
  const { step, stage, onbuild } = place;
  const { argv, explicit } = step.before.shell;
  const { instruction } = step;
  if (onbuild || explicit || argv[0] !== '/bin/sh' || argv.length !== 2) return undefined;
  if (!stage || instruction.kind !== 'Run' || instruction.heredocs.some(({ body }) => body.raw.startsWith('#!')))
    return undefined;
  const sh = shOf(place);
  // which image it is, and so which shells it has, is for the build to say
  if (!sh || step.stage?.lineage[0]?.base.kind === 'unknown') return undefined;
  const keyword = instruction.keyword.raw;
  const shell = keyword === keyword.toLowerCase() ? 'shell' : 'SHELL';
  const { start } = instruction.span;
  return {
    title: 'Set a shell with pipefail',
    edits: [{ span: { start, end: start }, text: `${shell} ["${withPipefail[sh]}", "-o", "pipefail", "-c"]\n` }],
    reaches: ['shell'],
  };
}

/** Whether a command ends before its input does: what writes to it then fails, and pipefail would stop a good build. */
export const quitsEarly = ({ name, args }: Command): boolean => {
  const words = args.map(({ text }) => text);
  if (name === 'head') return true;
  if (name === 'grep') return words.some((it) => /^-[a-zA-Z]*[qm]|^--(?:quiet|silent|max-count)/.test(it));
  if (name === 'awk' || name === 'gawk' || name === 'mawk') return words.some((it) => /\bexit\b/.test(it));
  return name === 'sed' && words.some((it) => /(?:^|[;{\d$/])\s*q\b/.test(it));
};

/** Whether a RUN has a pipe that fails with pipefail although all is well: a reader that ends early, or yes, which never does. */
export const breaksWithPipefail = ({ instruction, script }: Step): boolean =>
  instruction.kind === 'Run' &&
  script !== undefined &&
  pipelines(script).some(
    ([first, ...rest]) => first!.name === 'yes' || (!short.has(first!.name ?? '') && rest.some(quitsEarly)),
  );

/** What they print is in the pipe before anyone reads it. */
const short = new Set(['echo', 'printf']);

const needing = new Set(['mv', 'cp', 'chmod', 'chown', 'install', '.', 'source']);

/**
 * Whether the next command, which && or errexit joins to the pipe, stops the build without what the pipe brings: it needs a file
 * that nothing in the stage has named before.
 */
export function failsAnyway({ commands, place }: LossyPipe): boolean {
  const { step, stage, model } = place;
  const script = step.script!;
  const last = commands.at(-1)!;
  const next = script.commands.find(({ span }) => span.start >= last.span.end);
  if (!next || !needing.has(next.name ?? '') || next.pipeline === last.pipeline) return false;
  if (next.within.length > 0 || last.within.length > 0) return false;
  if (next.joint !== '&&' && !(next.joint === ';' && stopsAtErrors(script, place, next.span.start))) return false;
  const words = next.args.map(({ text }) => text).filter((text) => !text.startsWith('-'));
  const path = next.name?.startsWith('ch') ? words[1] : words[0];
  const name = path?.replace(/^(?:\.\/|~\/|\$\{?HOME\}?\/)/, '');
  if (!stage || !name || /[$`*?[]/.test(name)) return false;
  const before = model.file.text.slice(stage.lineage[0]!.from.span.start, last.span.end);
  return !before.includes(name) && !anyBefore(step, bringsUnknown, bringsUnknown);
}

/** Whether an instruction copies files that it does not name. */
const bringsUnknown = ({ takes }: Step): boolean =>
  takes.some(({ via, source, certain }) => via === 'copy' && (!certain || /[*?[]|(?:^|\/)[^./]*\/?$|\.$/.test(source)));
