import type { Step } from '../../../model/model.ts';
import type { Command } from '../../../shell/command.ts';
import type { PackageOperation } from '../../../shell/packages.ts';
import { slimOf } from '../base.ts';
import type { Parts, Recipe, Taken } from '../recipe.ts';
import type { View } from '../view.ts';
import { Obstacle, type Work } from '../work.ts';

const VENV = '/opt/venv';
const tools =
  /^(?:pip3?|pip3?\.\d+|poetry|uv|pipenv|pdm|python3?|python3?\.\d+|virtualenv|cython|maturin|pyinstaller)$/;

/** Python: what pip and its like install goes into a virtual environment, which is copied to the slim image. */
export const python: Recipe = {
  id: 'python',
  matches: ({ rootImage }) => rootImage?.official === true && rootImage.name === 'python',
  builds: (command, operations) =>
    isInstall(command, operations) || (tools.test(command.name ?? '') && !isServer(command)),
  sources:
    /(?:^|\/)(?:requirements[^/]*\.(?:txt|in)|constraints[^/]*\.txt|Pipfile(?:\.lock)?|poetry\.lock|uv\.lock|pdm\.lock|tox\.ini|setup\.cfg|setup\.py|pyproject\.toml|MANIFEST\.in|\.python-version|conftest\.py)$|(?:^|\/)tests?\/|\.(?:c|pyx|pxd|h)$/,
  variables: /^(?:PIP_[A-Z_]+|POETRY_[A-Z_]+|UV_[A-Z_]+|PIPENV_[A-Z_]+|CC|CXX|CFLAGS|LDFLAGS)$/,
  plan(view, works, project) {
    const installing = works.filter(({ step, builds }) => builds.some((it) => isInstall(it, step.operationsOf(it))));
    if (installing.length === 0) return undefined;
    const rootImage = view.stage.rootImage!;
    const compiles = works.some(({ packages }) =>
      packages.some((it) => it.packages.some(({ name }) => name !== undefined && compilesWith.test(name))),
    );
    const { base, packages } = baseOf(view);
    if (base === rootImage.text && !compiles) return undefined;
    const environment = environmentOf(view, installing, project);
    return {
      base,
      ...environment,
      project: 'again',
      packages,
      runs,
      leaves: [
        ...(base === rootImage.text ? [] : [`what ${rootImage.text} has and ${base} has not: compilers, headers, git`]),
        'the cache of pip',
      ],
    };
  },
};

const runs =
  /^(?:python3?|python3?\.\d+|gunicorn|uvicorn|hypercorn|daphne|celery|flask|django-admin|fastapi|streamlit|waitress-serve|alembic|pytest|uwsgi|supervisord|scrapy|mkdocs|airflow|dagster|prefect|huey_consumer|rq|mlflow|jupyter|gradio|sanic|granian)$/;
const compilesWith = /-(?:dev|devel)$|^(?:build-essential|gcc|g\+\+|build-base|make|cmake|rustc|cargo|gfortran|swig)$/;
const isServer = ({ args }: Command): boolean => args.some(({ text }) => /runserver/.test(text));

const isInstall = ({ args }: Command, operations: readonly PackageOperation[]): boolean =>
  operations.some(
    ({ family, action }) =>
      (family === 'pip' || family === 'python' || /^(?:poetry|uv|pipenv|pdm)$/.test(family)) &&
      (action === 'install' || action === 'build'),
  ) ||
  (args[0]?.text === 'setup.py' && args.some(({ text }) => /^(?:install|develop|build_ext)$/.test(text)));

/** Where the packages are: an environment that the file makes itself, or one that is made for them. */
function environmentOf(
  view: View,
  works: readonly Work[],
  project: readonly string[],
): Pick<Parts, 'takes' | 'before' | 'first'> {
  const taken = (from: string): Taken => ({ from, to: from, isFolder: true, what: 'the installed packages' });
  const made = venvOf(view, project);
  if (made !== undefined) return { takes: [taken(made)] };
  for (const { step, builds } of works) {
    for (const command of builds) {
      const { args, span } = command;
      const words = args.map(({ text }) => text);
      const at = words.findIndex((it) => /^--(?:user|prefix|target|root)(?:=|$)|^-t$/.test(it));
      if (at >= 0) throw new Obstacle(span.start, `${words[at]} puts packages in a place of its own`);
      if (words.includes('--system')) throw new Obstacle(span.start, '--system passes virtual environments over');
      const operation = step.operationsOf(command)[0];
      if (operation && /^(?:pipenv|pdm|conda)$/.test(operation.manager))
        throw new Obstacle(span.start, `${operation.manager} chooses the place of its packages itself`);
      if (command.wrappers.some(({ name }) => name === 'sudo'))
        throw new Obstacle(span.start, 'sudo passes virtual environments over');
    }
  }
  const first = works[0]!.step;
  const after = (view.stage.steps as readonly Step[]).find(
    ({ instruction, before }) =>
      instruction.kind === 'Run' && before.user.state === 'known' && before.user.text !== 'root',
  );
  if (after && after.index <= works.at(-1)!.step.index)
    throw new Obstacle(after.instruction.span.start, 'another user than root installs packages');
  return {
    takes: [taken(VENV)],
    before: [
      { step: first, lines: [`RUN python -m venv ${VENV}`, `ENV VIRTUAL_ENV=${VENV} PATH="${VENV}/bin:$PATH"`] },
    ],
    first: [`ENV VIRTUAL_ENV=${VENV} PATH="${VENV}/bin:$PATH"`],
  };
}

/** The environment that a RUN makes and PATH leads to, or that uv or poetry keeps in the project. */
function venvOf({ stage, folderAt }: View, project: readonly string[]): string | undefined {
  const path = stage.end.variable('PATH')?.value;
  const leads = (folder: string): boolean => path?.state !== 'unset' && path?.text.includes(`${folder}/bin`) === true;
  for (const step of stage.steps) {
    for (const command of step.script?.commands ?? []) {
      const words = command.args.map(({ text }) => text);
      const at = command.name === 'virtualenv' ? 0 : words.indexOf('venv') + 1;
      if (at === 0 && command.name !== 'virtualenv') continue;
      const target = words.slice(at).findLast((it) => !it.startsWith('-'));
      const folder = target?.startsWith('/') ? target : target && `${folderAt(step, command) ?? ''}/${target}`;
      if (folder && leads(folder)) return folder;
    }
  }
  return project.map((it) => `${it}/.venv`).find(leads);
}

/** The slim image of the same version, with the libraries that what is installed is known to need; the image itself where the context does not tell. */
function baseOf(view: View): { base: string; packages: readonly string[] } {
  const { rootImage } = view.stage;
  const same = { base: rootImage!.text, packages: [] };
  const slim = slimOf(rootImage!, undefined);
  if (slim === undefined || slim === rootImage!.text || !view.context) return same;
  const lists = view.context
    .files()
    .filter(({ path }) =>
      /(?:^|\/)(?:requirements[^/]*\.txt|pyproject\.toml|poetry\.lock|uv\.lock|Pipfile)$/.test(path),
    );
  const texts = lists.map(({ path }) => view.context!.read(path));
  if (lists.length === 0 || texts.some((it) => it === undefined)) return same;
  const text = texts.join('\n');
  const found = Object.entries(needed).filter(([name]) =>
    new RegExp(`^[\\s"'\\[]*(?:name = ")?${name}(?![\\w-])`, 'im').test(text),
  );
  const unknown = found.find(([, libraries]) => libraries === undefined);
  if (unknown || (found.length > 0 && view.system?.distribution !== 'debian')) return same;
  return { base: slim, packages: found.flatMap(([, libraries]) => libraries ?? []) };
}

/** Packages of PyPI that are linked to, or open, libraries which the full image has and the slim one has not; undefined: not known by name. */
const needed: Readonly<Record<string, readonly string[] | undefined>> = {
  psycopg2: ['libpq5'],
  psycopg: ['libpq5'],
  mysqlclient: ['libmariadb3'],
  'python-magic': ['libmagic1'],
  pyodbc: ['unixodbc'],
  weasyprint: ['libpango-1.0-0', 'libpangoft2-1.0-0'],
  cairosvg: ['libcairo2'],
  pycairo: ['libcairo2'],
  gitpython: ['git'],
  pygraphviz: ['graphviz'],
  graphviz: ['graphviz'],
  wand: undefined,
  uwsgi: undefined,
  'python-ldap': undefined,
  gdal: undefined,
  pycurl: undefined,
  xmlsec: undefined,
  mod_wsgi: undefined,
  'opencv-python': undefined,
  dlib: undefined,
};
