import { cacheMounts, dockerfile, type Finding, isBelow, type KnownMount, rule } from '../../src/engine/rule.ts';
import { addToMount } from '../lib/edits.ts';

export default rule({
  id: 'unlocked-apt-cache',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  fix: 'safe',
  message: 'Two builds may use this apt cache at once, but apt cannot share it.',
  why: `
    The second apt can stop with "Could not get lock". A cache mount is shared by all RUNs that run at the same time, in
    this build and in others, and apt locks its folders. With sharing=locked the second RUN waits; with sharing=private it
    gets its own folder.
  `,
  instead: 'Add sharing=locked to each mount of /var/cache/apt and /var/lib/apt.',
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
    'a cache of a program that can share it': dockerfile`
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
  const title = 'Write sharing=locked';
  return {
    at: option ?? place,
    message: `Two builds may use the cache mount on ${target} at once, but apt cannot share it.`,
    // a value that is none is invalid-mount's to correct
    ...(option
      ? mount.sharing === 'shared' && {
          fix: { title, edits: [{ span: option.valueSpan!, text: 'locked' }] },
        }
      : { fix: { title, edits: [addToMount(mounted, 'sharing=locked')] } }),
  };
}
