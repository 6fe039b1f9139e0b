import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'by tool': {
    text: dockerfile`
      FROM debian:12
      # hadolint ignore=DL3003,DL4006 # a reason
      ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      RUN cd /tmp && ls
      #dflint ignore = bashism
      ~~~~~~~~~~~~~~~~~~~~~~~~
      RUN true
      # check=skip=JSONArgsRecommended
      ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      CMD true
    `,
    aliases: ['DL1001', '', ''],
  },
  'not a comment that ignores': dockerfile`
    FROM debian:12
    # to hadolint ignore=DL3003 means nothing
    # hadolint ignore=
    # hadolint ignores DL3003
    RUN true
  `,
  'off in every preset': {
    text: dockerfile`
      # hadolint ignore=DL3006
      FROM debian
    `,
    preset: 'all',
  },
});
