import {
  cacheMounts,
  dockerfile,
  type Edit,
  type Finding,
  isBelow,
  isKnownImage,
  type Place,
  rule,
  type Step,
} from '../../src/engine/rule.ts';

const ARCHIVES = '/var/cache/apt/archives';
const HOOK = '/etc/apt/apt.conf.d/docker-clean';

export default rule({
  id: 'emptied-apt-cache',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'The cache mount stays empty, as the image deletes each package after its install.',
  why: `
    Each time the RUN runs, it downloads all packages again. Official Debian and Ubuntu images, and images based on them,
    have /etc/apt/apt.conf.d/docker-clean, which makes apt delete the packages from /var/cache/apt after each install, even
    if Keep-Downloaded-Packages is set. Other images are not judged, nor are files that handle docker-clean or add their own
    apt configuration.
  `,
  instead: 'Run rm -f /etc/apt/apt.conf.d/docker-clean before the install.',
  url: 'https://docs.docker.com/reference/dockerfile/#example-cache-apt-packages',
  examples: {
    'a mount that stays empty': dockerfile`
        FROM debian:12
        RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \
                               ~~~~~~~~~~~~~~~~~~~~~
            --mount=type=cache,target=/var/lib/apt,sharing=locked \
      -     apt-get update && apt-get install -y --no-install-recommends gcc
      +     rm -f /etc/apt/apt.conf.d/docker-clean && apt-get update && apt-get install -y --no-install-recommends gcc
    `,
    'with docker-clean removed': dockerfile`
      FROM ubuntu:24.04
      RUN rm -f /etc/apt/apt.conf.d/docker-clean; echo 'Binary::apt::APT::Keep-Downloaded-Packages "true";' > /etc/apt/apt.conf.d/keep-cache
      RUN --mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt,sharing=locked \
          apt-get update && apt-get install -y --no-install-recommends gcc
    `,
    'only the lists': dockerfile`
      FROM debian:12
      RUN --mount=type=cache,target=/var/lib/apt/lists,sharing=locked \
          apt-get update && apt-get install -y --no-install-recommends gcc
    `,
  },
  visit: {
    Run: (_, place) => judge(place),
  },
});

const fetches = new Set(['install', 'reinstall', 'upgrade', 'download']);

function judge({ step, model }: Place): Finding | undefined {
  if (!isKnownImage(step) || !installsInto(step)) return undefined;
  const earlier = [...step.earlier, step];
  // the first is told, as one removal mends them all
  if (earlier.some(mayKeep) || earlier.some((it) => it !== step && installsInto(it))) return undefined;
  const mounted = cacheMounts(step).find(({ target }) => isBelow(ARCHIVES, target))!;
  const keeps = step.operations.some(({ manager }) => manager === 'apt');
  const edit = keeps ? undefined : inFront(step, model);
  const option = mounted.mount.options.find(({ valueSpan }) => valueSpan === mounted.at)!;
  return {
    at: option,
    message: `The cache mount on ${mounted.target} stays empty, as ${HOOK} of the base image deletes each package after its install.`,
    instead: keeps
      ? `Before the install, run rm -f ${HOOK}; echo 'Binary::apt::APT::Keep-Downloaded-Packages "true";' > /etc/apt/apt.conf.d/keep-cache.`
      : `Run rm -f ${HOOK} before the install.`,
    ...(edit && { fix: { title: 'Remove docker-clean first', edits: [edit] } }),
  };
}

/** Whether a RUN installs by apt with its packages in a cache mount. */
const installsInto = (step: Step): boolean =>
  step.operations.some(
    ({ family, action, flags }) => family === 'apt' && fetches.has(action) && !flags.has('dryRun'),
  ) && cacheMounts(step).some(({ target }) => isBelow(ARCHIVES, target));

const settings = /docker-clean|Post-Invoke|\/etc\/apt\/apt\.conf\.d\/?(?:\*.*)?$|\/etc\/apt\/?$|APT_CONFIG/;

/** Whether a step does something about the hook, or may: a script that is not read, a folder of settings that is copied. */
function mayKeep({ instruction, script, before: state }: Step): boolean {
  if (state.variable('APT_CONFIG')) return true;
  if (instruction.kind === 'Copy' || instruction.kind === 'Add')
    return [...instruction.sources, instruction.destination].some(
      (word) =>
        word &&
        (settings.test(word.text) ||
          /(?:^|\/)(?:apt\.conf(?:\.d)?|rootfs|docker-clean)(?:\/|$)|^\/$|^\/etc\/?$/.test(word.text)),
    );
  if (instruction.kind !== 'Run') return false;
  if (!script?.parsed) return true;
  return (
    script.commands.some(
      ({ name, word, args, redirects, assignments }) =>
        (name === undefined && word.text !== '') ||
        (/^(?:sh|bash|dash|\.|source|eval)$/.test(name ?? '') &&
          args.length > 0 &&
          !args.some(({ text }) => text === '-c')) ||
        /\.sh$/.test(word.text) ||
        [...args, ...redirects.flatMap(({ target }) => target ?? [])].some(
          ({ text }) => settings.test(text) || (/^-c/.test(text) && /apt/.test(name ?? '')),
        ) ||
        assignments.some((it) => it.name === 'APT_CONFIG'),
    ) || instruction.heredocs.some(({ body }) => /docker-clean|Post-Invoke/.test(body.raw))
  );
}

/** The removal in front of a plain list of `&&`. */
function inFront({ instruction, script, before: { user } }: Step, _: Place['model']): Edit | undefined {
  if (instruction.kind !== 'Run' || instruction.command?.kind !== 'ShellForm' || instruction.heredocs.length > 0)
    return undefined;
  if (user.state === 'known' && !/^(?:root|0)(?::|$)/.test(user.text)) return undefined;
  const own = script!.commands.filter(({ within }) => !within.includes('string') && !within.includes('substitution'));
  const plain = own.every(({ within, joint }) => within.length === 0 && (joint === 'start' || joint === '&&'));
  const first = own[0];
  // `set -e` stands in front of what it is meant for
  if (!plain || !first || first.name === 'set') return undefined;
  return { span: { start: first.span.start, end: first.span.start }, text: `rm -f ${HOOK} && ` };
}
