import type { Context } from '../../../model/context/context.ts';
import type { Started } from '../../../model/process/program.ts';
import { absoluteIn } from '../../../model/stages/folder.ts';
import { folderOf, fromRoot, isBelow } from '../../../text/path.ts';
import type { View } from '../view.ts';
import { fileAt } from './compiled.ts';
import { manifestAt, scriptNameOf } from './node-project.ts';

/** What tools of JavaScript write into the project. */

interface Call {
  readonly args: readonly string[];
  /** Where it runs, in the image. */
  readonly folder: string;
  readonly view: View;
}

/** Paths as they are seen from the folder of a call; undefined where they are not known. */
type Writes = (call: Call) => readonly string[] | undefined;

/** The value of an option: `-o x`, `--out-dir=x`. */
function optionIn(args: readonly string[], names: readonly string[]): string | undefined {
  for (const [at, it] of args.entries()) {
    if (names.includes(it)) return args[at + 1];
    const name = names.find((one) => it.startsWith(`${one}=`));
    if (name !== undefined) return it.slice(name.length + 1);
  }
  return undefined;
}

const nothing: Writes = () => [];
const last: Writes = ({ args }) => args.filter((it) => !it.startsWith('-')).slice(-1);
/** A folder by an option, else by the settings, else the usual one. */
const to =
  (
    usual: string,
    options: readonly string[] = [],
    settings?: { readonly file: RegExp; readonly key: RegExp },
  ): Writes =>
  ({ args, folder, view }) => {
    const given = optionIn(args, options);
    if (given !== undefined) return [given];
    const text = settings && settingsIn(folder, settings.file, view);
    if (!text || !settings) return [usual];
    const found = settings.key.exec(text);
    if (found) return found[1] === undefined ? undefined : [found[1]];
    return [usual];
  };

/** The text of a settings file that lies in a folder of the image. */
function settingsIn(folder: string, name: RegExp, view: View): string | undefined {
  const { context } = view;
  const root = fileAt(`${folder === '/' ? '' : folder}/package.json`, view)?.path ?? 'package.json';
  const place = root.includes('/') ? folderOf(root) : '';
  const file = context
    ?.files()
    .find(({ path }) => (path.includes('/') ? folderOf(path) : '') === place && name.test(path));
  return file && context!.read(file.path);
}

/** A word behind a key, or undefined as its group where it is no plain one: `outDir: 'x'`. */
const key = (name: string): RegExp => new RegExp(`\\b${name}\\s*:\\s*(?:['"\`]([\\w./-]+)['"\`]|(?=\\S))`);
const viteKey = { file: /(?:^|\/)(?:vite|astro)\.config\.[cm]?[jt]s$/, key: key('outDir') };
/** `path: path.resolve(__dirname, 'dist')`. */
const webpackKey = {
  file: /(?:^|\/)webpack(?:\.[\w.]+)?\.[cm]?js$/,
  key: /\boutput\s*:\s*\{[^}]*?\bpath\s*:\s*(?:[\w.]*(?:resolve|join)\(\s*(?:__dirname|process\.cwd\(\))\s*,\s*['"]([\w./-]+)['"]\s*\)|(?=\S))/s,
};
const nextKey = { file: /(?:^|\/)next\.config\.[cm]?[jt]s$/, key: key('distDir') };
const vueKey = { file: /(?:^|\/)vue\.config\.[cm]?js$/, key: key('outputDir') };

/** The folder that a file of settings of TypeScript names, those that it extends put in; undefined for none. */
function outDirOf(path: string, context: Context, depth = 0): string | undefined {
  const text = context.read(path);
  if (text === undefined || depth > 4) return undefined;
  const place = path.includes('/') ? folderOf(path) : '';
  const own = /^(?!\s*\/\/).*"(?:outDir|outFile)"\s*:\s*"([^"$]+)"/m.exec(text)?.[1];
  if (own !== undefined) return fromRoot(`${place}/${own}`);
  const more = /"extends"\s*:\s*"(\.[^"]+)"/.exec(text)?.[1];
  if (more === undefined) return undefined;
  return outDirOf(fromRoot(`${place}/${/\.json$/.test(more) ? more : `${more}.json`}`), context, depth + 1);
}

/** tsc writes beside the sources where no setting tells another place. */
const typescript: Writes = ({ args, folder, view }) => {
  const given = optionIn(args, ['--outDir', '--outdir']);
  if (given !== undefined) return [given];
  if (args.includes('--noEmit') || args.includes('-v') || args.includes('--version')) return [];
  const { context } = view;
  if (!context) return undefined;
  const root = fileAt(`${folder === '/' ? '' : folder}/package.json`, view)?.path ?? 'package.json';
  const place = root.includes('/') ? folderOf(root) : '';
  const named = optionIn(args, ['-p', '--project']) ?? args.find((it) => !it.startsWith('-'));
  const path =
    named === undefined || named === '.' ? 'tsconfig.json' : /\.json$/.test(named) ? named : `${named}/tsconfig.json`;
  const out = outDirOf(fromRoot(`${place}/${path}`), context);
  if (out !== undefined) return [place === '' ? out : out.slice(place.length + 1)];
  return /"noEmit"\s*:\s*true/.test(context.read(fromRoot(`${place}/${path}`)) ?? '') ? [] : undefined;
};

const nest: Writes = (call) => {
  if (call.args[0] !== 'build') return undefined;
  const text = settingsIn(call.folder, /(?:^|\/)nest-cli\.json$/, call.view);
  if (text && /"(?:projects|monorepo|outDir)"/.test(text)) return undefined;
  const path = settingsIn(call.folder, /(?:^|\/)tsconfig\.build\.json$/, call.view)
    ? 'tsconfig.build.json'
    : 'tsconfig.json';
  return typescript({ ...call, args: ['-p', path] }) ?? ['dist'];
};

const next: Writes = (call) => {
  if (call.args[0] !== 'build') return undefined;
  return to('.next', [], nextKey)(call);
};

/** Before its third version, Nuxt runs what it builds from its sources. */
const nuxt: Writes = ({ args, folder, view }) => {
  const version = manifestAt(folder, view);
  const text = { ...version?.dependencies, ...version?.devDependencies }.nuxt ?? '';
  return args[0] === 'build' && /^[\^~>=v]*(?:[3-9]|latest)/.test(text)
    ? ['.output']
    : args[0] === 'prepare'
      ? []
      : undefined;
};

/** The client of Prisma lies among the dependencies, if its schema names no other place. */
const prisma: Writes = ({ args, view: { context } }) => {
  if (args[0] !== 'generate') return undefined;
  const schema = context?.files().find(({ path }) => /\.prisma$/.test(path));
  const text = schema && context!.read(schema.path);
  return text !== undefined && !/^\s*output\s*=/m.test(text) ? [] : undefined;
};

const bundled: Writes = ({ args }) => {
  const found = optionIn(args, ['--outfile', '--outdir', '-o', '--out-dir', '-d', '--dist-dir']);
  return found === undefined ? undefined : [/\.\w+$/.test(found) && found.includes('/') ? folderOf(found) : found];
};

const rollup: Writes = ({ folder, view }) => {
  const text = settingsIn(folder, /(?:^|\/)rollup\.config\.[cm]?[jt]s$/, view);
  const found = [...(text ?? '').matchAll(/\b(?:file|dir)\s*:\s*['"]([\w./-]+)['"]/g)].map(([, it]) => it!);
  return found.length === 0 ? undefined : found.map((it) => (it.includes('/') ? folderOf(it) : it));
};

const tools: Readonly<Record<string, Writes>> = {
  ...{ tsc: typescript, 'tsc-alias': typescript, tscpaths: typescript, 'vue-tsc': typescript, nest, next, prisma },
  ...{ vite: to('dist', ['--outDir'], viteKey), astro: to('dist', ['--outDir'], viteKey) },
  ...{ 'react-scripts': to('build'), craco: to('build'), 'vue-cli-service': to('dist', ['--dest'], vueKey) },
  ...{ tsup: to('dist', ['-d', '--out-dir'], { file: /(?:^|\/)tsup\.config\.[cm]?[jt]s$/, key: key('outDir') }) },
  ...{ webpack: to('dist', ['-o', '--output-path'], webpackKey), ncc: to('dist', ['-o', '--out']) },
  ...{ esbuild: bundled, babel: bundled, swc: bundled, rollup, parcel: to('dist', ['--dist-dir', '-d']) },
  ...{ ng: to('dist', ['--output-path']), nuxt, nuxi: nuxt },
  ...{
    copyfiles: last,
    cpx: last,
    cpx2: last,
    cpy: last,
    cp: last,
    mkdir: last,
    ncp: last,
    'copy-files-from-to': () => undefined,
  },
  ...{
    rimraf: nothing,
    rm: nothing,
    'del-cli': nothing,
    echo: nothing,
    eslint: nothing,
    prettier: nothing,
    jest: nothing,
  },
  ...{
    vitest: nothing,
    mocha: nothing,
    husky: nothing,
    'patch-package': nothing,
    npm: nothing,
    yarn: nothing,
    pnpm: nothing,
  },
  ...{
    npx: nothing,
    'cross-env': nothing,
    'npm-run-all': nothing,
    'run-s': nothing,
    'run-p': nothing,
    true: nothing,
    exit: nothing,
  },
  ...{
    'is-ci': nothing,
    ':': nothing,
    only: nothing,
    'only-allow': nothing,
    'simple-git-hooks': nothing,
    tslint: nothing,
  },
  ...{
    chmod: nothing,
    cd: nothing,
    'node-gyp': () => ['build'],
    ngc: typescript,
    tailwindcss: bundled,
    postcss: bundled,
  },
};

/** The folders of the project that commands write, by their places in the image; undefined where it is not known. */
export function writtenBy(commands: readonly Started[], view: View, project: string): string[] | undefined {
  const found = new Set<string>();
  for (const { name, args: all, folder } of commands) {
    const args = name === 'shx' ? all.slice(1) : all;
    const tool = name === 'shx' ? all[0]! : name;
    if (!Object.hasOwn(tools, tool) || folder === undefined) return undefined;
    const script = scriptNameOf({ name, args });
    if (script !== undefined && manifestAt(folder, view)?.scripts?.[script] === undefined) return undefined;
    const paths = tools[tool]!({ args, folder, view })?.map((it) => absoluteIn(folder, it));
    // the folder of the project itself may be made first
    const own = tool === 'mkdir' ? paths?.filter((it) => it !== undefined && !isBelow(project, it)) : paths;
    if (!own || own.some((it) => it === undefined || it === project || !isBelow(it, project))) return undefined;
    for (const it of own) found.add(it!);
  }
  return [...found].filter((it, _, set) => !set.some((other) => other !== it && isBelow(it, other)));
}
