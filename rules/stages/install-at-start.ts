import {
  dockerfile,
  type Finding,
  imagesIn,
  isForPeople,
  type Model,
  rule,
  type Stage,
} from '../../src/engine/rule.ts';

export default rule({
  id: 'install-at-start',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'Dependencies are installed when the container starts.',
  why: `
    Each container then needs the network and the registry before it serves, starts slowly, and may get other versions than
    the one before it. Development images are not judged, by their name.
  `,
  instead: 'Install in a RUN, and start only the program.',
  url: 'https://docs.docker.com/build/building/best-practices/#create-ephemeral-containers',
  examples: {
    'an install before the program': dockerfile`
      FROM node:22-slim
      WORKDIR /app
      COPY . .
      CMD npm install && node server.js
          ~~~~~~~~~~~
    `,
    'packages of the system': dockerfile`
      FROM debian:13
      CMD ["sh", "-c", "apt-get update && apt-get install -y curl && curl http://example.com"]
                                          ~~~~~~~~~~~~~~~~~~~~~~~
    `,
    'in a RUN, or in an image for development': dockerfile`
      FROM node:22-slim AS dev
      CMD npm install && npm run dev
      FROM node:22-slim
      COPY . .
      RUN npm ci --omit=dev
      CMD ["node", "server.js"]
    `,
  },
  visit: { File: (model) => imagesIn(model).flatMap((stage) => judge(stage, model)) },
});

const installing = new Set(['install', 'reinstall']);

function judge(stage: Stage, model: Model): Finding[] {
  if (isForPeople(stage) || isMeantFor(stage)) return [];
  return [stage.end.entrypoint, stage.end.cmd].flatMap((instruction): Finding[] => {
    const step = instruction && model.step(instruction);
    const found = step?.operations.find(({ action, flags }) => installing.has(action) && !flags.has('offline'));
    if (!step || !found) return [];
    const { command } = found;
    const next = step.script!.commands.find(({ span }) => span.start > command.span.end);
    // an image whose whole work is to install is a tool
    if (!next || next.name === undefined) return [];
    const call = `${found.manager}${found.verb ? ` ${found.verb.text}` : ''}`;
    return [
      {
        at: command,
        message: `${call} runs each time a container starts, before ${next.name}.`,
        instead: `Move ${call} to a RUN, and start only ${next.name}.`,
      },
    ];
  });
}

/** Names of images and folders that are for development. */
const isMeantFor = ({ end }: Stage): boolean => {
  const mode = end.variable('NODE_ENV')?.value;
  return mode?.state === 'known' && /^(?:dev|test)/.test(mode.text);
};
