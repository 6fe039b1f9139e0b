import {
  cacheMounts,
  dockerfile,
  type Finding,
  isBelow,
  isKnownImage,
  type KnownMount,
  knownMounts,
  linked,
  type MountFlag,
  type Place,
  rule,
  type Step,
  type UsedCache,
  usedCaches,
} from '../../src/engine/rule.ts';
import { withoutImage } from '../../src/knowledge/managers/cache-places.ts';

export default rule({
  id: 'misplaced-cache-mount',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'The program in this RUN has its cache in another folder.',
  why: `
    The mount stays unused, so the RUN downloads everything each time it runs, and the real cache can end up in the layer.
    The cache folder depends on the user, on variables such as HOME and npm_config_cache, and on the image; if one of them
    is not known, or a setting of the manager may have moved the cache, nothing is reported. The builder does not expand ~.
  `,
  instead: 'Write the folder that the program uses, as an absolute path.',
  url: 'https://docs.docker.com/build/cache/optimize/#use-cache-mounts',
  examples: {
    'the home of another user': dockerfile`
        FROM node:22
        WORKDIR /srv/app
        USER node
      - RUN --mount=type=cache,target=/root/.npm,uid=1000,gid=1000 npm ci
                                      ~~~~~~~~~~
      + RUN --mount=type=cache,target=/home/node/.npm,uid=1000,gid=1000 npm ci
    `,
    'a home folder that is not expanded': dockerfile`
        FROM python:3.13-slim
      - RUN --mount=type=cache,target=~/.cache/pip pip install flask==3.1.0
                                      ~~~~~~~~~~~~
      + RUN --mount=type=cache,target=/root/.cache/pip pip install flask==3.1.0
    `,
    'a cache moved by the image': dockerfile`
        FROM rust:1.83
        WORKDIR /src
      - RUN --mount=type=cache,target=/root/.cargo/registry cargo fetch
                                      ~~~~~~~~~~~~~~~~~~~~~
      + RUN --mount=type=cache,target=/usr/local/cargo/registry cargo fetch
    `,
    'a cache moved by a variable': dockerfile`
        FROM python:3.13-slim
        ENV PIP_CACHE_DIR=/var/cache/pip
      - RUN --mount=type=cache,target=/root/.cache/pip pip install flask==3.1.0
                                      ~~~~~~~~~~~~~~~~
      + RUN --mount=type=cache,target=/var/cache/pip pip install flask==3.1.0
    `,
    'in the right place, or in an unknown one': dockerfile`
      FROM node:22
      WORKDIR /srv/app
      RUN --mount=type=cache,target=/root/.npm npm ci
      FROM example.com/base:1
      USER build
      RUN --mount=type=cache,target=/cache/.npm npm ci
    `,
  },
  visit: {
    Run: (_, place) => judge(place),
  },
});

function judge({ step, stage }: Place): Finding[] {
  if (stage?.os !== 'linux') return [];
  const used = step.operations.flatMap((operation) => usedCaches(operation, step));
  const literal = step.instruction.flags.flatMap((flag) => unexpanded(flag, used, step) ?? []);
  const told = new Set(literal.map(({ at }) => at));
  const mounted = cacheMounts(step).map((it) => linked(it.target, step));
  return [
    ...literal,
    ...knownMounts(step, 'cache').flatMap((it) => (told.has(it.at) ? [] : (elsewhere(it, mounted, used, step) ?? []))),
  ];
}

const quoted = (path: string): boolean => /[\s,'"]/.test(path);

/** `~` and `$HOME`, which only a shell knows. */
function unexpanded({ mount }: MountFlag, used: readonly UsedCache[], step: Step): Finding | undefined {
  const option = mount?.options.findLast(({ key }) => key === 'target' || key === 'dst' || key === 'destination');
  const { value, valueSpan: at } = option ?? {};
  if (mount?.type !== 'cache' || value === undefined || !at) return undefined;
  const tilde = /^~(?=\/|$)/.test(value);
  const unset = step.before.variable('HOME') === undefined && isKnownImage(step);
  if (!tilde && !(unset && /^(?:\$HOME|\$\{HOME\})(?=\/|$)/.test(value))) return undefined;
  const home = step.home;
  const written = home && value.replace(/^(?:~|\$HOME|\$\{HOME\})/, home);
  // what is not there either has a place of its own
  const meant = written === undefined ? undefined : used.find((it) => looksLike(written, it));
  const path = meant?.places[0] && !serves(meant, written!, step) ? meant.places[0] : written;
  const folder = step.before.workdir.state === 'known' ? step.before.workdir.text : 'the working directory';
  return {
    at,
    message: tilde
      ? `The builder does not expand ~, so this mounts a folder named ~ in ${folder}.`
      : `The builder knows no variable HOME, so this mounts ${value.replace(/^\$\{?HOME\}?/, '') || '/'}.`,
    instead: path ? `Write target=${path}.` : 'Write the absolute path of the home folder.',
    ...(path && !quoted(path) && { fix: { title: `Write ${path}`, edits: [{ span: at, text: path }] } }),
  };
}

/** Whether a mount on the folder has the cache, or part of it. */
const serves = ({ places }: UsedCache, folder: string, step: Step): boolean =>
  places.some((path) => isBelow(linked(path, step), folder) || isBelow(folder, linked(path, step)));

/** A mount that looks like the cache of a manager, where that manager has none. */
function elsewhere(
  mounted: KnownMount,
  others: readonly string[],
  used: readonly UsedCache[],
  step: Step,
): Finding | undefined {
  const target = linked(mounted.target, step);
  const alike = used.filter((it) => looksLike(target, it));
  // a program whose cache is not known may have it there
  if (
    alike.length === 0 ||
    used.some((it) => serves(it, target, step) || (it.places.length === 0 && looksLike(target, it)))
  )
    return undefined;
  const isProjects = step.before.workdir.state === 'known' && isBelow(target, step.before.workdir.text);
  if (isProjects && alike.every(({ operation }) => inProject.has(operation.manager))) return undefined;
  const missed = alike.find((it) => !others.some((folder) => serves(it, folder, step)));
  if (!missed || missed.bypassed) return undefined;
  const { operation, places } = missed;
  const path = inOtherHome(target, missed, step) ?? places[0]!;
  const ambiguous = operation.manager === 'yarn' && places.length > 1;
  return {
    at: mounted.at,
    message: `${operation.manager} has its cache in ${ambiguous ? places.join(' or ') : path}${reason(step)}, not in ${mounted.target}.`,
    instead: `Write target=${path}.`,
    ...(!ambiguous && !quoted(path) && { fix: { title: `Mount ${path}`, edits: [{ span: mounted.at, text: path }] } }),
  };
}

/** Managers that also keep a folder of the same name beside the project. */
const inProject = new Set(['gradle', 'yarn', 'bundle', 'deno']);

const reason = (step: Step): string => {
  const { user } = step.before;
  return user.state === 'known' && !/^(?:root|0)(?::|$)/.test(user.text) ? ` for ${user.text}` : '';
};

/** Whether a folder has the name of the cache: the same last parts, or the same place in another home. */
function looksLike(target: string, { cache, places }: UsedCache): boolean {
  return namesOf(cache, places).some((path) => {
    const own = tail(path);
    return target.endsWith(`/${own}`) || target.endsWith(`/.${own}`) || isHomeOf(target, path);
  });
}

const namesOf = ({ path }: UsedCache['cache'], places: readonly string[]): readonly string[] => [
  path,
  ...places,
  ...(withoutImage[path] === undefined ? [] : [withoutImage[path]]),
  ...(path === '/usr/local/share/.cache/yarn' ? ['~/.cache/yarn', '~/.yarn/berry/cache'] : []),
];

/** The same folder in the home of the user who runs the step, where the cache lies in it. */
function inOtherHome(target: string, { places }: UsedCache, step: Step): string | undefined {
  const home = step.home;
  const path = home && target.replace(/^(?:\/root|\/home\/[^/]+)(?=\/.)/, home);
  return path && path !== target && isBelow(places[0]!, path) ? path : undefined;
}

/** The parts of a path that name a cache: all below a home, else the last two. */
function tail(path: string): string {
  if (path.startsWith('~/')) return path.slice(2);
  return path.split('/').filter(Boolean).slice(-2).join('/');
}

/** Whether the folder is where the cache would be, or lies above it, in the home of some user. */
function isHomeOf(target: string, path: string): boolean {
  const home = /^(?:\/root|\/home\/[^/]+)(?=\/.)/.exec(target)?.[0];
  return home !== undefined && path.startsWith('~/') && isBelow(path.replace('~', home), target);
}
