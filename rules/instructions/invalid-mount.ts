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
    The build stops. Each type of mount has its own options, and z, U and relabel are known only to Podman. A type or value that
    depends on a variable is not judged. A mount without a target is mounted on the working directory, and refused only where
    that is known to be the root.
  `,
  instead: 'Use the options that the type of the mount has.',
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

/** Relabelling and the like. */
const podman = new Set(['z', 'relabel', 'u']);

type Mount = Mounted['mount'];

function judge(mounted: Mounted): Finding[] {
  const { mount } = mounted;
  const { options, type } = mount;
  const kind = options.findLast(({ key }) => key === 'type');
  if (kind?.value?.includes('$')) return [];
  if (type === 'unknown') return kind ? [unknownType(kind)] : [];
  const known = mountOptions[type];
  const wrong = options.filter(({ key }) => !known.has(key));
  if (wrong.length > 0) return wrong.map((option) => unknownOption(option, type, known));
  const early = options
    .slice(
      0,
      options.findIndex(({ key }) => key === 'type'),
    )
    .find(({ key }) => afterType.has(key));
  if (early) return [beforeType(early, type)];
  return [...values(mount), ...missing(mounted)];
}

type Option = Mount['options'][number];

function unknownType({ value, valueSpan, keySpan }: Option): Finding {
  const near = closest(value?.toLowerCase() ?? '', Object.keys(mountOptions));
  return {
    at: valueSpan ?? keySpan,
    message: value ? `There is no mount of type ${value}.` : 'The type of this mount is empty.',
    instead: 'Use bind, cache, tmpfs, secret or ssh.',
    ...(near && valueSpan && { fix: { title: `Write ${near}`, edits: [{ span: valueSpan, text: near }] } }),
  };
}

/** BuildKit reads options in order, and what stands before the type is judged as that of a bind mount. */
const afterType = new Set(['required', 'size']);

const beforeType = ({ key, keySpan }: Option, type: string): Finding => ({
  at: keySpan,
  message: `${key} comes before type=${type}, where BuildKit still expects options of a bind mount.`,
  instead: `Write ${key} after the type.`,
});

function unknownOption({ key, keySpan, span }: Option, type: string, known: ReadonlySet<string>): Finding {
  if (key === '')
    return { at: span, message: 'An option of the mount has no name.', instead: 'Write the name before =.' };
  if (podman.has(key)) {
    return {
      at: keySpan,
      message: `BuildKit has no mount option ${key}; only Podman has it.`,
      instead: 'Remove it for BuildKit.',
    };
  }
  const near = closest(key, [...known]);
  return {
    at: keySpan,
    message: `A mount of type ${type} has no option ${key}.`,
    instead: `Use one of ${[...known].join(', ')}.`,
    ...(near && { fix: { title: `Write ${near}`, edits: [{ span: keySpan, text: near }] } }),
  };
}

interface Shape {
  readonly fits: (value: string) => boolean;
  readonly name: string;
  readonly such: string;
}

const HIGHEST = 2 ** 32 - 1;
const id: Shape = {
  fits: (value) => /^\d+$/.test(value) && Number(value) <= HIGHEST,
  name: 'a number',
  such: 'a number such as 1000',
};
const shapes: Readonly<Record<string, Shape | undefined>> = {
  uid: id,
  gid: id,
  mode: {
    fits: (value) => /^[0-7]+$/.test(value) && Number.parseInt(value, 8) <= HIGHEST,
    name: 'an octal number',
    such: 'a mode such as 0755',
  },
  size: {
    fits: (value) => /^\+?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)? ?(?:[kmgtp]i?b?|b)?$/i.test(value),
    name: 'a number of bytes',
    such: 'a size such as 64m',
  },
};

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
              instead: `Write ${key}, or ${key}=false.`,
            },
          ];
    if (value === undefined) return [{ at: keySpan, message: `${key} needs a value.`, instead: `Write ${key}=VALUE.` }];
    if (key === 'sharing' && !mountSharing.includes(value.toLowerCase()))
      return [
        {
          at: valueSpan!,
          message: `A cache mount cannot have sharing=${value}.`,
          instead: `Use one of ${mountSharing.join(', ')}.`,
        },
      ];
    const shape = shapes[key];
    return shape && !shape.fits(value)
      ? [
          {
            at: valueSpan!,
            message: `${key} is ${shape.name}, not ${value || 'nothing'}.`,
            instead: `Write ${shape.such}.`,
          },
        ]
      : [];
  });
}

/** What a type cannot do without. */
function missing({ flag: { span }, mount, target, written }: Mounted): Finding[] {
  const at = { start: span.start, end: span.end };
  const { type, source, id } = mount;
  if (type === 'secret') {
    if (source && id)
      return [{ at, message: 'A secret mount takes an id or a source, not both.', instead: 'Write only the id.' }];
    return !source && !id && !mount.target
      ? [{ at, message: 'This mount does not name a secret.', instead: 'Add id=NAME.' }]
      : [];
  }
  // without a target, or with a relative one, it is mounted in the working directory (convert_runmount.go)
  if (type === 'ssh' || written?.includes('$') || target !== '/') return [];
  // an absolute one is compared as it is written
  if (written?.startsWith('/') && written !== '/') return [];
  const what = written ? 'would cover the root of the file system' : 'has no target, and the working directory is /';
  return [{ at, message: `This mount of type ${type} ${what}.`, instead: 'Name a folder, as in target=/FOLDER.' }];
}
