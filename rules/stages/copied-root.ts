import { absoluteIn, dockerfile, flagOf, rule } from '../../src/engine/rule.ts';

export default rule({
  id: 'copied-root',
  aliases: ['DL3067'],
  severity: 'warning',
  preset: 'recommended',
  message: 'The whole file system of another stage is copied over this one.',
  why: `
    Every file ships twice where both have it, and what the other stage needed only to build comes along. Into scratch it is
    how the layers of an image are made one, and is not reported.
  `,
  instead: 'COPY of the files that are needed; or FROM scratch, to make one layer of all.',
  url: 'https://docs.docker.com/build/building/multi-stage/',
  examples: {
    'all of it': dockerfile`
      FROM golang:1.25 AS build
      RUN go build -o /app .
      FROM debian:12
      COPY --from=build / /
                        ~
    `,
    'into nothing, or one folder': dockerfile`
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
        why: 'Into scratch it is how layers are squashed.',
        only: 'hadolint',
        text: 'FROM debian:12 AS b\nFROM scratch\nCOPY --from=b / /',
      },
      {
        why: 'The root has other spellings.',
        only: 'dflint',
        text: 'FROM debian:12 AS b\nFROM debian:12\nCOPY --from=b /. /',
      },
    ],
  },
  visit: {
    Copy(node, { step, stage }) {
      if (!flagOf(node, 'from') || !node.destination || stage?.lineage[0]?.base.kind === 'scratch') return undefined;
      const { workdir } = step.before;
      const folder = workdir.state === 'known' ? workdir.text : undefined;
      const to = step.expand(node.destination).value;
      if (to.state !== 'known' || absoluteIn(folder, to.text) !== '/') return undefined;
      const source = node.sources.find((word) => {
        const { value } = step.expand(word);
        // the root of the other stage is where its paths begin
        return value.state === 'known' && absoluteIn('/', value.text.replace(/\/\*$/, '/')) === '/';
      });
      return source && { at: source };
    },
  },
});
