import { closest, dockerfile, flagOf, platformParts, rule } from '../../src/engine/rule.ts';
import { architectureNames, platformSystems } from '../../src/knowledge/builder/platforms.ts';

export default rule({
  id: 'invalid-platform',
  aliases: [],
  severity: 'error',
  preset: 'recommended',
  always: true,
  message: 'BuildKit does not know this platform.',
  why: `
    The build stops at this FROM. A platform is an operating system, an architecture, or both with a slash between them. Not
    judged: a platform that depends on an argument without a default, and an unusual one that BuildKit accepts and that is
    not a likely typo.
  `,
  instead: 'Write a platform such as linux/amd64, linux/arm64 or linux/arm/v7.',
  url: 'https://docs.docker.com/reference/dockerfile/#from',
  examples: {
    'one word too few': dockerfile`
      FROM --platform=amd alpine:3.22
                      ~~~
    `,
    'an architecture name of another tool': dockerfile`
      FROM --platform=linux/arm64v8 alpine:3.22
                      ~~~~~~~~~~~~~
    `,
    'both parts, or one of them': dockerfile`
      FROM --platform=$BUILDPLATFORM golang:1.25 AS build
      FROM --platform=linux/arm/v7 alpine:3.22 AS armv7
      FROM --platform=arm64 alpine:3.22 AS arm64
    `,
  },
  visit: {
    From(node, { step }) {
      const value = flagOf(node, 'platform')?.value;
      if (!value) return undefined;
      const expanded = step.expand(value).value;
      if (expanded.state !== 'known') return undefined;
      // without a text BuildKit takes the flag for none
      if (expanded.text === '') {
        return value.text === ''
          ? undefined
          : { at: value, message: 'The platform is empty, as its variable has no value.' };
      }
      const { text } = expanded;
      const near = meantBy(text);
      if (platformParts(text) && !near) return undefined;
      return { at: value, message: `There is no platform ${text}${near ? `; ${near} is likely meant` : ''}.` };
    },
  },
});

/** The platform of which one part is misspelt; undefined where all are known or nothing is near. */
function meantBy(text: string): string | undefined {
  const [first = '', second, ...rest] = text.toLowerCase().split('/');
  const architectures = [...architectureNames.keys()];
  if (second === undefined) {
    const all = [...platformSystems, ...architectures];
    return all.includes(first) ? undefined : closest(first, all);
  }
  const os = platformSystems.has(first) ? first : closest(first, platformSystems);
  const architecture = architectureNames.has(second) ? second : closest(second, architectures);
  const near = os && architecture && [os, architecture, ...rest].join('/');
  return near === text.toLowerCase() ? undefined : near;
}
