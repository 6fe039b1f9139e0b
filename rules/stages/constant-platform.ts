import { dockerfile, type Finding, flagOf, platformParts, rule } from '../../src/engine/rule.ts';

export default rule({
  id: 'constant-platform',
  aliases: ['DL3029', 'FromPlatformFlagConstDisallowed'],
  severity: 'info',
  preset: 'recommended',
  message: 'The platform of the stage is fixed.',
  why: `
    A build for another platform gets an image for this one, or runs the stage under emulation. A stage whose name says the
    platform is one of several on purpose and is not reported, nor is an image whose own name says it, nor a value that an
    argument gives.
  `,
  instead: 'Write --platform=$BUILDPLATFORM for a stage that only builds, and no flag for one that ships.',
  url: 'https://docs.docker.com/reference/build-checks/from-platform-flag-const-disallowed/',
  examples: {
    'a fixed platform': dockerfile`
      FROM --platform=linux/amd64 node:22
                      ~~~~~~~~~~~
    `,
    'the platform of the builder, or of an argument': dockerfile`
      ARG PLATFORM=linux/amd64
      FROM --platform=$BUILDPLATFORM golang:1.25 AS build
      FROM --platform=$PLATFORM alpine:3.22
    `,
  },
  differs: {
    DL3029: [
      {
        why: 'An argument may name the platform.',
        only: 'hadolint',
        text: 'ARG MINE=linux/arm64\nFROM --platform=$MINE debian:12',
      },
    ],
    FromPlatformFlagConstDisallowed: [{ why: 'A value that an argument gives is no constant.' }],
  },
  visit: {
    From(node, { step }): Finding | undefined {
      const value = flagOf(node, 'platform')?.value;
      if (!value || value.text.includes('$')) return undefined;
      const { uses, value: expanded } = step.expand(value);
      if (uses.length > 0 || expanded.state !== 'known') return undefined;
      const parts = platformParts(expanded.text);
      const name = `${node.name?.text ?? ''} ${node.image?.text ?? ''}`.toLowerCase();
      if (!parts) return undefined;
      const named = name.includes(parts.os) || (parts.architecture !== undefined && name.includes(parts.architecture));
      return {
        at: value,
        message: `The platform of the stage is fixed to ${expanded.text}.`,
        // hadolint alone minds a stage that is called after its platform
        ...(named && { aliases: ['DL3029'], preset: 'asked' }),
      };
    },
  },
});
