import { dockerfile, type Finding, hasFlag, inCaseOf, rule } from '../../src/engine/rule.ts';

export default rule({
  id: 'remote-copy-source',
  aliases: [],
  severity: 'error',
  preset: 'recommended',
  always: true,
  fix: 'suggestion',
  message: 'COPY cannot download.',
  why: `
    The build stops before its first step: COPY takes files only from the build context, other stages and images. URLs and Git
    repositories are for ADD.
  `,
  instead: 'Write ADD.',
  url: 'https://docs.docker.com/reference/dockerfile/#copy',
  examples: {
    'a URL': dockerfile`
        FROM debian:12
      - COPY https://example.com/app.tgz /tmp/
             ~~~~~~~~~~~~~~~~~~~~~~~~~~~
      + ADD https://example.com/app.tgz /tmp/
    `,
    'a repository': dockerfile`
        FROM debian:12
      - COPY git@github.com:moby/buildkit.git /src
             ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      + ADD git@github.com:moby/buildkit.git /src
    `,
    'what ADD fetches, and a file with a colon': dockerfile`
      FROM debian:12
      ADD https://example.com/app.tgz /tmp/
      COPY http:/file HTTP://file /tmp/
    `,
  },
  visit: {
    Copy(node, { step }) {
      for (const word of node.sources) {
        const { value } = step.expand(word);
        if (value.state !== 'known' || !remote.test(value.text)) continue;
        const finding: Finding = { at: word, message: `COPY cannot download ${value.text}.` };
        if (['from', 'parents'].some((name) => hasFlag(node, name)))
          return { ...finding, instead: 'Write ADD, without --from and --parents.' };
        const text = inCaseOf(node.keyword.raw, 'ADD');
        return { ...finding, fix: { title: 'Write ADD', edits: [{ span: node.keyword.span, text }] } };
      }
      return undefined;
    },
  },
});

/** BuildKit compares schemes in lower case. */
const remote = /^(?:(?:https?|git|ssh):\/\/.|[\w.-]+@[\w.-]+:)/;
