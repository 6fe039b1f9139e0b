import type { Schema } from '@cfworker/json-schema';
import { type Severity, severities } from '../engine/diagnostic.ts';
import type { Rule } from '../engine/rule.ts';
import { labelTypes } from '../knowledge/builder/label-types.ts';
import { retiredCodes } from '../knowledge/linters/hadolint.ts';
import { type Format, formatNames } from '../report/format-names.ts';
import type { Config, ConfigProblem } from './config.ts';
import { readDocument } from './document.ts';
import { isRuleName, levelName, unknownRule } from './names.ts';
import type { Level } from './presets.ts';
import { thresholds } from './thresholds.ts';
import { validate } from './validate.ts';

/** What hadolint may be told, by a file, the environment or its options. */
export interface HadolintSettings {
  readonly ignored: readonly string[];
  readonly override: Readonly<Record<Severity, readonly string[]>>;
  /** Label → type of its value. */
  readonly labels: Readonly<Record<string, string>>;
  readonly strictLabels: boolean;
  readonly trustedRegistries: readonly string[];
  readonly threshold: string | undefined;
  readonly noFail: boolean;
  readonly noColor: boolean;
  readonly noPragmas: boolean;
  readonly format: string | undefined;
}

export const noSettings: HadolintSettings = {
  ignored: [],
  override: { error: [], warning: [], info: [], style: [] },
  labels: {},
  strictLabels: false,
  trustedRegistries: [],
  threshold: undefined,
  noFail: false,
  noColor: false,
  noPragmas: false,
  format: undefined,
};

const bySeverity = (of: (severity: Severity) => readonly string[]): HadolintSettings['override'] => ({
  error: of('error'),
  warning: of('warning'),
  info: of('info'),
  style: of('style'),
});

/** Lists are joined, as hadolint joins them; of single values those of `over` win. */
export const mergeSettings = (under: HadolintSettings, over: HadolintSettings): HadolintSettings => ({
  ignored: [...under.ignored, ...over.ignored],
  override: bySeverity((it) => [...under.override[it], ...over.override[it]]),
  labels: { ...under.labels, ...over.labels },
  strictLabels: under.strictLabels || over.strictLabels,
  trustedRegistries: [...under.trustedRegistries, ...over.trustedRegistries],
  threshold: over.threshold ?? under.threshold,
  noFail: under.noFail || over.noFail,
  noColor: under.noColor || over.noColor,
  noPragmas: under.noPragmas || over.noPragmas,
  format: over.format ?? under.format,
});

/** The same said in our own words. Without a preset: the caller knows whether hadolint's rules are wanted. */
export function configOf(settings: HadolintSettings): Config {
  const levels = new Map<string, Level>();
  if (Object.keys(settings.labels).length > 0 && !settings.strictLabels) levels.set('dl3050', 'off');
  // of several levels the gravest holds, and ignoring wins over all
  for (const severity of [...severities].reverse()) {
    for (const code of settings.override[severity]) levels.set(levelName(code), severity);
  }
  for (const code of settings.ignored) levels.set(levelName(code), 'off');
  const schema = { schema: settings.labels };
  const options = new Map<string, Readonly<Record<string, unknown>>>();
  if (settings.trustedRegistries.length > 0)
    options.set('dl3026', { 'trusted-registries': settings.trustedRegistries });
  if (Object.keys(settings.labels).length > 0)
    for (const code of ['dl3048', 'dl3049', 'dl3051']) options.set(code, schema);
  if (settings.strictLabels) options.set('dl3050', { ...schema, strict: true });
  return {
    levels,
    options,
    failOn: settings.noFail ? 'never' : failOn(settings.threshold),
    comments: settings.noPragmas ? false : undefined,
    color: settings.noColor ? false : undefined,
    format: formatNamed(settings.format),
  };
}

const failOn = (threshold: string | undefined): Severity | undefined =>
  threshold === 'ignore' || threshold === 'none' ? 'style' : (threshold as Severity | undefined);

const hadolintFormats = [
  ...['tty', 'json', 'checkstyle', 'codeclimate', 'gitlab_codeclimate', 'gnu', 'codacy', 'sonarqube', 'sarif', 'junit'],
];

/** Our format for one of hadolint's; undefined where there is none. Its JSON has a name of its own here. */
const formatNamed = (name: string | undefined): Format | undefined =>
  name === 'json' ? 'hadolint' : formatNames.find((it) => it === name && hadolintFormats.includes(it));

const codes: Schema = { type: 'array', items: { type: 'string' } };
const hadolintSchema: Schema = {
  type: 'object',
  properties: {
    'failure-threshold': { enum: [...thresholds] },
    format: { enum: hadolintFormats },
    formats: { type: 'array', items: { enum: hadolintFormats } },
    ignored: codes,
    override: {
      type: 'object',
      properties: Object.fromEntries(severities.map((it) => [it, codes])),
      additionalProperties: false,
    },
    'label-schema': { type: 'object', additionalProperties: { enum: [...labelTypes, ''] } },
    'strict-labels': { type: 'boolean' },
    'no-color': { type: 'boolean' },
    'no-fail': { type: 'boolean' },
    'disable-ignore-pragma': { type: 'boolean' },
    verbose: { type: 'boolean' },
    trustedRegistries: { anyOf: [codes, { type: 'string' }] },
  },
  additionalProperties: false,
};

/** Reads a `.hadolint.yaml`. Where something in it is wrong, the rest of it holds all the same. Never throws. */
export function readHadolint(
  text: string,
  rules: readonly Rule[],
): { settings: HadolintSettings; problems: ConfigProblem[] } {
  const document = readDocument(text);
  if (document.problems.length > 0 || document.value === undefined)
    return { settings: noSettings, problems: [...document.problems] };
  const problems = validate(document, [], document.value, hadolintSchema);
  const given = document.value;
  const top = (key: string): unknown => (given as Record<string, unknown>)[key];
  const list = (value: unknown): string[] =>
    typeof value === 'string' ? [value] : Array.isArray(value) ? value.filter((it) => typeof it === 'string') : [];
  const named = (value: unknown, path: readonly string[]): string[] =>
    list(value).filter((name, index) => {
      const fits = isRuleName(rules, name) || retiredCodes.has(name.toUpperCase());
      if (!fits) problems.push(document.problem([...path, index], unknownRule(rules, name)));
      return fits;
    });
  const text_ = (value: unknown, among: readonly string[]): string | undefined =>
    typeof value === 'string' && among.includes(value) ? value : undefined;
  const override = (top('override') ?? {}) as Record<string, unknown>;
  const labels = Object.entries((top('label-schema') ?? {}) as Record<string, unknown>);
  const format = text_(top('format'), hadolintFormats) ?? list(top('formats'))[0];
  return {
    settings: {
      ignored: named(top('ignored'), ['ignored']),
      override: bySeverity((it) => named(override[it], ['override', it])),
      labels: Object.fromEntries(labels.map(([name, type]) => [name, String(type || 'text')])),
      strictLabels: top('strict-labels') === true,
      trustedRegistries: list(top('trustedRegistries')),
      threshold: text_(top('failure-threshold'), thresholds),
      noFail: top('no-fail') === true,
      noColor: top('no-color') === true,
      noPragmas: top('disable-ignore-pragma') === true,
      format,
    },
    problems,
  };
}

/** The `HADOLINT_*` variables. Values that hadolint does not know are dropped, as it drops them. */
export function hadolintEnvironment(variable: (name: string) => string | undefined): HadolintSettings {
  const list = (name: string): string[] =>
    (variable(`HADOLINT_${name}`) ?? '')
      .split(',')
      .map((it) => it.trim())
      .filter((it) => it !== '');
  const truthy = (name: string): boolean => /^(?:1|y|on|true|yes)$/i.test(variable(`HADOLINT_${name}`) ?? '');
  const threshold = variable('HADOLINT_FAILURE_THRESHOLD');
  return {
    ignored: list('IGNORE'),
    override: bySeverity((it) => list(`OVERRIDE_${it.toUpperCase()}`)),
    labels: Object.fromEntries(list('REQUIRE_LABELS').map(labelOf)),
    strictLabels: truthy('STRICT_LABELS'),
    trustedRegistries: list('TRUSTED_REGISTRIES'),
    threshold: thresholds.find((it) => it === threshold),
    noFail: truthy('NOFAIL'),
    noColor: false,
    noPragmas: truthy('DISABLE_IGNORE_PRAGMA'),
    format: list('FORMAT')[0],
  };
}

/** `name:type`, as the option and the variable have it. */
export function labelOf(text: string): [string, string] {
  const cut = text.lastIndexOf(':');
  return cut < 0 ? [text, 'text'] : [text.slice(0, cut), text.slice(cut + 1) || 'text'];
}
