import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type Config, type FailLevel, noConfig } from '../../config/config.ts';
import { type FoundConfig, findConfig, hadolintVariables, repositoryOf } from '../../config/discover.ts';
import type { HadolintSettings } from '../../config/hadolint.ts';
import { isRuleName, levelName, unknownRule } from '../../config/names.ts';
import { type Level, type Preset, ruleLevels } from '../../config/presets.ts';
import type { Rule } from '../../engine/rule.ts';
import type { Format } from '../../report/format-names.ts';
import { visible } from '../../report/layout.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** What the command line says of configs. */
export interface ConfigArguments {
  readonly format: Format | undefined;
  readonly preset: Preset | undefined;
  /** `ID=SEVERITY` or `ID=off`, as given. */
  readonly rules: readonly string[];
  readonly failOn: FailLevel | undefined;
  /** A config file; `false` for none at all, undefined for the one that is found. */
  readonly config: string | false | undefined;
  /** The path that standard input stands for; its config holds. */
  readonly stdinFilename: string | undefined;
  readonly shellcheck: boolean | undefined;
  /** The build context, for rules that look into it. */
  readonly context: string | undefined;
  /** What hadolint's own options say; undefined where none was given. */
  readonly hadolint: HadolintSettings | undefined;
}

/** The config of each file: the one that was named, else the nearest; with what the command line says on top. */
export class Configs {
  readonly #args: ConfigArguments;
  readonly #terminal: Terminal;
  readonly #rules: readonly Rule[];
  readonly #byFolder = new Map<string, Promise<Config>>();
  readonly #byFile = new Map<string, Promise<Config>>();

  constructor(args: ConfigArguments, terminal: Terminal, rules: readonly Rule[]) {
    this.#args = args;
    this.#terminal = terminal;
    this.#rules = rules;
  }

  /** The same object for all files under one config. Throws UsageError where the config cannot be used. */
  of(path: string): Promise<Config> {
    const folder = this.#folderOf(path);
    const known = this.#byFolder.get(folder);
    if (known) return known;
    const found = this.#find(folder);
    const key = found?.path ?? '';
    const config = this.#byFile.get(key) ?? this.#load(found);
    this.#byFile.set(key, config);
    this.#byFolder.set(folder, config);
    return config;
  }

  /** A line for each config that holds for one of these files, with what it comes to. */
  async described(paths: readonly string[]): Promise<string[]> {
    const lines = new Set<string>();
    for (const path of paths) {
      const { preset = 'recommended', failOn, format = 'pretty' } = await this.of(path);
      const found = this.#find(this.#folderOf(path));
      const name = found ? relative(this.#terminal.cwd, found.path) : 'none';
      lines.add(visible(`dflint: config ${name}, preset ${preset}, fail-on ${failOn ?? 'default'}, format ${format}`));
    }
    return [...lines];
  }

  #folderOf(path: string): string {
    const { cwd } = this.#terminal;
    const named = path === '-' ? this.#args.stdinFilename : path;
    return named === undefined ? cwd : dirname(resolve(cwd, named));
  }

  #find(folder: string): FoundConfig | undefined {
    const { config } = this.#args;
    const { cwd } = this.#terminal;
    if (config === false) return undefined;
    if (config === undefined) return findConfig(folder, { cwd, variable: (name) => this.#terminal.environment(name) });
    const path = resolve(cwd, config);
    const kind = /hadolint[^/\\]*$/.test(path) ? 'hadolint' : /package\.json$/.test(path) ? 'package' : 'dflint';
    try {
      return { path, text: readFileSync(path, 'utf8'), kind };
    } catch {
      throw new UsageError(`--config ${config}: the file does not exist or cannot be read`);
    }
  }

  async #load(given: FoundConfig | undefined): Promise<Config> {
    const { hadolint } = this.#args;
    const found = this.#usable(given);
    const variable = (name: string): string | undefined => this.#terminal.environment(name);
    const config = this.#given();
    if (!found && !hadolint && hadolintVariables.every((name) => variable(name) === undefined)) return config;
    const { loadConfig, noSettings } = await import('../../config/load.ts');
    const loaded = loadConfig(found, { hadolint: hadolint ?? noSettings, config }, this.#rules, variable);
    const path = found ? relative(this.#terminal.cwd, found.path) : '';
    const lines = loaded.problems.map(({ line, column, message }) => `${path}:${line}:${column}: ${message}`);
    // hadolint passes over what it does not understand, and its users' files go on working
    if (found?.kind !== 'hadolint' && lines.length > 0) throw new UsageError(lines.map(visible).join('\ndflint: '));
    for (const line of lines) this.#terminal.complain(visible(`dflint: ${line}`));
    const { context } = loaded.config;
    if (!found || context === undefined || context === config.context) return loaded.config;
    return { ...loaded.config, context: this.#contextOf(context, found) };
  }

  /** A config of ours that was found and cannot be read stops the work; one of hadolint's is passed over with a word. */
  #usable(found: FoundConfig | undefined): FoundConfig | undefined {
    if (found?.problem === undefined) return found;
    const line = visible(`${relative(this.#terminal.cwd, found.path)}: ${found.problem}`);
    if (found.kind === 'dflint') throw new UsageError(line);
    this.#terminal.complain(`dflint: ${line}`);
    return undefined;
  }

  /** The folder that a config names from where it stands; one that was only found may not send us over the whole disk. */
  #contextOf(context: string, { path }: FoundConfig): string {
    const folder = resolve(dirname(path), context);
    if (this.#args.config !== undefined || !existsSync(folder)) return folder;
    const within = [repositoryOf(dirname(path)), realpathSync(this.#terminal.cwd)];
    const real = realpathSync(folder);
    if (within.some((root) => real === root || real.startsWith(join(root, sep)))) return folder;
    const name = relative(this.#terminal.cwd, path);
    throw new UsageError(visible(`${name}: the context ${context} is outside the repository; name it with --context`));
  }

  /** What the command line says in our own words. */
  #given(): Config {
    const { preset, failOn, format, shellcheck, rules, context } = this.#args;
    const levels = this.#levels(rules);
    return { ...noConfig, levels, preset, failOn, format, shellcheck, context };
  }

  #levels(given: readonly string[]): Map<string, Level> {
    return new Map(
      given.map((entry) => {
        const [name = '', severity = ''] = entry.split('=');
        if (!isRuleName(this.#rules, name)) throw new UsageError(`--rule ${entry}: ${unknownRule(this.#rules, name)}`);
        const level = ruleLevels.find((it) => it === severity);
        if (level === undefined)
          throw new UsageError(`--rule ${entry}: write ${name}=${ruleLevels.join(', ').replace(/, (\w+)$/, ' or $1')}`);
        return [levelName(name), level];
      }),
    );
  }
}
