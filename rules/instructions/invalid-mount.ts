import { closest, dockerfile, type Finding, type Mounted, rule } from '../../src/engine/rule.ts';
import { bareMountOptions, mountOptions, mountSharing } from '../../src/knowledge/builder/mounts.ts';

export default rule({
  id: 'invalid-mount',
  aliases: [],
  severity: 'error',
  preset: 'recommended',
  always: true,
  fix: 'suggestion',
  message: 'BuildKit refuses this mount.',
  why: `
    The build stops at this RUN: each type of mount takes options of its own. A type or value that depends on a variable is not
    judged, nor is what Podman alone understands. A mount without a target is mounted on the working directory, and refused
    only where that is known to be the root.
  `,
  instead: 'An option that the type of the mount has.',
  url: 'https://docs.docker.com/reference/dockerfile/#run---mount',
  examples: {
    'a mistyped option': dockerfile`
        FROM node:22
      - RUN --mount=type=cache,traget=/root/.npm npm ci
                               ~~~~~~
      + RUN --mount=type=cache,target=/root/.npm npm ci
    `,
    'no target, which is the working directory': dockerfile`
      FROM node:22
      RUN --mount=type=cache,id=npm npm ci
          ~~~~~~~~~~~~~~~~~~~~~~~~~
      WORKDIR /src
      RUN --mount=type=bind npm ci
    `,
    'options of other types': dockerfile`
      FROM node:22
      RUN --mount=type=bind,target=/src,sharing=locked npm ci
                                        ~~~~~~~
      RUN --mount=type=cache,target=/root/.npm,sharing=exclusive npm ci
                                                       ~~~~~~~~~
    `,
    'what each type takes': dockerfile`
      FROM node:22
      ARG KIND=cache
      RUN --mount=type=cache,target=/root/.npm,sharing=locked,uid=1000 \
          --mount=type=secret,id=npmrc,target=/root/.npmrc,required \
          --mount=type=bind,source=package.json,target=package.json \
          --mount=type=tmpfs,target=/tmp,size=10m --mount=type=ssh npm ci
      RUN --mount=type=$KIND,target=/x true
    `,
  },
  visit: {
    Run: (_, { step }) => step.mounts.flatMap(judge),
  },
});

/** Relabelling is Podman's. */
const foreign = new Set(['z', 'relabel', 'u']);

type Mount = Mounted['mount'];

function judge(mounted: Mounted): Finding[] {
  const { mount } = mounted;
  const { options, type } = mount;
  const kind = options.findLast(({ key }) => key === 'type');
  if (kind?.value?.includes('$')) return [];
  if (type === 'unknown') return kind ? [unknownType(kind)] : [];
  const known = mountOptions[type];
  const wrong = options.filter(({ key }) => key !== '' && !foreign.has(key) && !known.has(key));
  if (wrong.length > 0) return wrong.map((option) => unknownOption(option, type, known));
  return [...values(mount), ...missing(mounted)];
}

type Option = Mount['options'][number];

function unknownType({ value, valueSpan, keySpan }: Option): Finding {
  const near = closest(value?.toLowerCase() ?? '', Object.keys(mountOptions));
  return {
    at: valueSpan ?? keySpan,
    message: `There is no mount of type ${value ?? 'nothing'}.`,
    instead: 'bind, cache, tmpfs, secret or ssh.',
    ...(near && valueSpan && { fix: { title: `Write ${near}`, edits: [{ span: valueSpan, text: near }] } }),
  };
}

function unknownOption({ key, keySpan }: Option, type: string, known: ReadonlySet<string>): Finding {
  const near = closest(key, [...known]);
  return {
    at: keySpan,
    message: `A mount of type ${type} takes no option ${key}.`,
    instead: `One of ${[...known].join(', ')}.`,
    ...(near && { fix: { title: `Write ${near}`, edits: [{ span: keySpan, text: near }] } }),
  };
}

const boolean = /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/;

function values({ options }: Mount): Finding[] {
  return options.flatMap(({ key, keySpan, value, valueSpan }): Finding[] => {
    if (value?.includes('$')) return [];
    if (bareMountOptions.has(key))
      return value === undefined || boolean.test(value)
        ? []
        : [
            {
              at: valueSpan!,
              message: `${key} takes true or false, not ${value || 'nothing'}.`,
              instead: `${key}, or ${key}=false.`,
            },
          ];
    if (value === undefined) return [{ at: keySpan, message: `${key} needs a value.`, instead: `${key}=VALUE.` }];
    if (key === 'sharing' && !mountSharing.includes(value.toLowerCase()))
      return [
        {
          at: valueSpan!,
          message: `A cache cannot be shared as ${value || 'nothing'}.`,
          instead: `${mountSharing.join(', ')}.`,
        },
      ];
    return [];
  });
}

/** What a type cannot do without. */
function missing({ flag: { span }, mount, target, written }: Mounted): Finding[] {
  const at = { start: span.start, end: span.end };
  const { type, source, id } = mount;
  if (type === 'secret') {
    if (source !== undefined && id !== undefined)
      return [{ at, message: 'A secret has an id or a source, not both.', instead: 'Give it only the id.' }];
    return source === undefined && id === undefined && mount.target === undefined
      ? [{ at, message: 'This mount does not say which secret.', instead: 'Add id=NAME.' }]
      : [];
  }
  // without a target, or with a relative one, it is mounted in the working directory (convert_runmount.go)
  if (type === 'ssh' || written?.includes('$') || target !== '/') return [];
  const what = written ? 'would cover the root of the file system' : 'has no target, and the working directory is /';
  return [{ at, message: `This mount of type ${type} ${what}.`, instead: 'Name a folder: target=/FOLDER.' }];
}
