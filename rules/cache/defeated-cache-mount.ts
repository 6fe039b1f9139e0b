import {
  type Command,
  cacheMounts,
  dockerfile,
  type Edit,
  emptiedBy,
  type Finding,
  isArgumentBase,
  isBelow,
  type KnownMount,
  linked,
  type PackageOperation,
  type Place,
  rule,
  type ShellWord,
  type Span,
  type Step,
  takes,
  type UsedCache,
  usedCaches,
  withoutSlash,
} from '../../src/engine/rule.ts';
import { packageManagers } from '../../src/knowledge/managers/index.ts';
import { withoutCommand } from '../lib/edits.ts';

export default rule({
  id: 'defeated-cache-mount',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'This leaves the cache mount of its RUN empty or unused.',
  why: `
    A cache mount is not part of the layer, so an option for no cache, or a clean-up, saves no space and only makes the next
    build download again. A clean-up of other folders is not reported, nor is one that removes only what is out of use. The
    fix is safe if everything that it removes concerns only the mount.
  `,
  instead: 'Keep the mount, and remove the option or the clean-up.',
  url: 'https://docs.docker.com/build/cache/optimize/#use-cache-mounts',
  examples: {
    'an option for no cache': dockerfile`
        FROM python:3.13-slim
        COPY requirements.txt .
      - RUN --mount=type=cache,target=/root/.cache/pip pip install --no-cache-dir -r requirements.txt
                                                                   ~~~~~~~~~~~~~~
      + RUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt
    `,
    'a clean-up': dockerfile`
        FROM debian:12
        RUN rm -f /etc/apt/apt.conf.d/docker-clean
        RUN --mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt,sharing=locked \
            apt-get update \
      -     && apt-get install -y --no-install-recommends gcc \
      -     && apt-get clean \
               ~~~~~~~~~~~~~
      -     && rm -rf /var/lib/apt/lists/*
                      ~~~~~~~~~~~~~~~~~~~~
      +     && apt-get install -y --no-install-recommends gcc
    `,
    'a variable': dockerfile`
      FROM python:3.13-slim
      ENV PIP_NO_CACHE_DIR=1 PYTHONUNBUFFERED=1
          ~~~~~~~~~~~~~~~~~~
      RUN --mount=type=cache,target=/root/.cache/pip pip install flask==3.1.0
    `,
    'a clean-up of other folders': dockerfile`
      FROM python:3.13-slim
      RUN --mount=type=cache,target=/root/.cache/pip \
          apt-get update && apt-get install -y --no-install-recommends gcc && rm -rf /var/lib/apt/lists/* \
          && pip install flask==3.1.0
    `,
  },
  visit: {
    File: (model) => {
      const findings: Finding[] = [];
      const variables = new Set<number>();
      for (const stage of model.stages) {
        for (const step of stage.steps) {
          for (const { variable, ...finding } of judge({ step, stage, model, onbuild: false })) {
            // one variable may defeat many mounts
            if (variable && variables.has(startOf(finding))) continue;
            if (variable) variables.add(startOf(finding));
            findings.push(finding);
          }
        }
      }
      return findings;
    },
  },
});

const startOf = ({ at }: Finding): number => ('span' in at ? at.span : at).start;

type Told = Finding & { readonly variable?: boolean };

function judge(place: Place): Told[] {
  const { step, stage } = place;
  const mounts = step.instruction.kind === 'Run' && stage?.os === 'linux' ? cacheMounts(step) : [];
  if (mounts.length === 0 || !step.script?.parsed) return [];
  return [...bypasses(place, mounts), ...cleanUps(place, mounts)];
}

/** The mount that has a cache, in any of its places; where none is known, one that looks like it. */
const mountOf = ({ places, cache }: UsedCache, mounts: readonly KnownMount[], step: Step): KnownMount | undefined =>
  mounts.find(({ target }) =>
    places.length > 0
      ? places.some(
          (path) =>
            isBelow(linked(path, step), linked(target, step)) || isBelow(linked(target, step), linked(path, step)),
        )
      : takes(target, cache.path),
  );

// --- options and variables

/** Whether uv may build a folder, of which its cache looks at nothing but the time of the settings: an option may be there for that. */
const maySkipSources = ({ manager, packages }: PackageOperation): boolean =>
  manager === 'uv' && (packages.length === 0 || packages.some(({ source }) => source !== 'registry'));

function bypasses({ step }: Place, mounts: readonly KnownMount[]): Told[] {
  return step.operations.flatMap((operation): Told[] => {
    const found = usedCaches(operation, step)
      .filter(({ bypassed }) => bypassed)
      .flatMap((it) => ({ it, mounted: mountOf(it, mounts, step) }))
      .find(({ mounted }) => mounted !== undefined);
    const mounted = found?.mounted;
    if (!mounted) return [];
    // a mount that only looks like the cache may leave the real one in the layer
    const isSure = found.it.places.length > 0 && !isArgumentBase(step) && !maySkipSources(operation);
    const safety = isSure ? 'safe' : 'suggestion';
    const options = operation.flags.get('noCache') ?? [];
    const { command, manager } = operation;
    const instead = `Remove the option: the mount on ${mounted.target} keeps the cache out of the layer.`;
    const related = mounted.flag;
    if (options.length > 0)
      return options.map(({ word }) => {
        const whole = /^(?:-n|--no-cache(?:-dir)?(?:=.*)?)$/.test(word.text);
        const edit = whole && isOwn(command) ? withoutWord(word, command, step) : undefined;
        return {
          at: word,
          related,
          message: `With ${word.text}, ${manager} neither reads nor fills the cache mount on ${mounted.target}.`,
          instead,
          ...(edit && { fix: { title: `Remove ${word.text}`, edits: [edit], safety } }),
        };
      });
    const variable = variableOf(operation, step);
    if (!variable) return [];
    return [
      {
        at: variable.at ?? mounted.flag,
        ...(variable.at && { related }),
        variable: variable.at !== undefined,
        message: `With ${variable.name} set, ${manager} neither reads nor fills the cache mount on ${mounted.target}.`,
        instead: `Do not set ${variable.name} for the RUN with the mount, or unset it there.`,
      },
    ];
  });
}

/** The variable without which the operation would use its cache, and where it is set. */
function variableOf(operation: PackageOperation, step: Step): { name: string; at: Span | undefined } | undefined {
  const { command } = operation;
  const table = packageManagers.find(({ id }) => id === operation.manager)?.variables ?? {};
  const name = Object.keys(table).find((it) => table[it]![1] === 'noCache' && isSet(it, table[it]![0], command, step));
  if (name === undefined) return undefined;
  const own = command.assignments.find((it) => it.name === name);
  if (own) return { name, at: own.span };
  const binding = step.before.variable(name);
  const { definition } = binding ?? {};
  if (definition?.kind !== 'Env' && definition?.kind !== 'Arg') return { name, at: undefined };
  const pair = definition.pairs.findLast((it) => it.name.text === name);
  return { name, at: pair?.span ?? definition.span };
}

const isSet = (name: string, value: RegExp, command: Command, { before }: Step): boolean => {
  const own = command.assignments.find((it) => it.name === name)?.value;
  const binding = before.variable(name)?.value;
  const text = own?.text ?? (binding?.state === 'known' ? binding.text : undefined);
  return text !== undefined && value.test(text);
};

/** Not in a string that another shell reads. */
const isOwn = ({ within }: Command): boolean => !within.includes('string');

/** Takes out a word and what divides it from the words before it. */
function withoutWord({ span }: ShellWord, { word, args, redirects }: Command, { instruction }: Step): Edit | undefined {
  if (instruction.kind !== 'Run') return undefined;
  const ends = [word, ...args, ...redirects].map((it) => it.span.end).filter((end) => end <= span.start);
  const from = Math.max(...ends);
  // a line of its own with a comment above stays as it is
  const comment =
    instruction.command?.kind === 'ShellForm' &&
    instruction.command.parts.some((it) => it.kind === 'Comment' && it.span.start > from && it.span.end < span.start);
  return instruction.command?.kind === 'ExecForm' || comment
    ? undefined
    : { span: { start: from, end: span.end }, text: '' };
}

// --- clean-ups

/** Clean-ups that take away only what no later build could use. */
function isHousekeeping({ name, args }: Command): boolean {
  const texts = args.map(({ text }) => text);
  if (name === 'uv' || name === 'cargo') return texts.includes('prune') || name === 'cargo';
  if (name === 'pip' || /^pip[\d.]*$/.test(name ?? '')) return !texts.includes('purge');
  if (name === 'pacman')
    return (
      !texts.some((text) => /^-\w*c\w*c/.test(text)) && texts.filter((it) => it === '-c' || it === '--clean').length < 2
    );
  return texts.includes('--gc');
}

function cleanUps(place: Place, mounts: readonly KnownMount[]): Told[] {
  const { step } = place;
  const used = step.operations.flatMap((operation) => usedCaches(operation, step));
  return (step.script?.commands ?? []).flatMap((command): Told[] => {
    if (command.within.includes('function') || isHousekeeping(command)) return [];
    const words = command.args.filter(({ text }) => !text.startsWith('-'));
    const each = command.name === 'rm' ? words : [undefined];
    const emptying = each.flatMap((word): Emptying[] => {
      const paths = emptiedBy(word ? { ...command, args: [word] } : command, step);
      const mounted = emptied(paths, mounts, used, step);
      const inMount = paths.every((path) => mounts.some(({ target }) => takes(target, path)));
      return mounted ? [{ at: word?.span ?? command.span, word, mounted, safe: inMount }] : [];
    });
    if (emptying.length === 0) return [];
    if (emptying.length < each.length) return emptying.map((it) => cleanUp(command, it, place, false));
    const whole = { start: emptying[0]!.at.start, end: emptying.at(-1)!.at.end };
    const safe = emptying.every((it) => it.safe);
    return [cleanUp(command, { ...emptying[0]!, at: whole, safe }, place, true)];
  });
}

/** What a command does to a mount, in one of its words or as a whole. */
interface Emptying {
  readonly at: Span;
  readonly word: ShellWord | undefined;
  readonly mounted: KnownMount;
  /** Whether it does nothing to what is in no mount. */
  readonly safe: boolean;
}

function cleanUp(command: Command, { at, word, mounted, safe }: Emptying, place: Place, all: boolean): Told {
  const { step, model } = place;
  const isOnly = step.script!.commands.filter(isOwn).length === 1;
  const editable = isOwn(command) && !(all && isOnly);
  const edit = !editable ? undefined : all ? withoutCommand(command, step, model) : withoutWord(word!, command, step);
  const isPoint = command.name === 'rm' && word && withoutSlash(word.text) === mounted.target;
  return {
    at,
    related: mounted.flag,
    message: isPoint
      ? `This empties the cache mount on ${mounted.target}, and then fails, as a mounted folder cannot be removed.`
      : `This empties the cache mount on ${mounted.target}.`,
    instead: 'Remove the clean-up: the cache mount is not part of the layer.',
    ...(edit && { fix: { title: 'Keep the cache', edits: [edit], safety: safe ? 'safe' : 'suggestion' } }),
  };
}

/** The mount that patterns empty: of a cache that the RUN uses or, where none is known, of any that may be in it. */
function emptied(
  patterns: readonly string[],
  mounts: readonly KnownMount[],
  used: readonly UsedCache[],
  step: Step,
): KnownMount | undefined {
  const home = step.home;
  const placed = patterns.map((path) => (home ? path.replace(/^~(?=\/|$)/, home) : path));
  return mounts.find(({ target }) => {
    const inside = used
      .flatMap(({ places, cache }) => (places.length > 0 ? places : [cache.path]))
      .filter((path) => takes(target, path));
    const caches = inside.length > 0 ? inside : tables.filter((path) => takes(target, path));
    return placed.some((pattern) => pattern !== '' && [target, ...caches].some((path) => takes(pattern, path)));
  });
}

const tables = packageManagers.flatMap(({ caches }) => caches.map(({ path }) => path));
