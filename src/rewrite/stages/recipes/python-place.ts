import type { Step } from '../../../model/model.ts';
import { absoluteIn } from '../../../model/stages/folder.ts';
import { isBelow } from '../../../text/path.ts';
import type { Texts } from '../assets.ts';
import { isOnPath, variableOf } from '../given.ts';
import type { Parts, Taken } from '../recipe.ts';
import { isIn, type View } from '../view.ts';
import { type Call, callsIn, Obstacle, type Work } from '../work.ts';
import { allStarted } from './compiled.ts';

/** Where installed packages are. */
export interface Place extends Pick<Parts, 'takes' | 'before' | 'first'> {
  /** Whether some of it lies among the files of the project, which then come with it. */
  readonly isInProject: boolean;
}

interface Asked {
  /** RUNs that install. */
  readonly installing: readonly Work[];
  readonly project: readonly string[];
  readonly texts: Texts;
}

const VENV = '/opt/venv';
const packagesAt = (path: string): Taken => ({ from: path, to: path, isFolder: true, what: 'the installed packages' });

/** An environment that the file makes itself, folders that its commands name, or an environment that is made for them. */
export function environmentOf(view: View, { installing, project, texts }: Asked): Place {
  const isOwn = (path: string): boolean => project.some((it) => it !== path && isBelow(path, it));
  const made = venvOf(view, project, texts);
  if (made !== undefined) return { takes: [packagesAt(made)], isInProject: isOwn(made) };
  const calls = callsIn(installing);
  const named = calls.flatMap((it) => namedPlace(it, view) ?? []);
  const isNamed = calls.every((it) => namedPlace(it, view) !== undefined || isTool(it));
  if (named.length > 0 && isNamed) return { takes: [...new Set(named)].map(packagesAt), isInProject: false };
  const why = named.length > 0 ? 'packages are installed in several places' : needsSystem(view, calls, texts);
  if (why === undefined) return newVenv(installing[0]!.step);
  const tag = view.stage.rootImage?.tag ?? '';
  const version = /^2(?:-|$)/.test(tag) ? '2.7' : /^\d\.\d+/.exec(tag)?.[0];
  if (version === undefined)
    throw new Obstacle(calls[0]!.command.span.start, `${why}, and the version of Python is not known`);
  // official images have their own Python there, so that what is added to one can be added to another
  const system = [`/usr/local/lib/python${version}/site-packages`, '/usr/local/bin'];
  return { takes: [...system, ...new Set(named)].map(packagesAt), isInProject: false };
}

const newVenv = (step: Step): Place => {
  const env = `ENV VIRTUAL_ENV=${VENV} PATH="${VENV}/bin:$PATH"`;
  return {
    takes: [packagesAt(VENV)],
    before: [{ step, lines: [`RUN python -m venv ${VENV}`, env] }],
    first: [env],
    isInProject: false,
  };
};

/** What pip itself is, or gets packages for others. */
const isTool = ({ step, command }: Call): boolean => {
  const packages = step.operationsOf(command).flatMap(({ packages: all }) => all);
  return (
    packages.length > 0 &&
    packages.every(({ name }) => /^(?:pip|setuptools|wheel|build|cython|poetry|uv|pipenv)$/.test(name ?? ''))
  );
};

/** The folder that an install names, or in which pip installs for another user than root. */
function namedPlace({ step, command }: Call, view: View): string | undefined {
  const words = command.args.map(({ text }) => text);
  const at = words.findIndex((it) => /^--target(?:=|$)|^-t$/.test(it));
  if (at >= 0) {
    const text = words[at]!.includes('=') ? words[at]!.split('=')[1]! : (words[at + 1] ?? '');
    const path = absoluteIn(view.folderAt(step, command), text);
    if (path === undefined) throw new Obstacle(command.span.start, `the folder ${text} is not known`);
    return path;
  }
  const other = words.find((it) => /^--(?:prefix|root)(?:=|$)/.test(it));
  if (other !== undefined) throw new Obstacle(command.span.start, `${other} puts packages in a place of its own`);
  const [operation] = step.operationsOf(command);
  const isPip = operation?.manager === 'pip' && operation.action === 'install';
  if (!words.includes('--user') && !(isPip && step.isRoot === false)) return undefined;
  if (step.home === undefined)
    throw new Obstacle(command.span.start, 'the home of the user that installs is not known');
  return `${step.home}/.local`;
}

/** Why packages must stay where the Python of the image has its own; undefined where an environment does as well. */
function needsSystem(view: View, calls: readonly Call[], texts: Texts): string | undefined {
  for (const { step, command } of calls) {
    const [operation] = step.operationsOf(command);
    if (operation && /^(?:pdm|conda)$/.test(operation.manager))
      throw new Obstacle(command.span.start, `${operation.manager} chooses the place of its packages itself`);
    if (command.args.some(({ text }) => text === '--system')) return '--system passes environments over';
    if (command.wrappers.some(({ name }) => name === 'sudo')) return 'sudo passes environments over';
  }
  if (/^2(?:\.|-|$)/.test(view.stage.rootImage?.tag ?? '')) return 'Python 2 makes no environments';
  const script = allStarted(view).find(({ name }) => /\.sh$|entrypoint|^(?:start|run|boot|init)/.test(name));
  if (!view.context && script) return `what ${script.name} starts is not known without the build context`;
  if (/\/usr\/local\/lib\/python|site-packages/.test(view.model.file.text))
    return 'the folder of packages is named by its path';
  const path = allStarted(view).find(
    (it) => it.path?.startsWith('/usr/local/bin/') && !/\.sh$|entrypoint/.test(it.name),
  );
  if (path) return `${path.path} is named by its path`;
  const named = ['python', 'python3', 'gunicorn', 'uwsgi', 'celery', 'uvicorn', 'supervisord', 'flask'].find((it) =>
    texts.mentions(`/usr/local/bin/${it}`),
  );
  if (named !== undefined) return `/usr/local/bin/${named} is named by its path`;
  // others than the container itself have a PATH of their own
  const other = allStarted(view).find(({ name }) => /^(?:cron|crond|su|sudo|runuser|sshd|systemd)$/.test(name));
  return other && `${other.name} starts programs with a PATH of its own`;
}

/** The environment that a RUN makes and PATH or what starts leads to, or that uv, poetry or pipenv keep in the project. */
function venvOf(view: View, project: readonly string[], { mentions }: Texts): string | undefined {
  const { stage, steps, folderAt } = view;
  const leads = (folder: string): boolean =>
    isOnPath(`${folder}/bin`, stage) ||
    allStarted(view).some((it) => it.path?.startsWith(`${folder}/bin/`)) ||
    mentions(`${folder}/bin/activate`) ||
    mentions(`${folder}/bin/python`);
  for (const step of steps) {
    for (const command of step.script?.commands ?? []) {
      const all = command.args.map(({ text }) => text);
      const at = command.name === 'virtualenv' ? 0 : all.indexOf('venv') + 1;
      if (at === 0 && command.name !== 'virtualenv') continue;
      const target = all.slice(at).findLast((it) => !it.startsWith('-'));
      const folder =
        target === undefined ? undefined : absoluteIn(folderAt(step, command), withVariables(target, view));
      if (folder !== undefined && (leads(folder) || isCalled(folder, view))) return folder;
    }
  }
  const own = variableOf(stage, 'UV_PROJECT_ENVIRONMENT');
  return [...(own === undefined ? [] : [own]), ...project.map((it) => `${it}/.venv`)].find(
    (it) => leads(it) || (isIn(it, project) && usesUv(view)),
  );
}

/** Whether commands call what is in an environment by its path: `venv/bin/pip install`. */
const isCalled = (folder: string, { steps, folderAt }: View): boolean =>
  steps.some((step) =>
    step.script?.commands.some((command) => {
      const path = command.word.text.includes('/') ? absoluteIn(folderAt(step, command), command.word.text) : undefined;
      return path?.startsWith(`${folder}/bin/`);
    }),
  );

/** What `uv run` starts is in the environment of the project. */
const usesUv = (view: View): boolean =>
  allStarted(view).some(({ name }) => name === 'uv') &&
  view.steps.some(({ operations }) =>
    operations.some(({ manager, verb }) => manager === 'uv' && verb?.text === 'sync'),
  );

const withVariables = (text: string, { stage }: View): string =>
  text.replace(/\$\{?(\w+)\}?/g, (whole, name: string) => variableOf(stage, name) ?? whole);
