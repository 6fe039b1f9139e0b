import { baseName, withoutSlash } from '../../text/path.ts';
import type { Step } from '../model.ts';
import { anyUntil } from '../stages/earlier.ts';

/** How a setting of a program looks where a file sets it. */
export interface Setting {
  /** The setting in the text of its file. */
  readonly text: RegExp;
  /** The files that it stands in. */
  readonly files: RegExp;
  /** Programs whose own words are no file that is written. */
  readonly not: ReadonlySet<string>;
}

/** Whether an instruction before the end of this step, in a stage below too, may have written the setting into its file. */
export const mayBeSet = (setting: Setting, step: Step): boolean => anyUntil(step, setting, (it) => writes(setting, it));

function writes({ text, files, not }: Setting, step: Step): boolean {
  const { instruction, script } = step;
  if (instruction.kind === 'Copy' || instruction.kind === 'Add') {
    const to = instruction.destination && step.expand(instruction.destination).value;
    if (to?.state !== 'known') return false;
    const names = instruction.sources.map((source) => baseName(source.text));
    const isFile = files.test(to.text) || names.some((name) => files.test(`${withoutSlash(to.text)}/${name}`));
    // what a file of the context says is not known
    return (
      isFile && (instruction.heredocs.length === 0 || instruction.heredocs.some(({ body }) => text.test(body.raw)))
    );
  }
  if (instruction.kind !== 'Run') return false;
  return (script?.commands ?? []).some(({ name, args, redirects }) => {
    if (not.has(name ?? '')) return false;
    if (args.some((arg) => text.test(arg.text))) return true;
    const toFile = [...args, ...redirects.flatMap(({ target }) => target ?? [])].some((it) => files.test(it.text));
    const here = redirects.some(({ operator }) => operator.startsWith('<<'));
    return toFile && here && instruction.heredocs.some(({ body }) => text.test(body.raw));
  });
}
