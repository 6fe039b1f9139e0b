import { absoluteIn } from '../../../model/stages/folder.ts';
import type { Command } from '../../../shell/command.ts';
import { variableOf } from '../given.ts';
import type { Parts, Recipe, Taken } from '../recipe.ts';
import type { View } from '../view.ts';
import { type Call, callsIn, Obstacle } from '../work.ts';
import { fileAt, refuseTools } from './compiled.ts';
import { withoutFrontEnd } from './front-end.ts';
import { parsed } from './node-project.ts';

const isComposer = (name: string | undefined): boolean => /^composer(?:\.phar)?$/.test(name ?? '');
const extensionTools = /^(?:docker-php-ext-(?:install|configure|enable)|docker-php-source|pecl|phpize)$/;
const frontEnd = /^(?:npm|npx|yarn|pnpm|node|gulp|grunt|bower|vite|webpack)$/;

/** PHP: Composer installs and compilers make extensions; the image has what they leave. */
export const php: Recipe = {
  id: 'php',
  matches: ({ rootImage }) => rootImage?.official === true && rootImage.name === 'php',
  startsByItself: ({ rootImage }) => /(?:^|-)(?:apache|fpm)(?:-|$)/.test(rootImage?.tag ?? ''),
  builds: ({ name }) =>
    isComposer(name) ||
    name === 'php' ||
    name === 'pear' ||
    extensionTools.test(name ?? '') ||
    frontEnd.test(name ?? ''),
  // it brings the libraries of its extensions itself
  keeps: ({ name }) => name === 'install-php-extensions',
  folderOf,
  sources:
    /(?:^|\/)(?:phpunit\.xml(?:\.dist)?|phpstan\.neon(?:\.dist)?|\.php[-_]cs\S*|psalm\.xml|package(?:-lock)?\.json|yarn\.lock|webpack\.mix\.js|vite\.config\.[jt]s|webpack\.config\.js|gulpfile\.js|tsconfig\.json)$|(?:^|\/)tests?\//i,
  tools: /(?:^|\/)(?:composer(?:\.phar)?|install-php-extensions)$/,
  variables: /^(?:COMPOSER_[A-Z_]+|NPM_CONFIG_[A-Z_]+|PHPIZE_DEPS)$/,
  plan(view, works, _project, texts) {
    const calls = callsIn(works);
    const isMade = calls.some(
      ({ command: { name } }) => isComposer(name) || extensionTools.test(name ?? '') || frontEnd.test(name ?? ''),
    );
    if (!isMade) return undefined;
    refuseTools(view, /^(?:composer|composer\.phar|npm|yarn|node)$/, 'is called');
    for (const it of calls) refuseWrites(it, view);
    const vendor = vendorOf(view, calls);
    const global = globalFolders(view, calls);
    const extensions = extensionsOf(calls);
    const front = withoutFrontEnd(view, works, texts);
    const usesComposer = calls.some(({ command: { name } }) => isComposer(name));
    return {
      base: view.stage.rootImage!.text,
      takes: [...extensions, ...global, ...(vendor ?? [])],
      project: vendor ? 'again' : 'whole',
      isShown: true,
      gains: usesComposer,
      lastly: front.lastly,
      runs,
      leaves: [
        ...(usesComposer ? ['Composer and its cache'] : []),
        ...front.leaves,
        ...(extensions.length > 0 ? ['what only compiles extensions'] : []),
      ],
    } satisfies Parts;
  },
};

const runs = /^(?:php|php-fpm|apache2-foreground|apache2ctl|apachectl|apache2|docker-php-entrypoint|artisan|php-cgi)$/;

/** What gets Composer or an extension builds nothing of the project. */
function folderOf({ name, args }: Command, folder: string | undefined): string | undefined {
  const words = args.map(({ text }) => text);
  if (extensionTools.test(name ?? '') || name === 'pear') return '';
  if (isComposer(name)) {
    const verb = words.find((it) => !it.startsWith('-')) ?? '';
    if (/^(?:global|self-update|config|clear-cache|clearcache|diagnose|about)$/.test(verb) || verb === '') return '';
    const at = words.findIndex((it) => /^(?:-d|--working-dir)(?:=|$)/.test(it));
    if (at < 0) return undefined;
    return absoluteIn(folder, words[at]!.includes('=') ? words[at]!.split('=')[1]! : (words[at + 1] ?? ''));
  }
  return name === 'php' && (/^-/.test(words[0] ?? '') || /composer-setup|installer/.test(words[0] ?? ''))
    ? ''
    : undefined;
}

/** The extensions that are compiled, and the settings that load them. */
function extensionsOf(calls: readonly Call[]): Taken[] {
  const make = calls.find(({ command: { name } }) => extensionTools.test(name ?? ''));
  const pear = calls.find(({ command: { name } }) => name === 'pear');
  const put = (path: string, what: string): Taken => ({ from: path, to: path, isFolder: true, what });
  return [
    ...(pear
      ? [put('/usr/local/lib/php', 'what PEAR installs')]
      : make
        ? [put('/usr/local/lib/php/extensions', 'the extensions')]
        : []),
    ...(make ? [put('/usr/local/etc/php/conf.d', 'their settings')] : []),
  ];
}

/** Where `composer global` puts packages. */
function globalFolders({ stage }: View, calls: readonly Call[]): Taken[] {
  const found = calls.flatMap(({ command: { name, args, assignments, span } }) => {
    if (!isComposer(name) || args[0]?.text !== 'global') return [];
    const own =
      assignments.find((it) => it.name === 'COMPOSER_HOME')?.value?.text ?? variableOf(stage, 'COMPOSER_HOME');
    if (own === undefined || !/^\/[\w./-]+$/.test(own))
      throw new Obstacle(span.start, 'composer global puts packages into the home of its user');
    return own;
  });
  return [...new Set(found)].map((it) => ({ from: it, to: it, isFolder: true, what: 'packages for all projects' }));
}

interface Composed {
  readonly scripts?: Readonly<Record<string, unknown>>;
  readonly require?: Readonly<Record<string, string>>;
  readonly 'require-dev'?: Readonly<Record<string, string>>;
  readonly config?: { readonly 'vendor-dir'?: string; readonly 'bin-dir'?: string };
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** Packages that write among the files of the project when they are installed. */
const plugins =
  /^(?:composer\/installers|symfony\/flex|symfony\/runtime|drupal\/core-composer-scaffold|oomphinc\/.*|johnpbloch\/wordpress.*|roots\/wordpress.*|typo3\/.*|magento\/.*|yiisoft\/.*|cweagans\/.*|silverstripe\/.*|contao\/.*|shopware\/.*)$/;

/** The folders of the dependencies, where Composer alone builds and writes nothing else; undefined where the project is changed. */
function vendorOf(view: View, calls: readonly Call[]): Taken[] | undefined {
  const found = new Set<string>();
  for (const { step, command } of calls) {
    const { name, args } = command;
    const words = args.map(({ text }) => text);
    if (extensionTools.test(name ?? '') || name === 'pear') continue;
    if (name === 'php' && folderOf(command, undefined) === '') continue;
    if (!isComposer(name)) return undefined;
    const own = folderOf(command, view.folderAt(step, command));
    if (own === '') continue;
    const folder = own ?? view.folderAt(step, command);
    const [operation] = step.operationsOf(command);
    if (
      folder === undefined ||
      !operation ||
      !/^(?:install|upgrade|build)$/.test(operation.action) ||
      words.includes('create-project') ||
      words.includes('require')
    )
      return undefined;
    const manifest = parsed<Composed>(
      view.context?.read(fileAt(`${folder}/composer.json`, view)?.path ?? 'composer.json'),
    );
    if (!manifest || !keepsToVendor(manifest, words)) return undefined;
    found.add(`${folder}/${(manifest.config?.['vendor-dir'] ?? 'vendor').replace(/\/+$/, '')}`);
  }
  return [...found].map((it) => ({ from: it, to: it, isFolder: true, what: 'the dependencies' }));
}

function keepsToVendor({ scripts = {}, config, extra = {}, ...lists }: Composed, words: readonly string[]): boolean {
  const runsScripts = !words.includes('--no-scripts') && Object.keys(scripts).some((it) => /^(?:pre|post)-/.test(it));
  const hasPlugins = Object.keys({ ...lists.require, ...lists['require-dev'] }).some((it) => plugins.test(it));
  const isElsewhere =
    config?.['bin-dir'] !== undefined || 'installer-paths' in extra || /^\/|\.\./.test(config?.['vendor-dir'] ?? '');
  return !runsScripts && !hasPlugins && !isElsewhere;
}

/** Throws an `Obstacle` for a script of PHP that may write anywhere. */
function refuseWrites({ step, command }: Call, view: View): void {
  if (command.name !== 'php') return;
  const words = command.args.map(({ text }) => text);
  const script = words.find((it) => !it.startsWith('-'));
  const isKnown =
    script === undefined ||
    words[0] === '-r' ||
    /^(?:.*\/)?(?:artisan|console|composer(?:\.phar)?|composer-setup\.php|yii|think|spark|bin\/cake)$/.test(script) ||
    step.script?.piped(command)[0] !== command;
  if (isKnown) return;
  const path = absoluteIn(view.folderAt(step, command), script);
  const file = path === undefined ? undefined : fileAt(path, view);
  const text = file && view.context?.read(file.path);
  if (text === undefined || /['"]\/(?!tmp\b|dev\b)\w+/.test(text))
    throw new Obstacle(command.span.start, `what php ${script} writes is not known`);
}
