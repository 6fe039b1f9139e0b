import { dockerfile, rule } from '../../src/engine/rule.ts';

export default rule({
  id: 'ignore-comment',
  aliases: ['DL1001'],
  severity: 'info',
  preset: 'asked',
  message: 'A comment silences a rule for one instruction.',
  why: `
    Some teams allow exceptions only in the config, where all of them are seen together. Comments for a whole file or stage are
    not judged, nor are those that silence ShellCheck inside a script.
  `,
  instead: 'Change the instruction, or make an exception in the config.',
  url: 'https://github.com/hadolint/hadolint#inline-ignores',
  examples: {
    'for one instruction': dockerfile`
      # hadolint ignore=DL3006
      ~~~~~~~~~~~~~~~~~~~~~~~~
      FROM debian
      # dflint ignore=shell-form-command -- the shell is meant
      ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      CMD exec serve --port "$PORT"
    `,
    'for the file, for a stage, about the shell': dockerfile`
      # hadolint global ignore=DL3006
      # dflint ignore-file=missing-user
      # hadolint stage ignore=DL3003
      # hadolint shell=/bin/bash
      FROM debian
    `,
  },
  notRecommended: {
    DL1001: 'A comment that ignores a rule is a decision; enable this rule if your project wants none.',
  },
  differs: {
    DL1001: [
      {
        why: 'It also reports a comment that would silence itself.',
        only: 'dflint',
        text: '# hadolint ignore=DL1001\n# hadolint ignore=DL3006\nFROM debian',
      },
    ],
  },
  visit: {
    Comment(comment) {
      const tool = /^(hadolint|dflint)[ \t]+ignore[ \t]*=[ \t]*\S|^check[ \t]*=.*\bskip[ \t]*=/i.exec(comment.text);
      return tool ? { at: comment, aliases: tool[1]?.toLowerCase() === 'hadolint' ? ['DL1001'] : [] } : undefined;
    },
  },
});
