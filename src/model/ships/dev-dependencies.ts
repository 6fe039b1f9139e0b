import { buildCommands } from '../../knowledge/commands/build-commands.ts';
import { isBelow } from '../../text/path.ts';
import type { Install } from '../installs/install.ts';
import type { Model, Step } from '../model.ts';

/** Package managers of JavaScript, which install what is for development unless they are told not to. */
export const javascript: ReadonlySet<string> = new Set(['npm', 'yarn', 'pnpm', 'bun']);

/** Whether an install of JavaScript gets what is for development as well. */
export function bringsDev({ operation, ecosystem }: Install, step: Step): boolean {
  if (!operation || !javascript.has(operation.manager) || ecosystem.id === 'deno') return false;
  if (operation.action !== 'install' || operation.flags.has('production')) return false;
  const mode = step.before.variable('NODE_ENV')?.value;
  const isSet = mode !== undefined && mode.state !== 'unset' && mode.text !== '';
  const own = operation.command.assignments.some(({ name }) =>
    /^(?:NODE_ENV|npm_config_(?:omit|production))$/i.test(name),
  );
  const omitted = ['NPM_CONFIG_OMIT', 'NPM_CONFIG_PRODUCTION', 'npm_config_production', 'npm_config_omit'].some(
    (name) => step.before.variable(name),
  );
  // pnpm and yarn 2 do not look at NODE_ENV, but who sets it means to leave them out, or to have them
  return !own && !omitted && !isSet;
}

/** Whether package.json lists some; undefined where it is not at hand. */
export function listsDev({ manifests }: Install, model: Model): boolean | undefined {
  const context = model.context;
  if (!context || !manifests.some((it) => it.endsWith('package.json'))) return undefined;
  try {
    const { devDependencies } = JSON.parse(context.read('package.json') ?? '') as { devDependencies?: object };
    return Object.keys(devDependencies ?? {}).length > 0;
  } catch {
    return undefined;
  }
}

/** `npm prune`, `rm -rf node_modules`, an install without them. */
export const removesDev = ({ operations, effects, script }: Step, { folder }: Install): boolean =>
  operations.some(
    ({ manager, action, flags, verb }) =>
      javascript.has(manager) &&
      (verb?.text === 'prune' || (action === 'install' && flags.has('production')) || verb?.text === 'deploy'),
  ) ||
  effects.all.some(
    ({ kind, path }) =>
      kind === 'remove' &&
      (/(?:^|\/)node_modules$/.test(path) || (folder !== undefined && path !== '/' && isBelow(folder, path))),
  ) ||
  // what a variable names may be it
  (script?.commands ?? []).some(({ name, args }) => name === 'rm' && args.some(({ text }) => text.includes('$'))) ||
  (script?.commands ?? []).some(({ name }) => name === 'node-prune' || name === 'modclean');

/** `npm run build`, `tsc`; an install in the same RUN hides them from what the step costs. */
export const isProjectBuild = ({ operations, script, instruction }: Step): boolean =>
  instruction.kind === 'Run' &&
  (operations.some(
    ({ manager, action, command }) =>
      javascript.has(manager) &&
      action === 'run' &&
      command.args.some(({ text }) => /build|compile|bundle|dist|prod/.test(text)),
  ) ||
    (script?.commands ?? []).some(({ name }) => name !== undefined && buildCommands.has(name)));
