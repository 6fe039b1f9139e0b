import type { Command } from '../../shell/command.ts';
import type { PackageOperation } from '../../shell/packages.ts';
import { costlyCall, costOf } from '../cache/cost.ts';
import { callOf } from '../installs/installs.ts';
import type { Stage, Step } from '../model.ts';
import { isProjectBuild } from './dev-dependencies.ts';

/** What a step of a stage is there for. */
export interface Work {
  readonly kind: 'builds' | 'tests' | 'installs' | 'downloads';
  /** The command that does it: `go build`, `npm ci`. */
  readonly call: string;
  readonly step: Step;
}

/** What a stage does itself, in its order; nothing for one that only copies and sets. */
export const workOf = ({ steps }: Stage): Work[] => steps.flatMap((step) => workIn(step) ?? []);

function workIn(step: Step): Work | undefined {
  if (step.instruction.kind !== 'Run' || !step.script) return undefined;
  const { commands } = step.script;
  const test = commands.find(isTest);
  if (test) return { kind: 'tests', call: callText(test), step };
  if (isBuild(step)) return { kind: 'builds', call: buildCallOf(step), step };
  const cost = costOf(step);
  if (cost !== 'install' && cost !== 'download') return undefined;
  const installer = step.operations.find(({ action }) => action === 'install' || action === 'download');
  if (installer) return { kind: 'installs', call: callOf(installer), step };
  const fetcher = commands.find((it) => costlyCall(it) !== undefined);
  return fetcher && { kind: 'downloads', call: costlyCall(fetcher)!, step };
}

/** Whether a step builds something of its own. */
export const isBuild = (step: Step): boolean =>
  step.instruction.kind === 'Run' &&
  (isProjectBuild(step) || costOf(step) === 'compile' || step.operations.some(installsBuilt));

/** `go install ./cmd/server`, which compiles it. */
const installsBuilt = ({ manager, verb, action }: PackageOperation): boolean =>
  (manager === 'go' || manager === 'cargo') && action === 'install' && verb?.text === 'install';

const isTest = ({ name = '', args }: Command): boolean =>
  /^(?:pytest|jest|vitest|mocha|ctest|tox|nox|phpunit|rspec|shellcheck|eslint|golangci-lint|ruff|mypy|hadolint)$/.test(
    name,
  ) ||
  (/^(?:go|npm|yarn|pnpm|bun|cargo|mvn|mvnw|gradle|gradlew|dotnet|make|mix|deno)$/.test(name) &&
    args.some(({ text }, at) => at < 2 && /^(?:test|check|lint|vet)$/.test(text)));

/** What a build runs: `go build`, `npm run build`. */
export function buildCallOf(step: Step): string {
  const builder = step.operations.find(
    (it) => it.action === 'build' || it.action === 'run' || installsBuilt(it),
  )?.command;
  const call =
    builder ?? step.script?.commands.findLast((it) => it.name !== undefined && !aside.has(it.name) && !cleans(it));
  return call ? callText(call) : 'a build';
}

const cleans = ({ args }: Command): boolean => args.some(({ text }) => /^(?:dist)?clean$/.test(text));

/** Commands around a build. */
const aside: ReadonlySet<string> = new Set('cd set rm mkdir cp mv echo chmod chown ls strip test'.split(' '));

/** The program and the words before its first option or path: `go build`, `npm run build`. */
function callText({ name, word, args }: Command): string {
  const end = args.findIndex(({ text }) => !/^[a-z][\w:-]*$/i.test(text));
  const words = args.slice(0, end < 0 ? 2 : Math.min(end, 2)).map(({ text }) => text);
  return [name ?? word.text, ...words].join(' ');
}
