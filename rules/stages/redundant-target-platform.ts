import { dockerfile, flagOf, rule } from '../../src/engine/rule.ts';
import { withoutFlag } from '../lib/edits.ts';

export default rule({
  id: 'redundant-target-platform',
  aliases: ['DL3065', 'RedundantTargetPlatform'],
  severity: 'style',
  preset: 'recommended',
  fix: 'safe',
  message: 'The flag repeats the default platform, TARGETPLATFORM.',
  why: `
    BuildKit uses TARGETPLATFORM without the flag too, so the flag is only one more thing to read.
  `,
  instead: 'Remove --platform.',
  url: 'https://docs.docker.com/reference/build-checks/redundant-target-platform/',
  examples: {
    'the default, spelled out': dockerfile`
      - FROM --platform=$TARGETPLATFORM alpine:3.22
             ~~~~~~~~~~~~~~~~~~~~~~~~~~
      + FROM alpine:3.22
    `,
    'the build platform': dockerfile`
      FROM --platform=$BUILDPLATFORM golang:1.25 AS build
    `,
  },
  differs: {
    DL3065: [
      {
        why: 'Quotes and a default value do not change the meaning.',
        only: 'dflint',
        text: 'FROM --platform="$TARGETPLATFORM" debian:12',
      },
    ],
    RedundantTargetPlatform: [{ why: 'If the file sets TARGETPLATFORM itself, the flag is not redundant.' }],
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
      if (!alone) return undefined;
      // a builder that does not set it takes what stands behind it
      if (flag.value.raw.includes(':')) return { at: flag, preset: 'strict' };
      return { at: flag, fix: { title: 'Remove --platform', edits: [withoutFlag(node, flag)] } };
    },
  },
});
