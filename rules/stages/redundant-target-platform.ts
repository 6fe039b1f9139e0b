import { dockerfile, flagOf, rule } from '../../src/engine/rule.ts';
import { withoutFlag } from '../lib/edits.ts';

export default rule({
  id: 'redundant-target-platform',
  aliases: ['DL3065', 'RedundantTargetPlatform'],
  severity: 'style',
  preset: 'recommended',
  fix: 'safe',
  message: 'The platform is the one that the stage is built for anyway.',
  why: `
    Without the flag BuildKit takes TARGETPLATFORM, so it says nothing and has to be read.
  `,
  instead: 'FROM without --platform.',
  url: 'https://docs.docker.com/reference/build-checks/redundant-target-platform/',
  examples: {
    'the default, spelled out': dockerfile`
      - FROM --platform=$TARGETPLATFORM alpine:3.22
             ~~~~~~~~~~~~~~~~~~~~~~~~~~
      + FROM alpine:3.22
    `,
    'the platform of the builder': dockerfile`
      FROM --platform=$BUILDPLATFORM golang:1.25 AS build
    `,
  },
  differs: {
    DL3065: [
      {
        why: 'Quotes and a default do not change it.',
        only: 'dflint',
        text: 'FROM --platform="$TARGETPLATFORM" debian:12',
      },
    ],
    RedundantTargetPlatform: [{ why: 'Where the file gives TARGETPLATFORM a value of its own, it is not redundant.' }],
  },
  visit: {
    From(node, { step }) {
      const flag = flagOf(node, 'platform');
      if (!flag?.value) return undefined;
      const { uses } = step.expand(flag.value);
      const alone =
        uses.length === 1 &&
        uses[0]!.name === 'TARGETPLATFORM' &&
        // an ARG of the file may give it another value
        uses[0]!.value.state === 'unknown' &&
        /^["']?\$(?:\w+|\{[^}]*\})["']?$/.test(flag.value.raw);
      return alone ? { at: flag, fix: { title: 'Leave it out', edits: [withoutFlag(node, flag)] } } : undefined;
    },
  },
});
