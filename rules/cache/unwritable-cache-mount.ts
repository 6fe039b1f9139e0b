import {
  cacheMounts,
  changesUser,
  dockerfile,
  type Finding,
  isBelow,
  type KnownMount,
  rule,
  type Step,
  withoutSlash,
} from '../../src/engine/rule.ts';
import type { Account } from '../../src/knowledge/images/accounts.ts';
import { addToMount } from '../lib/edits.ts';

export default rule({
  id: 'unwritable-cache-mount',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'The user of this RUN cannot write to the cache mount.',
  why: `
    The program fails with "permission denied", or goes on without its cache and downloads everything in each build.
    BuildKit creates the folder of a cache mount for root with mode 0755, whoever runs the RUN. A user known only in the
    base image is not judged, nor is a mount that an earlier RUN hands over with chown or chmod.
  `,
  instead: 'Add uid= and gid= with the numbers of the user to the mount.',
  url: 'https://docs.docker.com/reference/dockerfile/#run---mounttypecache',
  examples: {
    'the user of an official image': dockerfile`
        FROM node:22
        WORKDIR /srv/app
        USER node
      - RUN --mount=type=cache,target=/home/node/.npm npm ci
                               ~~~~~~~~~~~~~~~~~~~~~~
      + RUN --mount=type=cache,target=/home/node/.npm,uid=1000,gid=1000 npm ci
    `,
    'a user created here': dockerfile`
        FROM python:3.13-slim
        RUN useradd --create-home --uid 10001 app
        USER app
      - RUN --mount=type=cache,target=/home/app/.cache/pip pip install --user flask==3.1.0
                               ~~~~~~~~~~~~~~~~~~~~~~~~~~~
      + RUN --mount=type=cache,target=/home/app/.cache/pip,uid=10001,gid=10001 pip install --user flask==3.1.0
    `,
    'given to the user, open to all, or used by root': dockerfile`
      FROM node:22
      WORKDIR /srv/app
      RUN --mount=type=cache,target=/root/.npm npm install -g pnpm@9.15.0
      USER node
      RUN --mount=type=cache,target=/home/node/.npm,uid=1000,gid=1000 npm ci
      RUN --mount=type=cache,target=/var/cache/build,mode=0777 npm run build
    `,
  },
  visit: {
    Run: (_, { step, stage }) => {
      const user = stage?.os === 'linux' ? step.account : undefined;
      if (!user || user.uid === 0 || usesOtherUser(step)) return [];
      return cacheMounts(step).flatMap((it) => judge(it, step, user) ?? []);
    },
  },
});

/** Commands that run as root, all or some. */
const usesOtherUser = ({ script }: Step): boolean =>
  script?.commands.some((command) => changesUser(command) || command.name === 'su') ?? true;

function judge(mounted: KnownMount, step: Step, user: Account): Finding | undefined {
  const { mount, target, at } = mounted;
  const { uid, gid, mode, from } = mount;
  // what the folder begins as is for another image to say
  if (from !== undefined || [uid, gid, mode].some((it) => it?.includes('$'))) return undefined;
  const bits = mode === undefined ? 0o755 : Number.parseInt(mode, 8);
  if (Number.isNaN(bits) || bits & 0o002) return undefined;
  if (bits & 0o020 && (user.gid === undefined || Number(gid ?? 0) === user.gid)) return undefined;
  if (uid !== undefined && (user.uid === undefined || Number(uid) === user.uid)) return undefined;
  if (isHandedOver(mounted, step)) return undefined;
  const whose = uid === undefined || Number(uid) === 0 ? 'root' : `user ${uid}`;
  const owner =
    user.uid === undefined ? undefined : [`uid=${user.uid}`, ...(user.gid === undefined ? [] : [`gid=${user.gid}`])];
  if (isBelow(target, '/root'))
    return {
      at,
      message: `The cache mount on ${target} is out of reach: only root may enter /root, and this RUN runs as ${user.name ?? user.uid}.`,
      instead: `Mount it in the home of that user${owner ? `, with ${owner.join(',')}` : ''}.`,
    };
  const given = mount.options.find(({ key }) => key === 'uid');
  const name = step.before.user.state === 'known' ? step.before.user.text : user.name;
  return {
    at: given ?? mount.options.find(({ valueSpan }) => valueSpan === at) ?? at,
    message: `The cache mount on ${target} belongs to ${whose}, but this RUN runs as ${name}, who cannot write to it.`,
    instead: owner
      ? `Write ${owner.join(',')} in the mount.`
      : `Add uid= and gid= with the numbers of ${user.name} to the mount.`,
    ...(owner && {
      fix: given
        ? { title: `Give the mount to ${name}`, edits: [{ span: given.span, text: owner[0]! }] }
        : {
            title: `Give the mount to ${name}`,
            edits: [addToMount(mounted, (gid === undefined ? owner : owner.slice(0, 1)).join(','))],
          },
    }),
  };
}

/** Whether an earlier RUN changes the owner or the mode of what is in the same cache. */
const isHandedOver = ({ target, mount }: KnownMount, step: Step): boolean =>
  [...step.earlier, step].some(
    (earlier) =>
      cacheMounts(earlier).some((it) => (it.mount.id ?? it.target) === (mount.id ?? target)) &&
      earlier.script?.commands.some(
        ({ name, args }) =>
          /^(?:chown|chmod|install|setfacl)$/.test(name ?? '') &&
          args.some(
            ({ text }) => isBelow(target, withoutSlash(text)) || isBelow(text, target) || !text.startsWith('/'),
          ),
      ),
  );
