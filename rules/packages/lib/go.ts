import { anyUntil, goMinor, isBefore, type PackageOperation, type Step } from '../../../src/engine/rule.ts';
import { firstWithGoModules } from '../../../src/knowledge/images/releases.ts';

/** What the go command of an image knows: versions of packages; versions if GO111MODULE=on; no versions. */
export type Modules = 'known' | 'if on' | 'unknown';

/**
 * Whether `go get` takes a version. Before Go 1.16 it does so only in module mode, which is off outside of a module unless
 * GO111MODULE=on, and before 1.11 there is none. Where nothing tells the version of Go, it is taken for a new one.
 */
export function modulesOf({ command }: PackageOperation, step: Step): Modules {
  const minor = goMinor(step);
  const ofSystem = minor === undefined && isOfSystem(step) && isBefore(firstWithGoModules, step);
  if (!ofSystem && (minor === undefined || minor >= 16)) return 'known';
  if (minor !== undefined && minor < 11) return 'unknown';
  return isOn(command, step) ? 'known' : 'if on';
}

const isOfSystem = (step: Step): boolean => anyUntil(step, installsGo, installsGo);

const installsGo = ({ operations }: Step): boolean =>
  operations.some(
    ({ family, packages }) =>
      (family === 'apt' || family === 'apk') &&
      packages.some(({ name }) => /^(?:golang|golang-go|go)$/.test(name ?? '')),
  );

function isOn(command: PackageOperation['command'], { before, script }: Step): boolean {
  const own = command.assignments.find(({ name }) => name === 'GO111MODULE')?.value?.text;
  const exported = (script?.commands ?? [])
    .filter(({ span, name, word }) => span.start < command.span.start && (name === 'export' || word.text === ''))
    .flatMap(({ args, assignments }) => [
      ...args.map(({ text }) => text),
      ...assignments.map(({ name, value }) => `${name}=${value?.text}`),
    ]);
  const set = before.variable('GO111MODULE')?.value;
  return own === 'on' || exported.includes('GO111MODULE=on') || (set?.state === 'known' && set.text === 'on');
}
