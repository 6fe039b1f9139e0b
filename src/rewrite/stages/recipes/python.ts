import type { Command } from '../../../shell/command.ts';
import type { PackageOperation } from '../../../shell/packages.ts';
import { baseName } from '../../../text/path.ts';
import { lackedBy } from '../base.ts';
import type { Recipe } from '../recipe.ts';
import type { View } from '../view.ts';
import { Obstacle, type Work } from '../work.ts';
import { allStarted, librariesOfCompilers, programsNamed } from './compiled.ts';
import { withoutFrontEnd } from './front-end.ts';
import { baseOf } from './python-base.ts';
import { environmentOf } from './python-place.ts';
import { staticFolders, writesProject } from './python-writes.ts';

const tools =
  /^(?:pip3?|pip3?\.\d+|poetry|uv|pipenv|pdm|python3?|python3?\.\d+|virtualenv|cython|cythonize|maturin|pyinstaller|pybabel|django-admin)$/;

/** Python: what pip and its like install is copied to the slim image. */
export const python: Recipe = {
  id: 'python',
  matches: ({ rootImage }) => rootImage?.official === true && rootImage.name === 'python',
  builds: (command, operations) =>
    isInstall(command, operations) || (tools.test(command.name ?? '') && !isServer(command)),
  sources:
    /(?:^|\/)(?:requirements[^/]*\.(?:txt|in)|constraints[^/]*\.txt|Pipfile(?:\.lock)?|poetry\.lock|uv\.lock|pdm\.lock|tox\.ini|setup\.cfg|setup\.py|pyproject\.toml|MANIFEST\.in|\.python-version|conftest\.py)$|(?:^|\/)tests?\/|\.(?:c|pyx|pxd|h)$/,
  variables:
    /^(?:PIP_[A-Z_]+|POETRY_[A-Z_]+|UV_(?:COMPILE_BYTECODE|LINK_MODE|CACHE_DIR|NO_CACHE|PYTHON_DOWNLOADS)|CC|CXX|CFLAGS|LDFLAGS)$/,
  // what is installed in the root folder is nothing of the project, unless it is named as a folder
  folderOf: ({ args }, folder) =>
    folder === '/' && !args.some(({ text }) => /^(?:-e|--editable|\.{1,2}(?:\/\S*)?|[\w-]+\.py)$/.test(text))
      ? ''
      : undefined,
  plan(view, works, project, texts) {
    const installing = works.filter(({ step, builds }) => builds.some((it) => isInstall(it, step.operationsOf(it))));
    if (installing.length === 0) return undefined;
    const image = baseOf(view, works, texts);
    const before = view.stage.rootImage!.text;
    if (image.base === before && !works.some(({ packages }) => packages.some(isOfBuild))) return undefined;
    refuseTool(view);
    const { isInProject, ...place } = environmentOf(view, { installing, project, texts });
    const isWhole = writesProject(view, works, project) || runsByTool(view) || isInProject;
    const front = withoutFrontEnd(view, works, texts);
    return {
      ...place,
      ...{ base: image.base, packages: [...image.packages, ...librariesOfCompilers(view, works)] },
      takes: [...place.takes, ...staticFolders(view, works, project)],
      project: isWhole ? 'whole' : 'again',
      isShown: true,
      lastly: front.lastly,
      runs: runsFor(view),
      assumes: image.assumes,
      leaves: [
        ...lackedBy(image.base, before),
        ...front.leaves,
        ...(keepsCache(view, works) ? ['the cache of pip'] : []),
      ],
    };
  },
};

const programs =
  'python[\\d.]*|gunicorn|uvicorn|hypercorn|daphne|celery|flask|django-admin|fastapi|streamlit|waitress-serve|alembic|pytest|uwsgi|supervisord|supervisorctl|scrapy|mkdocs|airflow|dagster|prefect|huey_consumer|rq|rqworker|mlflow|jupyter|jupyter-lab|jupyter-notebook|gradio|sanic|granian|poetry|pipenv|uv|pip3?';

/** Programs that what is installed brings: well-known ones, those of packages by their name, and those that the project declares. */
function runsFor({ context, steps }: View): RegExp {
  const texts = (files: RegExp): string[] =>
    context?.files().flatMap(({ path }) => (files.test(path) ? (context.read(path) ?? '') : [])) ?? [];
  const declared = texts(/^(?:pyproject\.toml|setup\.cfg|setup\.py)$/).flatMap((text) => [
    ...[...text.matchAll(/^\[(?:project|tool\.poetry)\.(?:gui-)?scripts\]\n((?:[^[\n].*\n?)*)/gm)].flatMap(([, it]) =>
      [...it!.matchAll(/^\s*["']?([\w.-]+)["']?\s*=/gm)].map(([, name]) => name!),
    ),
    ...[
      ...text.matchAll(/^\s*["']?([\w.-]+)\s*=\s*[\w.]+:[\w.]+["']?,?\s*$|["']([\w.-]+)\s*=\s*[\w.]+:[\w.]+["']/gm),
    ].map(([, one, other]) => (one ?? other)!),
  ]);
  const listed = texts(/(?:^|\/)requirements[^/]*\.(?:txt|in)$|(?:^|\/)requirements\/[^/]+$/).flatMap((text) =>
    [...text.matchAll(/^\s*([\w.-]+)/gm)].map(([, name]) => name!),
  );
  const named = steps.flatMap(({ operations }) =>
    operations.flatMap(({ family, packages }) => (family === 'pip' ? packages.flatMap(({ name }) => name ?? []) : [])),
  );
  return programsNamed([programs], [...declared, ...listed, ...named]);
}

/** Throws an `Obstacle` for a manager that starts the program, where it is not seen what brings it. */
function refuseTool(view: View): void {
  const tool = allStarted(view).find(({ name }) => /^(?:poetry|pipenv|uv|pdm|hatch)$/.test(name));
  if (!tool) return;
  const isThere = view.steps.some(
    ({ operations, takes }) =>
      operations.some(({ family, packages }) => family === 'pip' && packages.some(({ name }) => name === tool.name)) ||
      takes.some(({ source }) => baseName(source) === tool.name || source === '/uv'),
  );
  if (!isThere)
    throw new Obstacle(tool.step.instruction.span.start, `${tool.name} is not shown to be in the final image`);
}

/** Whether an install leaves what pip downloads. */
const keepsCache = ({ stage }: View, works: readonly Work[]): boolean =>
  stage.end.variable('PIP_NO_CACHE_DIR') === undefined &&
  works.some(({ builds, step }) =>
    builds.some(
      (command) =>
        isInstall(command, step.operationsOf(command)) &&
        !command.args.some(({ text }) => text === '--no-cache-dir') &&
        step.mounts.every(({ type }) => type !== 'cache'),
    ),
  );

const isServer = ({ args }: Command): boolean => args.some(({ text }) => /runserver/.test(text));
const isOfBuild = ({ packages }: PackageOperation): boolean =>
  packages.some(
    ({ name }) =>
      name !== undefined &&
      /-(?:dev|devel)$|^(?:build-essential|gcc|g\+\+|build-base|make|cmake|rustc|cargo|gfortran|swig|git|pkg-config)$/.test(
        name,
      ),
  );

/** Managers that run a program look at the files of the project first. */
const runsByTool = (view: View): boolean =>
  allStarted(view).some(({ name }) => /^(?:poetry|pipenv|uv|pdm|hatch)$/.test(name));

const isInstall = ({ args }: Command, operations: readonly PackageOperation[]): boolean =>
  operations.some(
    ({ family, action }) =>
      (family === 'pip' || family === 'python' || /^(?:poetry|uv|pipenv|pdm)$/.test(family)) &&
      (action === 'install' || action === 'build'),
  ) ||
  (args[0]?.text === 'setup.py' && args.some(({ text }) => /^(?:install|develop|build_ext)$/.test(text)));
