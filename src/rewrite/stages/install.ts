import { runtimeLibraries } from '../../knowledge/managers/runtime-libraries.ts';
import type { Libraries, Packages } from './packages.ts';

/** The RUN that installs the packages of the final stage, which asks nothing where the file took care of that; nothing for none. */
export function installOf({ family, names, isLean, upgrades }: Packages, text: string): string[] {
  if (names.length === 0 && !upgrades) return [];
  if (family === 'apk') {
    const calls = [
      ...(upgrades ? ['apk upgrade --no-cache'] : []),
      ...(names.length > 0 ? [`apk add --no-cache ${names.join(' ')}`] : []),
    ];
    return [`RUN ${calls.join(' && ')}`];
  }
  const upgrade = upgrades ? [' && apt-get upgrade -y \\'] : [];
  if (names.length === 0) return ['RUN apt-get update \\', ...upgrade, ' && rm -rf /var/lib/apt/lists/*'];
  const list = names.map((it) => `      ${it} \\`);
  return [
    'RUN apt-get update \\',
    ...upgrade,
    ` && ${text.includes('DEBIAN_FRONTEND') ? 'DEBIAN_FRONTEND=noninteractive ' : ''}apt-get install -y${isLean ? ' --no-install-recommends' : ''} \\`,
    ...list,
    ' && rm -rf /var/lib/apt/lists/*',
  ];
}

/** The libraries of packages of headers. */
export const libraries: Libraries = (name, { system }) => (system ? runtimeLibraries(name, system) : undefined);
