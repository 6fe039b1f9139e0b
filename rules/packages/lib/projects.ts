import { type Command, hasMount, isTransfer, type Place, type Step } from '../../../src/engine/rule.ts';

/** Steps of the stage and of those it stands on, up to this one. */
const stepsUpTo = ({ step }: Place): readonly Step[] => [...step.earlier, step];

/** Commands that bring files. */
const brings = new Set([
  'git',
  'hg',
  'svn',
  'curl',
  'wget',
  'tar',
  'unzip',
  'bsdtar',
  'cp',
  'ln',
  'cat',
  'echo',
  'printf',
]);

/**
 * Whether there may be a go.mod where this runs. Without one, and in an official image there is none, `go install` wants a
 * version (https://go.dev/ref/mod#go-install).
 */
export function mayHaveModule(command: Command, place: Place): boolean {
  if (place.onbuild || !place.stage?.rootImage?.official) return true;
  return stepsUpTo(place).some((step) => {
    const { instruction, script, operations } = step;
    if (isTransfer(instruction)) return true;
    if (instruction.kind !== 'Run') return false;
    if (hasMount(step, 'bind')) return true;
    const before = script?.commands.filter(({ span }) => span.start < command.span.start) ?? [];
    const starts = operations.some(({ manager, verb }) => manager === 'go' && verb?.text === 'init');
    return starts || before.some(({ name }) => name !== undefined && brings.has(name));
  });
}

const families = new Set(['npm', 'yarn', 'pnpm', 'bun']);

/** Whether packages of a project were installed before, so that `npx x` runs the one among them. */
export const mayHaveNodeModules = (command: Command, place: Place): boolean =>
  stepsUpTo(place).some(({ operations }) =>
    operations.some(
      ({ family, manifests, command: other }) =>
        families.has(family) && manifests.length > 0 && other.span.start < command.span.start,
    ),
  );
