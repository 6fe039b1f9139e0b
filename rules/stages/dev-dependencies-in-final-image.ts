import {
  bringsDev,
  callOf,
  dockerfile,
  type Finding,
  type Install,
  imagesIn,
  isBelow,
  isForPeople,
  isProjectBuild,
  javascript,
  lineOf,
  listsDev,
  type Model,
  type PackageOperation,
  removesDev,
  rule,
  type Stage,
  type Step,
  startOf,
  type Take,
} from '../../src/engine/rule.ts';
import { npmPrune } from '../../src/knowledge/images/node.ts';
import { callSpan } from '../lib/edits.ts';
import { devGroupOf } from './lib/dev-groups.ts';
import { needsTools, startsProgram } from './lib/runs.ts';

export default rule({
  id: 'dev-dependencies-in-final-image',
  aliases: [],
  severity: 'info',
  preset: 'recommended',
  message: 'Dependencies for development ship.',
  why: `
    Compilers, bundlers and test runners are often most of what is installed, and each is something to update that no
    container uses. In recommended an install is reported that brings them for certain: before a build in the same stage, by the
    name of the group or file, or where the manifest in the build context lists some; in strict each install that would. Not
    judged are images that start a tool for development, and those whose name says that they are for development.
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
      /^(?:npx|nodemon|ts-node|tsx|vite|jest|mocha|pytest|tox|nox|webpack|next|nuxt|nest|ng|grunt|gulp|ember|parcel|rails|rake|pm2-dev)$/.test(
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
    const found = ofJavascript(step, later, model) ?? ofGroups(step, later, model);
    if (found) return found;
  }
  return undefined;
}

function ofJavascript(step: Step, later: readonly Step[], model: Model): Finding | undefined {
  const install = step.installs.find((it) => bringsDev(it, step));
  if (!install || later.some((it) => removesDev(it, install))) return undefined;
  const build = later.find(isProjectBuild);
  const isListed = listsDev(install, model);
  if (isListed === false) return undefined;
  const { call } = install;
  return {
    at: install.operation ? callSpan(install.operation) : install.command,
    ...(build && build !== step && { related: build.instruction.keyword }),
    ...(!build && !isListed && { preset: 'strict' as const }),
    message: build
      ? `${call} installs the dev dependencies, which ${build === step ? 'this RUN' : `line ${lineOf(model, build.instruction)}`} builds with, and they ship.`
      : `${call} installs the devDependencies of package.json too, and they ship.`,
    instead: build
      ? `Build in a stage of its own, remove them there (${pruneOf(install, step.stage)}), and copy the rest. dflint stages --suggest proposes it where that is safe.`
      : `Write ${productionOf(install)}.`,
  };
}

/** Composer, Bundler, Poetry and uv install what is for development by default. */
function ofGroups(step: Step, later: readonly Step[], model: Model): Finding | undefined {
  for (const install of step.installs) {
    const group = devGroupOf(install, step, model);
    const { operation, call } = install;
    if (!group || !operation || group.isListed === false) continue;
    const isRepeated = later.some((it) =>
      it.operations.some(({ manager, flags }) => manager === operation.manager && flags.has('production')),
    );
    if (isRepeated) continue;
    return {
      at: callSpan(operation),
      ...(!group.isListed && { preset: 'strict' as const }),
      message: `${call} installs ${group.what} too, and nothing removes it before the image starts.`,
      instead: group.without,
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
        instead: `Remove them at the end of ${name} (${pruneOf(found.install, take.origin.stage)}), or install without them in a stage of its own.`,
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
      const isSure = later.some(isProjectBuild) || listsDev(install, model) === true;
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

function pruneOf({ operation }: Install, stage: Stage | undefined): string {
  if (operation?.manager === 'npm') return npmPrune(stage?.rootImage);
  // pnpm prune is not for workspaces
  return operation?.manager === 'pnpm' ? 'pnpm install --prod' : `${operation?.manager ?? 'bun'} install --production`;
}

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
