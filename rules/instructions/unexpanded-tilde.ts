import { dockerfile, type Finding, rule, type Step, type Word } from '../../src/engine/rule.ts';

export default rule({
  id: 'unexpanded-tilde',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'The builder does not expand ~.',
  why: `
    Only a shell knows ~ as the home folder; in WORKDIR, COPY, ADD and VOLUME it is a folder named ~.
  `,
  instead: 'Write the path of the home folder, such as /root.',
  url: 'https://docs.docker.com/reference/dockerfile/#workdir',
  examples: {
    'a folder and a destination': dockerfile`
      FROM debian:12
      WORKDIR /srv
      WORKDIR ~/app
              ~
      COPY a ~/.config/
             ~
    `,
    'a backup file, and a shell': dockerfile`
      FROM debian:12
      COPY ~draft /srv/a~
      RUN cd ~/app && ls
    `,
  },
  visit: {
    Workdir: ({ path }, { step }) => judge(path, step),
    Copy: ({ destination }, { step }) => judge(destination, step),
    Add: ({ destination }, { step }) => judge(destination, step),
    Volume: ({ paths }) => paths.flatMap((path) => judge(path) ?? []),
  },
});

/** Without a WORKDIR, the rules about relative paths report the tilde. */
const hasFolder = ({ before, earlier }: Step): boolean =>
  before.workdir.state === 'known' || earlier.some(({ instruction }) => instruction.kind === 'Workdir');

function judge(word: Word | undefined, step?: Step): Finding | undefined {
  if (!word || !/^~(?:\/|$)/.test(word.text) || (step && !hasFolder(step))) return undefined;
  const start = word.map[0]!.from;
  return { at: { start, end: start + 1 } };
}
