import type { Step } from '../../../model/model.ts';
import { type Started, startedBy } from '../../../model/process/program.ts';
import { parseScript, words } from '../../../shell/script.ts';
import { plainMap } from '../../../text/map.ts';
import type { View } from '../view.ts';
import { allStarted, fileAt } from './compiled.ts';

/** What package.json files of the context say, and what their scripts start. */

export interface Manifest {
  readonly workspaces?: unknown;
  readonly type?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly packageManager?: string;
}

export function parsed<T>(text: string | undefined): T | undefined {
  try {
    return JSON.parse(text ?? '') as T;
  } catch {
    return undefined;
  }
}

/** The package.json that lands in a folder of the image; that of the root of the context where none is seen to. */
export function manifestAt(folder: string | undefined, view: View): Manifest | undefined {
  const file = folder === undefined ? undefined : fileAt(`${folder === '/' ? '' : folder}/package.json`, view);
  return parsed(view.context?.read(file?.path ?? 'package.json'));
}

/** All package.json files that the builder is sent. */
export const manifestsOf = ({ context }: View): Manifest[] =>
  context
    ?.files()
    .filter(({ path }) => /(?:^|\/)package\.json$/.test(path) && !/(?:^|\/)node_modules\//.test(path))
    .flatMap(({ path }) => parsed<Manifest>(context.read(path)) ?? []) ?? [];

/** The names of all that only development needs. */
export function devNames(view: View): Set<string> {
  const all = manifestsOf(view);
  const needed = new Set(all.flatMap((it) => Object.keys({ ...it.dependencies, ...it.optionalDependencies })));
  return new Set(all.flatMap((it) => Object.keys(it.devDependencies ?? {})).filter((it) => !needed.has(it)));
}

/** The name of the script that `npm start`, `yarn run x` and their like run; undefined where they run none. */
export function scriptNameOf({ name, args }: Pick<Started, 'name' | 'args'>): string | undefined {
  if (!/^(?:npm|yarn|yarnpkg|pnpm|bun)$/.test(name)) return undefined;
  const all = args.filter((it, at) => !it.startsWith('-') && !/^(?:--prefix|--cwd|-C|--dir)$/.test(args[at - 1] ?? ''));
  const [verb = '', script] = all;
  if (/^(?:run|run-script|rum)$/.test(verb)) return script;
  if (/^(?:start|test|stop|restart)$/.test(verb)) return verb;
  return name !== 'npm' && verb !== '' && !/^(?:exec|install|add|dlx|x|config|cache|prune)$/.test(verb)
    ? verb
    : undefined;
}

/** Commands that only set what others run in; they are programs themselves. */
const wrappers = /^(?:cross-env|cross-env-shell|env-cmd|dotenv|dotenvx|npx|bunx)$/;

/** What a command starts in the end, scripts of package.json and what `npx` calls put in; each program on the way as well. */
export function resolved(started: Started, view: View, depth = 0): Started[] {
  const script = scriptNameOf(started);
  if (script !== undefined && depth < 6) {
    const scripts = manifestAt(started.folder ?? view.home, view)?.scripts ?? {};
    const texts = [scripts[`pre${script}`], scripts[script], scripts[`post${script}`]].flatMap((it) => it ?? []);
    const inner = texts.flatMap((text) => scriptCommands(text, started.folder ?? view.home, started.step));
    return [started, ...inner.flatMap((it) => resolved(it, view, depth + 1))];
  }
  if (/^(?:run-s|run-p|npm-run-all|npm-run-all2)$/.test(started.name)) {
    const names = started.args.filter((it) => !it.startsWith('-'));
    const inner = names.map((it) => ({ ...started, name: 'npm', word: 'npm', args: ['run', it] }));
    return [started, ...inner.flatMap((it) => resolved(it, view, depth + 1))];
  }
  if (wrappers.test(started.name)) {
    const at = started.args.findIndex((it) => !it.startsWith('-') && !/^\w+=/.test(it) && !/^\.env/.test(it));
    const inner = at < 0 ? undefined : startedBy(started.args.slice(at), started.folder, started.step);
    return inner ? [started, ...resolved(inner, view, depth + 1)] : [started];
  }
  return [started];
}

/** The commands of a script of package.json. */
export function scriptCommands(text: string, folder: string | undefined, step: Step): Started[] {
  const script = parseScript(text, { map: plainMap(text.length, 0), dialect: 'posix' });
  let at = folder;
  return script.commands.flatMap((command): Started[] => {
    if (command.name === 'cd') {
      const to = command.args[0]?.text ?? '';
      at = to.startsWith('/') ? to : at && `${at}/${to}`;
      return [];
    }
    const started = startedBy(words(command), at, step);
    return started ? [{ ...started, folder: at }] : [];
  });
}

/** All that containers start, scripts of package.json put in. */
export const startedInAll = (view: View): Started[] => allStarted(view).flatMap((it) => resolved(it, view));

interface Locked {
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly bin?: Readonly<Record<string, string>>;
}

/** The packages that package-lock.json lists, by their folder. */
export const lockedIn = ({ context }: View): Readonly<Record<string, Locked>> =>
  parsed<{ packages?: Record<string, Locked> }>(context?.read('package-lock.json'))?.packages ?? {};

/** Programs of packages that have another name. */
const binsOf: Readonly<Record<string, string>> = {
  ...{ nest: '@nestjs/cli', tsc: 'typescript', sequelize: 'sequelize-cli', 'sequelize-cli': 'sequelize-cli' },
  ...{ ng: '@angular/cli', 'vue-cli-service': '@vue/cli-service', 'remix-serve': '@remix-run/serve' },
  ...{
    'react-router-serve': '@react-router/serve',
    'pm2-runtime': 'pm2',
    'pm2-docker': 'pm2',
    strapi: '@strapi/strapi',
  },
  ...{
    medusa: '@medusajs/medusa',
    directus: 'directus',
    'typeorm-ts-node-commonjs': 'typeorm',
    'run-s': 'npm-run-all',
  },
  ...{ 'run-p': 'npm-run-all', dotenv: 'dotenv-cli', 'babel-node': '@babel/node', webpack: 'webpack-cli' },
};

/** Whether a program comes with a dependency that stays; undefined where no file tells. */
export function isNeededBin(name: string, view: View): boolean | undefined {
  const locked = Object.entries(lockedIn(view)).filter(([, { bin }]) => bin !== undefined && Object.hasOwn(bin, name));
  if (locked.length > 0) return locked.some(([, { dev }]) => dev !== true);
  const owner = Object.hasOwn(binsOf, name) ? binsOf[name]! : name;
  const all = manifestsOf(view);
  if (all.some((it) => Object.hasOwn({ ...it.dependencies, ...it.optionalDependencies }, owner))) return true;
  return all.some((it) => Object.hasOwn(it.devDependencies ?? {}, owner)) ? false : undefined;
}

const code = /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/;
const noProgram =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|spec|specs|e2e|cypress|node_modules|\.storybook|stories)\/|\.(?:test|spec|e2e-spec|config|conf|stories)\.|(?:^|\/)\.\w+rc|(?:^|\/)(?:gulp|grunt)file/i;

/** Settings that a framework reads when it starts. */
const settings = /^(?:next|nuxt|strapi)\.config\.[cm]?[jt]s$/;

/** A dev dependency that code names which is no test and no setting: it may be meant for the program. */
export function namedDev(view: View, withSettings: boolean): string | undefined {
  const names = [...devNames(view)].filter((it) => !it.startsWith('@types/') && it !== 'typescript');
  if (names.length === 0 || !view.context) return undefined;
  const files = view.context
    .files()
    .filter(({ path }) => code.test(path) && (!noProgram.test(path) || (withSettings && settings.test(path))));
  const texts = files.slice(0, 3000).map(({ path }) => withoutTypes(view.context!.read(path) ?? ''));
  return names.find((name) =>
    texts.some((text) => text.includes(name) && ["'", '"', '`'].some((it) => isQuoted(text, name, it))),
  );
}

/** What only the compiler of TypeScript reads is left out. */
const withoutTypes = (text: string): string =>
  text
    .replace(/^[ \t]*(?:import|export)\s+type\b[^;\n]*(?:\{[^}]*\})?[^;\n]*$/gm, '')
    .replace(/^[ \t]*\/\/\/\s*<reference[^\n]*$/gm, '');

const isQuoted = (text: string, name: string, quote: string): boolean =>
  text.includes(`${quote}${name}${quote}`) || text.includes(`${quote}${name}/`);
