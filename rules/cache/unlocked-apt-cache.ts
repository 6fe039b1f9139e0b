import { cacheMounts, dockerfile, type Finding, isBelow, type KnownMount, rule } from '../../src/engine/rule.ts';
import { addToMount } from '../lib/edits.ts';

export default rule({
  id: 'unlocked-apt-cache',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  fix: 'safe',
  message: 'Two builds may use this cache of apt at once, and apt has no way to share it.',
  why: `
    A cache mount is shared by all RUNs that run at the same time, in this build and in others of the builder. apt takes locks
    on its folders and stops with "Could not get lock" when another one holds them, or they spoil each other's files. With
    sharing=locked the second waits; with sharing=private it gets a folder of its own.
  `,
  instead: 'sharing=locked on each mount of /var/cache/apt and /var/lib/apt.',
  url: 'https://docs.docker.com/reference/dockerfile/#example-cache-apt-packages',
  examples: {
    'shared by default': dockerfile`
        FROM debian:12
        RUN rm -f /etc/apt/apt.conf.d/docker-clean
      - RUN --mount=type=cache,target=/var/cache/apt --mount=type=cache,target=/var/lib/apt,sharing=shared \
                               ~~~~~~~~~~~~~~~~~~~~~                                        ~~~~~~~~~~~~~~
      + RUN --mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt,sharing=locked \
            apt-get update && apt-get install -y --no-install-recommends gcc
    `,
    'one at a time, or one each': dockerfile`
      FROM debian:12
      RUN rm -f /etc/apt/apt.conf.d/docker-clean
      RUN --mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt,sharing=private \
          apt-get update && apt-get install -y --no-install-recommends gcc
    `,
    'a cache that its program shares': dockerfile`
      FROM node:22
      WORKDIR /srv/app
      RUN --mount=type=cache,target=/root/.npm npm ci
    `,
  },
  visit: {
    Run: (_, { step }) =>
      cacheMounts(step)
        .filter(({ target }) => folders.some((folder) => isBelow(target, folder)))
        .flatMap((it) => judge(it) ?? []),
  },
});

const folders = ['/var/cache/apt', '/var/lib/apt'];

function judge(mounted: KnownMount): Finding | undefined {
  const { mount, target } = mounted;
  if (mount.sharing === 'locked' || mount.sharing === 'private' || mount.sharing?.includes('$')) return undefined;
  const option = mount.options.findLast(({ key }) => key === 'sharing');
  const place = mount.options.findLast(({ key }) => key === 'target' || key === 'dst' || key === 'destination')!;
  const title = 'Let one build at a time use it';
  return {
    at: option ?? place,
    message: `Two builds may use the cache mount on ${target} at once, and apt cannot share it: one stops with "Could not get lock".`,
    // a value that is none is invalid-mount's to correct
    ...(option
      ? mount.sharing === 'shared' && {
          fix: { title, edits: [{ span: option.valueSpan!, text: 'locked' }] },
        }
      : { fix: { title, edits: [addToMount(mounted, 'sharing=locked')] } }),
  };
}
