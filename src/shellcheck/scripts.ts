import { type Command, type Comment, type Instruction, parse, type ShellForm, walk } from '../../grammar/index.ts';
import { analyze } from '../model/index.ts';
import type { BuildOptions, Model, Step } from '../model/model.ts';
import { commandOf, type ScriptSource, scriptSource } from '../model/stages/scripts.ts';
import { readerOf } from '../model/stages/sh.ts';
import { dialectOf } from '../model/stages/shells.ts';
import { compose, type Dialect } from './compose.ts';
import { directivesIn } from './directives.ts';

/** A script as ShellCheck gets it, and what is needed to understand its answer. */
export interface Job {
  readonly script: string;
  /** From an offset of `script` to the one of the text that the instruction holds; undefined for what was put in. */
  readonly written: (offset: number) => number | undefined;
  readonly source: ScriptSource;
  /** Whether it stands in a string of JSON. */
  readonly json: boolean;
  /** Whether a line end in it is one of the file: not where the builder joins lines. */
  readonly lines: boolean;
  readonly instruction: Instruction;
  /** Whether this ShellCheck takes another language in place of the script's own, and what it calls not portable may be none. */
  readonly foreign: boolean;
}

export interface JobOptions {
  readonly build: Partial<BuildOptions> | undefined;
  /** Whether ShellCheck knows BusyBox's shell. */
  readonly busybox: boolean;
  /** Whether comments of the file are directives. */
  readonly comments: boolean;
}

/** Every script of a Dockerfile in a language that ShellCheck knows. */
export function jobsOf(text: string, options: JobOptions): Job[] {
  const { ast } = parse(text);
  const model = analyze(ast, { ...options.build, fragment: true });
  const jobs: Job[] = [];
  const add = (step: Step): void => {
    const job = jobOf(step, model, options);
    if (job) jobs.push(job);
    if (step.trigger) add(step.trigger);
  };
  for (const { steps } of model.stages) for (const step of steps) add(step);
  return jobs;
}

function jobOf(step: Step, model: Model, { busybox, comments }: JobOptions): Job | undefined {
  const { instruction, before } = step;
  const command = commandOf(instruction);
  const source = scriptSource(instruction, before) ?? (command?.kind === 'ExecForm' ? execSource(command) : undefined);
  if (!source || !/\S/.test(source.text)) return undefined;
  const directives = directivesIn(comments ? commentsOf(step, model, command) : []);
  const dialect = directives.dialect ?? dialectFor(source, step);
  if (!dialect) return undefined;
  const json = command?.kind === 'ExecForm';
  const foreign = dialect === 'busybox' && !busybox;
  const composed = compose(source.text, {
    dialect: foreign ? 'ash' : dialect,
    // a shell of the exec form has its own options
    errexit: !json && before.shell.errexit,
    variables: variablesOf(step),
    directives: directives.lines,
  });
  const lines = instruction.kind === 'Run' && instruction.heredocs.length > 0;
  return composed && { ...composed, source, json, lines, instruction, foreign };
}

/** `["sh", "-c", "script"]`: the word behind the options of a shell. */
function execSource({ items }: Command & { readonly kind: 'ExecForm' }): ScriptSource | undefined {
  const texts = items.map(({ text }) => text);
  const at = texts.findIndex((text) => /^-[a-z]*c$/.test(text));
  const script = items[at + 1];
  if (at < 1 || !script) return undefined;
  // `bash script -c` hands -c to the script
  const options = texts
    .slice(1, at)
    .every((text, index, all) => /^[-+]/.test(text) || /^[-+]\w*o$/.test(all[index - 1] ?? ''));
  return options ? { text: script.text, map: script.map, dialect: dialectOf(texts.slice(0, 1)) } : undefined;
}

/** `sh` is another program from image to image. */
function dialectFor({ dialect }: ScriptSource, step: Step): Dialect | undefined {
  switch (dialect) {
    case 'posix': {
      const reader = readerOf(dialect, step);
      return reader === 'other' ? undefined : reader === 'unknown' ? 'sh' : reader;
    }
    case 'ash':
      return 'busybox';
    case 'bash':
    case 'ksh':
      return dialect;
    default:
      return undefined;
  }
}

/** What the builder sets without being told, in RUN. */
const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY'].flatMap((it) => [
  it,
  it.toLowerCase(),
]);

/** The names that are set where a script runs. ARGs are gone when the container starts. */
function variablesOf({ instruction, before }: Step): string[] {
  const building = instruction.kind === 'Run';
  const bound = [...before.variables.values()].filter(({ kind }) => building || kind !== 'arg');
  const mounted = instruction.flags.flatMap(({ mount }) => mount?.env ?? []);
  return [...new Set([...proxies, ...bound.map(({ name }) => name), ...mounted])];
}

/** Comments inside an instruction and right above it, blank lines and other comments allowed between. */
function commentsOf({ instruction }: Step, { file }: Model, command: Command | undefined): readonly Comment[] {
  const { start } = instruction.span;
  const outer = file.instructions.findLast(({ span }) => span.start <= start);
  const previous = file.instructions.findLast(({ span }) => span.start < (outer?.span.start ?? start));
  const above = file.comments.filter(({ span }) => span.start < start && span.start >= (previous?.span.end ?? 0));
  return [...above, ...(command?.kind === 'ShellForm' ? commentsInside(command) : [])];
}

function commentsInside(command: ShellForm): Comment[] {
  const found: Comment[] = [];
  walk(command, (node) => {
    if (node.kind === 'Comment') found.push(node);
  });
  return found;
}
