import {
  type Command,
  callOf,
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
    'before a server of Ruby': dockerfile`
      FROM ruby:3.4-slim
      CMD bundle install && bundle exec rails server
          ~~~~~~~~~~~~~~
    `,
    'in a RUN, for development, or nothing else': dockerfile`
      FROM node:22-slim AS dev
      CMD npm install && npm run dev
      FROM node:22-slim AS watched
      CMD npm install && npx nodemon server.js --watch
      FROM node:22-slim AS tool
      CMD npm install && bower install
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
    const last = step.script!.commands.at(-1)!;
    // an image whose whole work is to install is a tool
    if (last.span.start < command.span.end || last.name === undefined) return [];
    if (isForDevelopment(last) || last.args[0]?.text === 'install') return [];
    const call = callOf(found);
    return [
      {
        at: command,
        message: `${call} runs each time a container starts, before ${last.name}.`,
        instead: `Move ${call} to a RUN, and start only ${last.name}.`,
      },
    ];
  });
}

/** A server that builds anew when a file changes. */
const isForDevelopment = ({ name, args }: Command): boolean =>
  /^(?:hugo|jekyll|ng|grunt|gulp|vite|nodemon|webpack-dev-server)$/.test(name ?? '') ||
  args.some(({ text }) => /^(?:dev|serve|watch|test|--watch|--reload)$|^dev:|:dev$|develop/.test(text));

/** Names of images and folders that are for development. */
const isMeantFor = ({ end }: Stage): boolean => {
  const mode = end.variable('NODE_ENV')?.value;
  return mode?.state === 'known' && /^(?:dev|test)/.test(mode.text);
};
