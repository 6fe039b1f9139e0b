import {
  anyBefore,
  baseName,
  dockerfile,
  type Effect,
  type Finding,
  flagOf,
  folderOrUnknown,
  hasMount,
  type Instruction,
  isBelow,
  isCostly,
  isKnownPlace,
  isWholeContext,
  lineOf,
  type Model,
  type PackageOperation,
  placeIn,
  rule,
  type Step,
  withoutSlash,
} from '../../src/engine/rule.ts';
import { configures, configuresManagers, quietFolders, settledFiles } from '../../src/knowledge/managers/settings.ts';
import { counted, listed, listedOnce } from '../lib/words.ts';
import { stepsText } from './lib/early-variables.ts';

export default rule({
  id: 'early-copy',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'Files of the project are copied above a costly instruction that does not read them.',
  why: `
    Changed files invalidate the cache of their COPY and of all instructions below it, including those that do not need the
    files. Only what provably does not read them is reported: installs of system packages or of packages given by name, and
    downloads to other places, with nothing in between that may read the files. Files that configure a package manager are
    not reported, nor are files copied to /etc and similar folders, where a package may put files too.
  `,
  instead: 'Move the COPY below the instruction.',
  url: 'https://docs.docker.com/build/cache/optimize/#order-your-layers',
  examples: {
    'the code above system packages': dockerfile`
      FROM python:3.13-slim
      WORKDIR /app
      COPY src ./src
           ~~~
      RUN apt-get update && apt-get install -y --no-install-recommends libpq5
      CMD ["python", "src/main.py"]
    `,
    'a script': dockerfile`
      FROM alpine:3.20
      COPY entrypoint.sh /
           ~~~~~~~~~~~~~
      RUN apk add --no-cache curl
      ENTRYPOINT ["/entrypoint.sh"]
    `,
    'below the install': dockerfile`
      FROM alpine:3.20
      RUN apk add --no-cache curl
      COPY entrypoint.sh /
      ENTRYPOINT ["/entrypoint.sh"]
    `,
    'files that configure the install': dockerfile`
      FROM debian:12
      COPY company.list /etc/apt/sources.list.d/
      COPY company.crt /usr/local/share/ca-certificates/
      RUN apt-get update && apt-get install -y --no-install-recommends curl
    `,
  },
  visit: {
    File: (model) =>
      model.stages.flatMap(({ reachable, steps }) => {
        const found = reachable ? steps.flatMap((step) => judge(step) ?? []) : [];
        const movable = new Set(found.map(({ step }) => step));
        const stays = (step: Step): boolean => step.changes === 'source' && !movable.has(step);
        // behind a copy of the code that stays, each change of it runs all again anyway
        return groupsOf(found.filter(({ runs }) => !anyBefore(runs[0], found, stays))).map((group) =>
          finding(group, model),
        );
      }),
  },
});

/** A COPY with the costly steps below that have nothing to do with it. */
interface Early {
  readonly step: Step;
  readonly instruction: Extract<Instruction, { kind: 'Copy' | 'Add' }>;
  readonly runs: readonly [Step, ...Step[]];
  readonly isManifest: boolean;
}

function judge(step: Step): Early | undefined {
  const { instruction, stage } = step;
  if (instruction.kind !== 'Copy' && instruction.kind !== 'Add') return undefined;
  const volatility = step.changes;
  const places = placesOf(step);
  if (!volatility || !places || places.some(isRead) || instruction.sources.some(({ text }) => isSettled(text)))
    return undefined;
  const runs: Step[] = [];
  for (const below of stage!.steps.slice(step.index + 1)) {
    if (!isApart(below, places)) break;
    if (below.instruction.kind === 'Run' && isCostly(below)) runs.push(below);
  }
  const [first, ...rest] = runs;
  return (
    first && {
      step,
      instruction,
      runs: [first, ...rest],
      isManifest: volatility === 'manifest' || volatility === 'lock',
    }
  );
}

/** Those that stand above the same steps. */
function groupsOf(found: readonly Early[]): [Early, ...Early[]][] {
  const groups: [Early, ...Early[]][] = [];
  for (const it of found) {
    const same = groups.find(([one]) => one.runs[0] === it.runs[0] && one.isManifest === it.isManifest);
    if (same) same.push(it);
    else groups.push([it]);
  }
  return groups;
}

function finding(group: readonly [Early, ...Early[]], model: Model): Finding {
  const [{ instruction, runs, isManifest }] = group;
  const [first] = runs;
  const what = [...new Set(group.map(nameOf))];
  const shown = what.length > 3 ? [...what.slice(0, 2), counted(what.length - 2, 'more source')] : what;
  const all = [shown.slice(0, -1).join(', '), shown.at(-1)!].filter(Boolean).join(' or ');
  const last = group.map((it) => it.runs.at(-1)!).reduce((a, b) => (a.index < b.index ? a : b));
  const many = runs.length > 1;
  const keywords = listedOnce(group.map((it) => it.instruction.keyword.text.toUpperCase()));
  const lines = group.map((it) => String(lineOf(model, it.instruction)));
  const moved = lines.length > 1 ? `${keywords} in lines ${listed(lines)}` : `the ${keywords}`;
  return {
    at: instruction.sources[0]!,
    related: first.instruction.keyword,
    message: `A change to ${all} runs ${stepsText(runs, model)} again, which ${many ? 'do' : 'does'} not read ${what.length > 1 ? 'them' : 'it'}.`,
    instead: `Move ${moved} below the RUN in line ${lineOf(model, last.instruction)}.`,
    ...(isManifest ? { preset: 'strict' as const } : {}),
  };
}

function nameOf({ instruction }: Early): string {
  const [source] = instruction.sources;
  const from = flagOf(instruction, 'from')?.value?.text;
  if (isWholeContext(source!.text) && from === undefined) return 'any file of the context';
  return withoutSlash(source!.text) + (from === undefined ? '' : ` (--from=${from})`);
}

/** Archives, keys and packages that lie in a project hardly ever change, or are what the install is for. */
const isSettled = (source: string): boolean => {
  const name = baseName(source).toLowerCase();
  return settledFiles.some((it) => name.endsWith(it)) || configures.test(name);
};

/** Where the files come; undefined where only the build knows. */
function placesOf(step: Step): readonly string[] | undefined {
  const { all, complete } = step.effects;
  const places = all.map(({ path }) => path);
  if (complete && places.length > 0) return places;
  const target = step.takes[0]?.target;
  return target === undefined || !isKnownPlace(target) ? undefined : [target];
}

/** Whether package managers, or the packages themselves, may look at what is there. */
function isRead(path: string): boolean {
  if (configuresManagers.some((it) => isBelow(path, it) || isBelow(it, path)) && path !== '/') {
    return !quietFolders.some((it) => isBelow(path, it) && path !== it);
  }
  return (
    path === '/' ||
    /^\/(?:root|home\/[^/]+)(?:\/\.[^/]*)?(?:$|\/\.)/.test(path) ||
    path.startsWith('~') ||
    !isKnownPlace(path)
  );
}

/** Whether a step provably has nothing to do with files at these places. */
function isApart(step: Step, places: readonly string[]): boolean {
  const { instruction, operations, script } = step;
  if (instruction.kind === 'Onbuild') return false;
  if (instruction.kind !== 'Run') return true;
  if (!script?.parsed || hasMount(step, 'bind')) return false;
  const { all, complete } = step.effects;
  if (!complete || all.some((effect) => !isOfPackages(effect) && places.some((place) => touches(effect, place))))
    return false;
  if (!operations.every((it) => isNamed(it))) return false;
  const folder = folderOrUnknown(step);
  return script.commands.every(({ word, args, redirects }) =>
    [word, ...args, ...redirects.flatMap(({ target }) => target ?? [])].every(
      ({ text }) => !names(text, folder, places),
    ),
  );
}

const actions: ReadonlySet<string> = new Set([
  'install',
  'reinstall',
  'upgrade',
  'update-index',
  'remove',
  'clean',
  'other',
]);
const ofFiles: ReadonlySet<string> = new Set(['file', 'directory', 'unknown']);
/** Managers of languages that look for no project when they are told packages by name. */
const blind: ReadonlySet<string> = new Set([
  'pip',
  'pipx',
  'gem',
  'cpanm',
  'cpan',
  'conda',
  'mamba',
  'micromamba',
  'r',
]);
const systems: ReadonlySet<string> = new Set(['apt', 'apk', 'rpm', 'pacman', 'zypper', 'portage']);

/** Whether an operation takes nothing but packages by their names, wherever it is called. */
function isNamed({ action, manifests, packages, flags, manager, family, runsProject }: PackageOperation): boolean {
  // code that is not wholly known may read its working directory
  if (runsProject || !actions.has(action) || manifests.length > 0 || packages.some(({ source }) => ofFiles.has(source)))
    return false;
  if ((['requirementsFile', 'constraint', 'manifest', 'editable', 'path'] as const).some((it) => flags.has(it)))
    return false;
  const named = packages.length > 0;
  return (
    systems.has(family) ||
    blind.has(manager) ||
    flags.has('global') ||
    (manager === 'go' && named && packages.every(({ version }) => version !== undefined))
  );
}

/** The places of packages are those that `isRead` tells. */
const isOfPackages = ({ means }: Effect): boolean => means === 'packages';
const touches = ({ path }: Effect, place: string): boolean => {
  const fixed = path.replace(/\/[^/]*[*?[].*$/, '') || '/';
  return isBelow(fixed, place) || isBelow(place, fixed);
};

/** Whether a word names one of the places or what lies there. */
function names(text: string, folder: string, places: readonly string[]): boolean {
  return text.split(/[=:,\s]+/).some((part) => {
    if (!/^[\w./~-]+$/.test(part) || !part.includes('/')) {
      const beside = part === '' ? undefined : placeIn(folder, part);
      return beside !== undefined && places.includes(beside) && !places.includes(folder);
    }
    const path = placeIn(folder, part);
    return (
      path !== undefined &&
      path !== '/' &&
      places.some((place) => isBelow(path, place) || (isBelow(place, path) && part.startsWith('/')))
    );
  });
}
