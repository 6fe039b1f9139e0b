import { absoluteIn, dockerfile, flagOf, hasSystem, isSystemImage, type Origin, rule } from '../../src/engine/rule.ts';

export default rule({
  id: 'copied-root',
  aliases: ['DL3067'],
  severity: 'warning',
  preset: 'recommended',
  message: 'The whole file system of another stage is copied over this one.',
  why: `
    Files that are in both ship twice, and everything else in the other file system comes along. Only stages that ship are
    judged, and only sources that are known to contain a whole system: the image of a distribution, or a stage that is built
    on one or runs shell commands. A tool image, such as tonistiigi/xx, is made to be copied whole. A copy into scratch
    squashes the layers into one, and is not reported.
  `,
  instead: 'Copy only the files that you need; to squash all layers into one, copy into FROM scratch.',
  url: 'https://docs.docker.com/build/building/multi-stage/',
  examples: {
    'the whole file system': dockerfile`
      FROM golang:1.25 AS build
      RUN go build -o /app .
      FROM debian:12
      COPY --from=build / /
                        ~
    `,
    'into scratch, or one folder': dockerfile`
      FROM debian:12 AS full
      FROM scratch AS flat
      COPY --from=full / /
      FROM debian:12
      COPY --from=full /srv /srv
    `,
  },
  differs: {
    DL3067: [
      {
        why: 'A tool image is made to be copied whole, and a stage that does not ship costs nothing: only preset hadolint reports them.',
      },
      {
        why: 'A copy into scratch squashes the layers.',
        only: 'hadolint',
        text: 'FROM debian:12 AS b\nFROM scratch\nCOPY --from=b / /',
      },
      {
        why: 'The root can be written in other ways.',
        only: 'dflint',
        text: 'FROM debian:12 AS b\nFROM debian:12\nCOPY --from=b /. /',
      },
    ],
  },
  visit: {
    Copy(node, { step, stage }) {
      if (!flagOf(node, 'from') || !node.destination) return undefined;
      if (!stage || stage.lineage[0]?.base.kind === 'scratch') return undefined;
      const { workdir } = step.before;
      const folder = workdir.state === 'known' ? workdir.text : undefined;
      const to = step.expand(node.destination).value;
      if (to.state !== 'known' || absoluteIn(folder, to.text) !== '/') return undefined;
      const whole = step.takes.find(
        // the root of the other stage is where its paths begin
        ({ source, certain }) => certain && absoluteIn('/', source.replace(/\/\*$/, '/')) === '/',
      );
      if (!whole) return undefined;
      const what = nameOf(whole.origin);
      if (what === undefined) return undefined;
      const message = `The whole file system of ${what} is copied over this one.`;
      if (stage.shipped && isSystem(whole.origin)) return { at: whole.at, message };
      // a tool may be all that the source holds; hadolint does not ask
      return {
        at: whole.at,
        preset: stage.shipped ? 'all' : 'asked',
        message: `All of ${what} is copied to the root of this stage.`,
        why: 'If it holds a system of its own, its files are mixed with those that are there.',
      };
    },
  },
});

/** How the source is called; undefined for what is no stage and no image. */
function nameOf(origin: Origin): string | undefined {
  if (origin.kind === 'stage') return `the stage ${origin.stage.name ?? origin.stage.index}`;
  return origin.kind === 'image' ? `the image ${origin.name}` : undefined;
}

/** Whether it is known to have a system of its own. */
const isSystem = (origin: Origin): boolean =>
  origin.kind === 'stage' ? hasSystem(origin.stage) : origin.kind === 'image' && isSystemImage(origin.name);
