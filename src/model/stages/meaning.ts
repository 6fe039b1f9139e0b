import { children, type Instruction, type Node, type Word } from '../../../grammar/index.ts';
import type { Model, Step } from '../model.ts';
import type { Value } from './expand.ts';

/** What an instruction does, each facet as a text: two steps with equal texts do the same, in one file or in two. */
export interface Meaning {
  /** The instruction itself: its words as the builder expands them, what it hands to a shell as it stands. */
  readonly own: string;
  readonly user: string;
  readonly workdir: string;
  readonly shell: string;
  /** The variables before it, with their values. */
  readonly variables: string;
}

/** The meaning of a step; of an ONBUILD with what it holds. Comments, letter case, continuations and quotes do not count. */
export function meaningOf(step: Step, model: Model): Meaning {
  const { before } = step;
  const variables = [...before.variables].map(([name, { value }]) => [name, ...valueOf(value)]);
  return {
    own: JSON.stringify(own(step, model)),
    user: JSON.stringify(valueOf(before.user)),
    workdir: JSON.stringify(valueOf(before.workdir)),
    shell: JSON.stringify(before.shell.argv),
    variables: JSON.stringify(variables.sort((a, b) => (a[0]! < b[0]! ? -1 : 1))),
  };
}

const valueOf = (value: Value): string[] => (value.state === 'unset' ? ['unset'] : [value.state, value.text]);

function own(step: Step, model: Model): unknown[] {
  const { instruction, trigger } = step;
  const { kind } = instruction;
  if (kind === 'From')
    return [kind, ...flags(step, model), baseOf(step, instruction.image), instruction.name?.text.toLowerCase()];
  if (kind === 'Onbuild') return [kind, ...flags(step, model), trigger && own(trigger, model)];
  return [kind, ...flags(step, model), ...parts(step, instruction)];
}

/** A stage by its number, as its name may change together with all that refer to it. */
function baseOf(step: Step, image: Word | undefined): unknown {
  const base = step.stage?.base;
  return base?.kind === 'stage' ? base.stage.index : image && valueOf(step.expand(image).value);
}

const flags = (step: Step, model: Model): unknown[] =>
  step.instruction.flags
    .map(({ name, value, mount }) => {
      const text = value && valueOf(step.expand(value).value);
      if (mount)
        return [name.text, mount.options.map(({ key, value: it }) => [key, stage(step, model, key, it) ?? it])];
      return [name.text, (value && stage(step, model, name.text, value.text)) ?? text];
    })
    .map((it) => JSON.stringify(it))
    .sort();

const stage = (step: Step, model: Model, key: string, name: string | undefined): number | undefined =>
  key === 'from' && name !== undefined && step.stage ? model.stageNamed(name, step.stage)?.index : undefined;

/** Everything else below an instruction: words expanded, scripts and other texts as they stand. */
function parts(step: Step, instruction: Instruction): unknown[] {
  const found: unknown[] = [];
  const visit = (node: Node): void => {
    if (node.kind === 'Word') found.push(valueOf(step.expand(node).value));
    else if (node.kind === 'ShellForm') found.push(node.text.trim());
    else if (node.kind === 'ExecForm' && node.items.length > 0) found.push(node.items.map(({ text }) => text));
    else if (node.kind === 'Name') found.push(node.text);
    else if (node.kind === 'HeredocBody') found.push(node.raw);
    else if (node.kind !== 'Flag' && node.kind !== 'Keyword') for (const child of children(node)) visit(child);
  };
  for (const child of children(instruction)) visit(child);
  return found;
}
