import {
  callOf,
  dockerfile,
  type Finding,
  type Install,
  imagesIn,
  isBelow,
  isForPeople,
  lineOf,
  type Model,
  type PackageOperation,
  rule,
  type Stage,
  type Step,
  startOf,
  type Take,
} from '../../src/engine/rule.ts';
import { buildCommands } from '../../src/knowledge/commands/build-commands.ts';
import { callSpan } from '../lib/edits.ts';
import { needsTools, startsProgram } from './lib/runs.ts';

export default rule({
  id: 'dev-dependencies-in-final-image',
  aliases: [],
  severity: 'info',
  preset: 'recommended',
  message: 'Dependencies for development ship.',
  why: `
    Compilers, bundlers and test runners are often most of what is installed, and each is something to update that no
    container uses. Reported is an install that brings them for certain: before a build in the same stage, by the name of the
    group or file, or where the build context has a package.json with devDependencies. Not judged are images that start a tool
    for development, and those whose name says that they are for development.
  `,
  instead: 'Install only what the program needs in the stage that ships.',
  url: 'https://docs.docker.com/build/building/multi-stage/',
  examples: {
    'installed for the build, and left': dockerfile`
      FROM node:22-slim
      WORKDIR /app
      COPY . .
      RUN npm ci
          ~~~~~~
      RUN npm run build
      CMD ["node", "dist/main.js"]
    `,
    'copied along from the build': dockerfile`
      FROM node:22 AS build
      WORKDIR /app
      COPY . .
      RUN npm ci && npm run build
      FROM node:22-slim
      COPY --from=build /app /app
                        ~~~~
      CMD ["node", "/app/dist/main.js"]
    `,
    'a group by its name': dockerfile`
      FROM python:3.13-slim
      RUN pip install --no-cache-dir -r requirements-dev.txt
          ~~~~~~~~~~~
      CMD ["python", "app.py"]
    `,
    'left out, pruned, or a tool that starts': dockerfile`
      FROM node:22 AS build
      WORKDIR /app
      RUN npm ci && npm run build && npm prune --omit=dev
      FROM node:22 AS dev
      RUN npm install && npm run build
      CMD ["npm", "run", "dev"]
      FROM node:22-slim
      COPY --from=build /app /app
      CMD ["node", "/app/dist/main.js"]
    `,
  },
  visit: { File: (model) => imagesIn(model).flatMap((stage) => judge(stage, model) ?? []) },
});

const javascript = new Set(['npm', 'yarn', 'pnpm', 'bun']);

function judge(stage: Stage, model: Model): Finding | undefined {
  if (isForPeople(stage) || needsTools(stage) || !startsProgram(stage) || startsTool(stage, model)) return undefined;
  return inStage(stage, model) ?? copied(stage, model);
}

/** Programs that are dev dependencies themselves, and scripts that may start them. */
function startsTool(stage: Stage, model: Model): boolean {
  const { programs } = startOf(stage, model);
  return programs.some(
    ({ name, args }) =>
      javascript.has(name) ||
      /^(?:npx|nodemon|ts-node|tsx|vite|jest|mocha|pytest|tox|nox|webpack|next|nuxt|nest|ng|rails|rake|pm2-dev)$/.test(
        name,
      ) ||
      args.some((it) => /ts-node|tsx|nodemon|@babel\/register/.test(it)) ||
      /\.(?:sh|bash)$|entry-?point/.test(name),
  );
}

/** An install of the image itself, or of a stage that it stands on. */
function inStage(stage: Stage, model: Model): Finding | undefined {
  const steps = stage.allSteps;
  for (const [index, step] of steps.entries()) {
    const later = steps.slice(index);
    const named = step.operations.find(namesDevelopment);
    if (named)
      return {
        at: callSpan(named),
        message: `${callOf(named)} installs ${groupOf(named)}, and nothing removes it before the image starts.`,
        instead: 'Install only what the program needs; install the rest in a stage for tests, which does not ship.',
      };
    const install = step.installs.find((it) => bringsDev(it, step));
    if (!install || later.some((it) => removesDev(it, install))) continue;
    const build = later.find(isBuild);
    const isListed = listsDev(install, model);
    if (isListed === false || (!build && !isListed)) continue;
    const { call } = install;
    return {
      at: install.operation ? callSpan(install.operation) : install.command,
      ...(build && build !== step && { related: build.instruction.keyword }),
      message: build
        ? `${call} installs the dev dependencies, which ${build === step ? 'this RUN' : `line ${lineOf(model, build.instruction)}`} builds with, and they ship.`
        : `${call} installs the devDependencies of package.json, and they ship.`,
      instead: build
        ? `Build in a stage of its own, remove them there (${pruneOf(install)}), and copy the rest. dflint stages --suggest writes that.`
        : `Write ${productionOf(install)}.`,
    };
  }
  return undefined;
}

/** A folder with its node_modules that comes from a stage which installed them for its build. */
function copied(stage: Stage, model: Model): Finding | undefined {
  for (const step of stage.allSteps) {
    for (const take of step.takes) {
      if (take.via !== 'copy' || take.origin.kind !== 'stage') continue;
      const found = broughtBy(take, take.origin.stage, model);
      if (!found) continue;
      const name = take.origin.stage.name ?? `stage ${take.origin.stage.index}`;
      return {
        at: take.at,
        related: found.step.instruction.keyword,
        message: `${take.source} of ${name} has the dev dependencies that ${found.install.call} installs (line ${lineOf(model, found.step.instruction)}), and they ship.`,
        instead: `Remove them at the end of ${name} (${pruneOf(found.install)}), or install without them in a stage of its own.`,
      };
    }
  }
  return undefined;
}

interface Found {
  readonly step: Step;
  readonly install: Install;
}

function broughtBy({ source, exclude }: Take, origin: Stage, model: Model): Found | undefined {
  if (exclude.length > 0) return undefined;
  const steps = origin.allSteps;
  for (const [index, step] of steps.entries()) {
    for (const install of step.installs) {
      if (!bringsDev(install, step) || install.folder === undefined) continue;
      const place = `${install.folder === '/' ? '' : install.folder}/node_modules`;
      const later = steps.slice(index);
      const isSure = later.some(isBuild) || listsDev(install, model) === true;
      if (
        isBelow(place, source.replace(/\/+$/, '') || '/') &&
        isSure &&
        listsDev(install, model) !== false &&
        !later.some((it) => removesDev(it, install))
      )
        return { step, install };
    }
  }
  return undefined;
}

/** `npm run build`, `tsc`; an install in the same RUN hides them from what the step costs. */
const isBuild = ({ operations, script, instruction }: Step): boolean =>
  instruction.kind === 'Run' &&
  (operations.some(
    ({ manager, action, command }) =>
      javascript.has(manager) &&
      action === 'run' &&
      command.args.some(({ text }) => /build|compile|bundle|dist|prod/.test(text)),
  ) ||
    (script?.commands ?? []).some(({ name }) => name !== undefined && buildCommands.has(name)));

/** Whether an install of JavaScript gets what is for development as well. */
function bringsDev({ operation, ecosystem }: Install, step: Step): boolean {
  if (!operation || !javascript.has(operation.manager) || ecosystem.id === 'deno') return false;
  if (operation.action !== 'install' || operation.flags.has('production')) return false;
  const mode = step.before.variable('NODE_ENV')?.value;
  const isSet = mode !== undefined && mode.state !== 'unset';
  const own = operation.command.assignments.some(({ name }) =>
    /^(?:NODE_ENV|npm_config_(?:omit|production))$/i.test(name),
  );
  const omitted = ['NPM_CONFIG_OMIT', 'NPM_CONFIG_PRODUCTION', 'npm_config_production', 'npm_config_omit'].some(
    (name) => step.before.variable(name),
  );
  // pnpm and yarn 2 do not look at NODE_ENV, but who sets it means to leave them out
  return !own && !omitted && !(isSet && (mode.state === 'unknown' || mode.text === 'production'));
}

/** Whether package.json lists some; undefined where it is not at hand. */
function listsDev({ manifests }: Install, model: Model): boolean | undefined {
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
const removesDev = ({ operations, effects, script }: Step, { folder }: Install): boolean =>
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

const pruneOf = ({ operation }: Install): string =>
  operation?.manager === 'pnpm'
    ? 'pnpm prune --prod'
    : operation?.manager === 'npm'
      ? 'npm prune --omit=dev'
      : operation?.manager === 'yarn'
        ? 'yarn install --production'
        : 'bun install --production';

const productionOf = ({ operation, call }: Install): string =>
  operation?.manager === 'npm'
    ? `${call} --omit=dev`
    : operation?.manager === 'pnpm'
      ? `${call} --prod`
      : `${call} --production`;

const development = /(?:^|[-_./[,])(?:dev|develop|development|test|tests|testing|lint)(?:[-_.\],]|$)/i;

/** `-r requirements-dev.txt`, `.[dev]`, `pipenv install --dev`. */
function namesDevelopment({ manager, action, manifests, packages, command }: PackageOperation): boolean {
  if (action !== 'install') return false;
  if (manager === 'pip' || manager === 'uv')
    return (
      manifests.some((it) => /\.txt$/.test(it) && development.test(it.replace(/^.*\//, '').replace(/\.txt$/, ''))) ||
      packages.some(
        ({ word }) => /^\.[^[]*\[[^\]]*\]$/.test(word.text) && development.test(word.text.replace(/^[^[]*/, '')),
      )
    );
  return manager === 'pipenv' && command.args.some(({ text }) => text === '--dev' || text === '-d');
}

function groupOf({ manifests, packages, manager }: PackageOperation): string {
  if (manager === 'pipenv') return 'the dev packages of the Pipfile';
  const file = manifests.find(
    (it) => /\.txt$/.test(it) && development.test(it.replace(/^.*\//, '').replace(/\.txt$/, '')),
  );
  return file === undefined ? `the extra of ${packages.map(({ word }) => word.text).join(' ')}` : `what ${file} lists`;
}
