import { baseIsRoot, dockerfile, rule } from '../../src/engine/rule.ts';
import { leavesRoot } from './lib/leaves-root.ts';

export default rule({
  id: 'missing-user',
  aliases: [],
  severity: 'info',
  preset: 'strict',
  message: 'The image has no USER, so its program runs as root.',
  why: `
    An intruder in the program is root in the container, and one kernel bug or careless mount away from the host. Only the
    image that is built is judged, and only on scratch and on official images that are known to run as root: another base
    may have set a user. An image whose entry point drops root with gosu, su-exec or s6-overlay is not reported.
  `,
  instead: 'Add USER with the number of an unprivileged account, after the instructions that need root.',
  url: 'https://docs.docker.com/build/building/best-practices/#user',
  examples: {
    'root by default': dockerfile`
      FROM node:22
           ~~~~~~~
      WORKDIR /srv/app
      CMD ["node", "server.js"]
    `,
    'a user set in the base stage': dockerfile`
      FROM node:22 AS base
      USER node
      FROM base
      CMD ["node", "server.js"]
    `,
    'a base that may have set one, or that drops root': dockerfile`
      FROM gcr.io/distroless/nodejs22-debian12
      COPY server.js /srv/
      CMD ["/srv/server.js"]
    `,
    'an entry point that drops root': dockerfile`
      FROM alpine:3.22
      RUN apk add --no-cache su-exec
      ENTRYPOINT ["/entrypoint.sh"]
    `,
  },
  visit: {
    File({ target }) {
      if (!target || target.os === 'windows') return undefined;
      const { lineage, allSteps, from, end } = target;
      const root = lineage[0]!;
      if (allSteps.some(({ instruction }) => instruction.kind === 'User')) return undefined;
      if (root.base.kind !== 'scratch' && !baseIsRoot(target)) return undefined;
      // what starts nothing is a base or a set of files
      const starts = end.cmd || end.entrypoint || root.base.kind === 'image';
      return starts && !leavesRoot(target) ? { at: from.image ?? from.keyword } : undefined;
    },
  },
});
