import { dockerfile, rule, type Stage } from '../../src/engine/rule.ts';
import { healthlessRepositories, serverImages } from '../../src/knowledge/images/health.ts';

export default rule({
  id: 'missing-healthcheck',
  aliases: ['DL3057'],
  severity: 'info',
  preset: 'strict',
  message: 'The image starts a server but has no HEALTHCHECK.',
  why: `
    Docker and Compose only know that the process runs, not that it answers. Kubernetes has probes of its own and ignores
    HEALTHCHECK, so this is for images that run elsewhere. Only the image that is built is judged, if it exposes a port or is a
    known server and its base image is known to have no health check; if the rule is enabled by name, all other images without
    one are reported too.
  `,
  instead: 'Add HEALTHCHECK CMD with a program that queries the server, or HEALTHCHECK NONE to say that there is none.',
  url: 'https://docs.docker.com/reference/dockerfile/#healthcheck',
  examples: {
    'a server': dockerfile`
      FROM node:22
           ~~~~~~~
      EXPOSE 3000
      CMD ["node", "server.js"]
    `,
    'a server that is queried': dockerfile`
      FROM node:22
      EXPOSE 3000
      HEALTHCHECK CMD ["node", "health.js"]
      CMD ["node", "server.js"]
    `,
    'none, on purpose': dockerfile`
      FROM node:22 AS base
      HEALTHCHECK NONE
      FROM base
      EXPOSE 3000
      CMD ["node", "server.js"]
    `,
  },
  notRecommended: {
    DL3057: 'Orchestrators have their own health checks, so most good images have none.',
  },
  differs: {
    DL3057: [
      { why: 'Only the image that is built is judged; in strict only if it exposes a port or is a known server.' },
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
