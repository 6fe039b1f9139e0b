import { dockerfile, inCaseOf, replace, rule } from '../../src/engine/rule.ts';

export default rule({
  id: 'as-keyword-case',
  aliases: ['FromAsCasing'],
  severity: 'style',
  preset: 'recommended',
  fix: 'safe',
  message: 'FROM and AS are not in the same letter case.',
  why: `
    Docker's build checks warn of it, and a reader scanning for AS may miss it. A mixed-case FROM is not judged.
  `,
  instead: 'Write both in capitals, or both in lower case.',
  url: 'https://docs.docker.com/reference/build-checks/from-as-casing/',
  examples: {
    'a small as': dockerfile`
      - FROM golang:1.25 as build
                         ~~
      + FROM golang:1.25 AS build
    `,
    'both alike': dockerfile`
      FROM golang:1.25 AS build
      from alpine:3.22 as final
    `,
  },
  visit: {
    From({ keyword, as, name }) {
      const { raw } = keyword;
      if (!as || !name || (raw !== raw.toLowerCase() && raw !== raw.toUpperCase())) return undefined;
      const wanted = inCaseOf(raw, 'AS');
      return as.raw === wanted
        ? undefined
        : {
            at: as,
            message: `The keyword ${as.raw} is not in the same letter case as ${raw}.`,
            fix: replace(as, wanted, `Write ${wanted}`),
          };
    },
  },
});
