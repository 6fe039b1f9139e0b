import { dockerfile, inCaseOf, rule } from '../../src/engine/rule.ts';

export default rule({
  id: 'maintainer',
  aliases: ['DL4000', 'MaintainerDeprecated'],
  severity: 'style',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'MAINTAINER is deprecated.',
  why: `
    Docker's build checks warn of it, and most tools read labels instead of the author field that it sets. It has been deprecated since
    Docker 1.13, in 2017.
  `,
  instead: 'Write LABEL org.opencontainers.image.authors="…".',
  url: 'https://docs.docker.com/reference/build-checks/maintainer-deprecated/',
  examples: {
    'a name and an address': dockerfile`
        FROM alpine:3.22
      - MAINTAINER Ada Lovelace <ada@example.com>
        ~~~~~~~~~~
      + LABEL org.opencontainers.image.authors="Ada Lovelace <ada@example.com>"
    `,
    'the label': dockerfile`
      FROM alpine:3.22
      LABEL org.opencontainers.image.authors="ada@example.com"
    `,
  },
  differs: {
    DL4000: [{ why: 'A warning rather than an error: the build works.' }],
  },
  visit: {
    Maintainer({ keyword, name, span }, { model, onbuild }) {
      // without a name, or under ONBUILD, it is an error of syntax
      if (!name || onbuild) return undefined;
      const { escape } = model.file;
      const plain = unquoted(name.text).replace(/\s+/g, ' ');
      const value = [...plain].map((char) => ('"$'.includes(char) || char === escape ? escape + char : char)).join('');
      const label = `${inCaseOf(keyword.raw, 'LABEL')} org.opencontainers.image.authors="${value}"`;
      return { at: keyword, fix: { title: 'Write the label', edits: [{ span, text: label }] } };
    },
  },
});

/** MAINTAINER keeps quotes as they stand; around the whole they were meant as in a label. */
const unquoted = (text: string): string => /^(["'])([^"']*)\1$/.exec(text)?.[2] ?? text;
