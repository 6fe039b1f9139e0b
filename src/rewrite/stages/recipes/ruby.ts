import { absoluteIn } from '../../../model/stages/folder.ts';
import type { PackageOperation } from '../../../shell/packages.ts';
import { isBelow } from '../../../text/path.ts';
import { lackedBy } from '../base.ts';
import { variableOf } from '../given.ts';
import type { Recipe, Taken } from '../recipe.ts';
import type { View } from '../view.ts';
import { type Call, callsIn, Obstacle } from '../work.ts';
import { librariesOfCompilers, programsNamed } from './compiled.ts';
import { noFrontEnd, withoutFrontEnd } from './front-end.ts';
import { baseOf, lockOf } from './ruby-base.ts';

const isBundle = (name: string | undefined): boolean => /^bundler?$/.test(name ?? '');
const tools = /^(?:rake|rails|ruby|bootsnap|jekyll)$/;
const frontEnd = /^(?:npm|npx|yarn|pnpm|node)$/;

/** Ruby: gems are installed and compiled in the build stage, and lie in a folder of their own. */
export const ruby: Recipe = {
  id: 'ruby',
  matches: ({ rootImage }) => rootImage?.official === true && rootImage.name === 'ruby',
  builds: ({ name }) =>
    isBundle(name) || /^(?:gem|rake|rails|ruby|bootsnap|jekyll)$/.test(name ?? '') || frontEnd.test(name ?? ''),
  // they write where the final stage has files of its own
  keeps: ({ name, args }) => {
    const words = args.map(({ text }) => text);
    return (
      (isBundle(name) &&
        words[0] === 'config' &&
        words.length > 2 &&
        !words.includes('--local') &&
        !words.includes('--delete')) ||
      (name === 'gem' && words[0] === 'update' && words.includes('--system'))
    );
  },
  folderOf: ({ name, args }) =>
    name === 'gem' || (isBundle(name) && /^(?:config|-v|--version|version)$/.test(args[0]?.text ?? ''))
      ? ''
      : undefined,
  sources:
    /(?:^|\/)(?:spec|tests?|features)\/|(?:^|\/)(?:\.rspec|\.rubocop\.yml|package(?:-lock)?\.json|yarn\.lock|\.simplecov|Guardfile)$/,
  variables: /^(?:BUNDLE_(?:JOBS|RETRY|SILENCE_ROOT_WARNING)|NPM_CONFIG_[A-Z_]+|YARN_[A-Z_]+)$/,
  plan(view, works, project, texts) {
    const calls = callsIn(works);
    if (!calls.some((it) => isInstall(it))) return undefined;
    const image = baseOf(view, works, texts);
    const before = view.stage.rootImage!.text;
    if (image.base === before && !works.some(({ packages }) => packages.some(isOfBuild))) return undefined;
    for (const it of calls) refuseWrites(it);
    const gems = gemFolders(view, calls, project);
    const isWhole = changesProject(view, calls, project);
    const isProduction = ['RAILS_ENV', 'RACK_ENV'].some((it) => variableOf(view.stage, it) === 'production');
    const front = isProduction ? withoutFrontEnd(view, works, texts) : noFrontEnd;
    return {
      base: image.base,
      packages: [...image.packages, ...librariesOfCompilers(view, works)],
      takes: gems.map((it): Taken => ({ from: it, to: it, isFolder: true, what: 'the gems' })),
      project: isWhole ? 'whole' : 'again',
      isShown: true,
      lastly: front.lastly,
      runs: runsFor(view),
      assumes: image.assumes,
      leaves: [...lackedBy(image.base, before), ...front.leaves],
    };
  },
};

const isInstall = ({ step, command }: Call): boolean =>
  step
    .operationsOf(command)
    .some(({ family, action }) => family === 'gem' && (action === 'install' || action === 'upgrade'));

/** Packages of the system that compile gems, or fetch them. */
const isOfBuild = ({ packages }: PackageOperation): boolean =>
  packages.some(
    ({ name }) =>
      name !== undefined &&
      /-(?:dev|devel)$|^(?:build-essential|gcc|g\+\+|build-base|make|cmake|git|pkg-config|nodejs|npm|yarn)$/.test(name),
  );

const HOME = '/usr/local/bundle';

/** Where gems are: in the folder of the image, and where settings of Bundler say. */
function gemFolders(view: View, calls: readonly Call[], project: readonly string[]): string[] {
  const { stage } = view;
  const found = new Set([variableOf(stage, 'GEM_HOME') ?? HOME]);
  const path = variableOf(stage, 'BUNDLE_PATH');
  if (path?.startsWith('/')) found.add(path);
  else if (path !== undefined) for (const it of project) found.add(`${it}/${path}`);
  for (const { step, command } of calls) {
    if (!isBundle(command.name)) continue;
    const words = command.args.map(({ text }) => text);
    const at = words.findIndex((it) => /^(?:--)?path(?:=|$)/.test(it));
    const named = at < 0 ? undefined : words[at]!.includes('=') ? words[at]!.split('=')[1]! : words[at + 1];
    const isVendored = words.includes('--deployment') || (words[0] === 'config' && words.includes('deployment'));
    const own = named ?? (isVendored ? 'vendor/bundle' : undefined);
    if (own === undefined) continue;
    const place = absoluteIn(view.folderAt(step, command) ?? project[0], own);
    if (place === undefined) throw new Obstacle(command.span.start, `the folder ${own} is not known`);
    found.add(place);
  }
  if (variableOf(stage, 'BUNDLE_DEPLOYMENT') !== undefined && path === undefined)
    for (const it of project) found.add(`${it}/vendor/bundle`);
  return [...found];
}

/** Tasks that write into the project, or into a database elsewhere. */
const tasks =
  /^(?:assets:|webpacker:|shakapacker:|vite:|css:|javascript:|tailwindcss:|db:|tmp:|log:|yarn:|i18n:|bootsnap|precompile|build|jekyll|rake|rails|ruby|-v|--version|install|check|binstubs|config|clean|cache|lock|update|exec|list|info|show)/;

/** Throws an `Obstacle` for what may write anywhere. */
function refuseWrites({ command }: Call): void {
  const { name = '', args, span } = command;
  const words = args.map(({ text }) => text).filter((it) => !it.startsWith('-') && !/^[A-Z_]+=/.test(it));
  if (!(isBundle(name) || tools.test(name)) || words.length === 0) return;
  const [first = '', second = '', third = ''] = isBundle(name) ? words : ['exec', name, ...words];
  if (first !== 'exec') return;
  const task = /^(?:rake|rails|bin\/rails|bin\/rake|\.\/bin\/rails)$/.test(second) ? third : second;
  if (second === 'ruby' ? third !== '' : !tasks.test(task))
    throw new Obstacle(span.start, `what ${[second, third].join(' ').trim()} writes is not known`);
}

/** Whether the project is no longer what the context has. */
function changesProject(view: View, calls: readonly Call[], project: readonly string[]): boolean {
  const onlyInstalls = calls.every(({ step, command }) => {
    const words = command.args.map(({ text }) => text);
    if (words.some((it) => /^--(?:binstubs|standalone)/.test(it))) return false;
    if (command.name === 'gem') return true;
    if (isBundle(command.name))
      return isInstall({ step, command }) || /^(?:config|clean|check|-v|--version)$/.test(words[0] ?? '');
    // gems are tidied up
    return step.effects.all
      .filter((it) => it.command === command && it.kind !== 'read')
      .every(({ kind, path }) => kind === 'remove' || !project.some((it) => isBelow(path, it)));
  });
  const lock = lockOf(view);
  // gems of the project are compiled beside their sources
  const hasOwn =
    view.context === undefined ||
    /^PATH$/m.test(lock ?? '') ||
    /^\s*gemspec\b|\bpath:\s*|:path\s*=>/m.test(view.context.read('Gemfile') ?? '');
  return !onlyInstalls || hasOwn || variableOf(view.stage, 'BUNDLE_APP_CONFIG') !== undefined;
}

/** Programs of the gems that the lock file lists, and of those that are installed by name. */
function runsFor(view: View): RegExp {
  const listed = [...(lockOf(view) ?? '').matchAll(/^ {4}([\w.-]+) \(/gm)].map(([, name]) => name!);
  const named = view.steps.flatMap(({ operations }) =>
    operations.flatMap(({ family, packages }) => (family === 'gem' ? packages.flatMap(({ name }) => name ?? []) : [])),
  );
  return programsNamed(programs, [...listed, ...named]);
}
const programs = 'ruby bundle bundler rails rake puma pumactl rackup unicorn unicorn_rails gem irb'.split(' ');
