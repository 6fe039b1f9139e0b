import { dockerfile, rule } from '../../src/engine/rule.ts';

export default rule({
  id: 'unused-suppression',
  aliases: [],
  severity: 'info',
  preset: 'recommended',
  message: 'This comment silences nothing.',
  why: `
    A comment that ignores what is no longer reported hides the next real finding. Comments for other tools are left alone,
    as they may be meant for these.
  `,
  instead: 'Remove the name, or the comment.',
  url: 'https://docs.docker.com/reference/dockerfile/#format',
  examples: {
    'a rule that does not exist': dockerfile`
      # dflint ignore=unpined-base-image
                      ~~~~~~~~~~~~~~~~~~
      FROM alpine:3.22
    `,
    'a comment for another tool': dockerfile`
      # hadolint ignore=SC2086
      FROM alpine:3.22
    `,
  },
  visit: {},
});
