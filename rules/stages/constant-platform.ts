import { dockerfile, type Finding, flagOf, platformParts, rule } from '../../src/engine/rule.ts';

export default rule({
  id: 'constant-platform',
  aliases: ['DL3029', 'FromPlatformFlagConstDisallowed'],
  severity: 'info',
  preset: 'recommended',
  message: 'The platform of the stage is fixed.',
  why: `
    A build for another platform still gets this one, and a machine of another architecture needs emulation. A stage whose
    name, or whose image name, contains the platform is probably one of several, and is not reported; nor is a value that
    comes from an argument.
  `,
  instead: 'Write --platform=$BUILDPLATFORM in a stage that only builds, and no --platform in one that ships.',
  url: 'https://docs.docker.com/reference/build-checks/from-platform-flag-const-disallowed/',
  examples: {
    'a fixed platform': dockerfile`
      FROM --platform=linux/amd64 node:22
                      ~~~~~~~~~~~
    `,
    'the build platform, or one from an argument': dockerfile`
      ARG PLATFORM=linux/amd64
      FROM --platform=$BUILDPLATFORM golang:1.25 AS build
      FROM --platform=$PLATFORM alpine:3.22
    `,
  },
  differs: {
    DL3029: [
      {
        why: 'The platform may come from an argument.',
        only: 'hadolint',
        text: 'ARG MINE=linux/arm64\nFROM --platform=$MINE debian:12',
      },
    ],
    FromPlatformFlagConstDisallowed: [{ why: 'A value from an argument is not a constant.' }],
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
