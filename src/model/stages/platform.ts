import { architectureNames, platformSystems } from '../../knowledge/builder/platforms.ts';

/** `os/architecture`, either alone, a variant behind: as containerd reads it. Undefined where it is no platform. */
export function platformParts(
  text: string,
): { readonly os: string; readonly architecture: string | undefined } | undefined {
  const [first = '', second, ...rest] = text.toLowerCase().split('/');
  if (rest.length > 1 || text === '') return undefined;
  const architecture = (name: string | undefined): string | undefined =>
    name === undefined ? undefined : (architectureNames.get(name) ?? name);
  if (second !== undefined)
    return /^[\w.-]+$/.test(first) && /^[\w.-]+$/.test(second)
      ? { os: first, architecture: architecture(second) }
      : undefined;
  if (platformSystems.has(first)) return { os: first, architecture: undefined };
  return architectureNames.has(first) ? { os: 'linux', architecture: architecture(first) } : undefined;
}
