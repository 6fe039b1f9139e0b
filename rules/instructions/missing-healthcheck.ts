import { dockerfile, rule, type Stage } from '../../src/engine/rule.ts';
import { healthlessRepositories, serverImages } from '../../src/knowledge/images/health.ts';

export default rule({
  id: 'missing-healthcheck',
  aliases: ['DL3057'],
  severity: 'info',
  preset: 'strict',
  message: 'The image starts a server and has no HEALTHCHECK.',
  why: `
    Docker and Compose know only that the process runs, not that it answers. Kubernetes has probes of its own and ignores
    HEALTHCHECK, so this is for images that run elsewhere. Only the image that is built is judged, where it exposes a port
    and its base image is known to have no health check; by name all others without one are reported too.
  `,
  instead: 'HEALTHCHECK CMD with a program that asks the server, or HEALTHCHECK NONE to say that there is none.',
  url: 'https://docs.docker.com/reference/dockerfile/#healthcheck',
  examples: {
    'a server': dockerfile`
      FROM node:22
           ~~~~~~~
      EXPOSE 3000
      CMD ["node", "server.js"]
    `,
    'a server that is asked': dockerfile`
      FROM node:22
      EXPOSE 3000
      HEALTHCHECK CMD ["node", "health.js"]
      CMD ["node", "server.js"]
    `,
    'an answer further down': dockerfile`
      FROM node:22 AS base
      HEALTHCHECK NONE
      FROM base
      EXPOSE 3000
      CMD ["node", "server.js"]
    `,
  },
  notRecommended: {
    DL3057: 'Orchestrators have checks of their own, so most good images have none in the file.',
  },
  differs: {
    DL3057: [
      { why: 'Only the image that is built is judged. In strict only where it opens a port or is a known server.' },
    ],
  },
  visit: {
    File({ target }) {
      if (!target || target.end.healthcheck) return undefined;
      const at = target.from.image ?? target.from.keyword;
      const server = target.end.exposed.length > 0 || isServer(target);
      if (server && isHealthless(target)) return { at };
      return { at, preset: 'asked', message: 'The image has no HEALTHCHECK.' };
    },
  },
});

const root = ({ lineage }: Stage): Stage['base'] | undefined => lineage[0]?.base;

function isServer(stage: Stage): boolean {
  const base = root(stage);
  return base?.kind === 'image' && base.reference.official && serverImages.has(base.reference.name);
}

/** Whether the base image is known to have no health check of its own. */
function isHealthless(stage: Stage): boolean {
  const base = root(stage);
  if (base?.kind === 'scratch') return true;
  if (base?.kind !== 'image') return false;
  const { official, text } = base.reference;
  return official || healthlessRepositories.some((it) => text.startsWith(it));
}
