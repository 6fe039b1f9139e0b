import { baseName, type Command, joined, type Started, type Step, type Take } from '../../../src/engine/rule.ts';

/** Whether what a container starts is what is copied. */
export function isCopyOf({ path, name }: Started, { target, into, source }: Take): boolean {
  if (target === undefined) return false;
  const place = into ? joined(target, baseName(source)) : target;
  return path === undefined ? baseName(place) === name : place === path;
}

/** The value that a variable has for a command; undefined where it has none, `?` where it is not known. */
export function valueOf(name: string, { assignments }: Command, step: Step): string | undefined {
  const own = assignments.findLast((it) => it.name === name)?.value;
  if (own) return own.literal ? own.text : '?';
  const given = step.script?.given.get(name)?.at(-1)?.value;
  if (given) return given.literal ? given.text : '?';
  const value = step.before.variable(name)?.value;
  return value === undefined || value.state === 'unset' ? undefined : value.state === 'known' ? value.text : '?';
}
