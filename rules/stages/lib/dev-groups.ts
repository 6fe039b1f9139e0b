import type { Install, Model, Step } from '../../../src/engine/rule.ts';

/** Package managers that install what is for development unless they are told not to; those of JavaScript are judged by more. */
interface Manager {
  /** What it installs besides. */
  readonly what: string;
  /** Whether a text lists some. */
  readonly lists: (manifest: string) => boolean;
  readonly manifest: string;
  /** How it is told not to. */
  readonly without: string;
}

const managers: Readonly<Record<string, Manager>> = {
  composer: {
    what: 'what require-dev lists',
    manifest: 'composer.json',
    lists: (text) => {
      const { 'require-dev': dev } = JSON.parse(text) as { 'require-dev'?: object };
      return Object.keys(dev ?? {}).length > 0;
    },
    without: 'Write composer install --no-dev.',
  },
  bundle: {
    what: 'the groups development and test',
    manifest: 'Gemfile',
    lists: (text) => /^[^#\n]*\bgroups?\b[^\n]*:(?:development|test)\b/m.test(text),
    without: 'Set ENV BUNDLE_WITHOUT=development:test before it.',
  },
  poetry: {
    what: 'the groups for development',
    manifest: 'pyproject.toml',
    lists: (text) =>
      /^\[tool\.poetry\.(?:dev-dependencies|group\.(?:dev|test|tests|lint|docs)\.dependencies)\]/m.test(text) &&
      !/^optional\s*=\s*true/m.test(text),
    without: 'Write poetry install --only main.',
  },
  uv: {
    what: 'the group dev',
    manifest: 'pyproject.toml',
    lists: (text) => /^\[dependency-groups\][^[]*^dev\s*=|^\[tool\.uv\][^[]*^dev-dependencies\s*=/m.test(text),
    without: 'Write uv sync --no-dev.',
  },
};

export interface DevGroup extends Pick<Manager, 'what' | 'without'> {
  /** Whether the manifest lists some; undefined where it is not at hand. */
  readonly isListed: boolean | undefined;
}

/** What an install gets for development; undefined where it gets none, or a setting leaves it out. */
export function devGroupOf({ operation, command }: Install, step: Step, model: Model): DevGroup | undefined {
  if (operation?.action !== 'install' || operation.flags.has('production')) return undefined;
  const manager = Object.hasOwn(managers, operation.manager) ? managers[operation.manager] : undefined;
  if (!manager || (operation.manager === 'uv' && operation.verb?.text !== 'sync')) return undefined;
  if (command.args.some(({ text, literal }) => !literal || /^--(?:no-group|only-group|dev|with|without)/.test(text)))
    return undefined;
  if (operation.manager === 'bundle' && (!isForProduction(step) || isConfigured(step))) return undefined;
  if (operation.manager === 'uv' && step.before.variable('UV_NO_DEV')) return undefined;
  return { ...manager, isListed: isListed(manager, model) };
}

/** Rails and Rack load the group of their environment, which is development unless it is set. */
const isForProduction = ({ stage }: Step): boolean =>
  ['RAILS_ENV', 'RACK_ENV'].some((name) => {
    const value = stage?.end.variable(name)?.value;
    return value?.state === 'known' && value.text === 'production';
  });

/** `bundle config set without development`. */
const isConfigured = (step: Step): boolean =>
  [...step.earlier, step].some(
    ({ script, takes }) =>
      script?.commands.some(({ name, args }) => name === 'bundle' && args[0]?.text === 'config') ||
      takes.some(({ source }) => /(?:^|\/)\.bundle(?:\/|$)/.test(source)),
  );

function isListed({ manifest, lists }: Manager, { context }: Model): boolean | undefined {
  const text = context?.read(manifest);
  if (text === undefined) return undefined;
  try {
    return lists(text);
  } catch {
    return undefined;
  }
}
