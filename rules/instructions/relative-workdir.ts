import { dockerfile, isAbsolute, type Place, rule, type Word } from '../../src/engine/rule.ts';

export default rule({
  id: 'relative-workdir',
  aliases: ['DL3000', 'WorkdirRelativePath'],
  severity: 'warning',
  preset: 'recommended',
  message: 'The first WORKDIR of the stage is relative to whatever the base image has.',
  why: `
    The folder moves when the base image changes its own working directory. Once the stage has set one, a relative WORKDIR is
    plain and is not reported; nor is one on scratch, which begins at /, or a path that only the build knows.
  `,
  instead: 'An absolute path, such as /app.',
  url: 'https://docs.docker.com/reference/build-checks/workdir-relative-path/',
  examples: {
    'relative to the unknown': dockerfile`
      FROM node:22
      WORKDIR app
              ~~~
    `,
    'relative to what the stage has set': dockerfile`
      FROM node:22 AS base
      WORKDIR /srv
      WORKDIR app
      FROM base
      WORKDIR src
    `,
    'a path that only the build knows': dockerfile`
      FROM node:22
      ARG HOME_FOLDER
      WORKDIR $HOME_FOLDER
    `,
    'a path of Windows': dockerfile`
      # escape=\`
      FROM mcr.microsoft.com/windows/servercore:ltsc2022
      WORKDIR C:\app
    `,
  },
  differs: {
    WorkdirRelativePath: [{ why: 'A path that depends on an argument without a default is not judged.' }],
  },
  visit: {
    Workdir({ path }, place) {
      const { step, stage } = place;
      const scratch = stage?.lineage[0]?.base.kind === 'scratch';
      if (!path || hasEarlier(place) || (step.before.workdir.state === 'known' && !scratch)) return undefined;
      const { value, uses } = step.expand(path);
      if (value.state !== 'known' || uses.some((use) => use.value.state === 'unset')) return undefined;
      // another rule has the reason
      if (/^\[.*\]$/s.test(path.text)) return undefined;
      if (isAbsolute(value.text, stage?.os === 'windows')) return undefined;
      const aliases = namesOf(path, place);
      if (scratch) {
        const message = 'The first WORKDIR of the stage is relative: below / on scratch, elsewhere on another image.';
        return { at: path, aliases, preset: 'all', message };
      }
      const finding = { at: path, aliases };
      if (!/^~(?:\/|$)/.test(path.text)) return finding;
      const message = 'The builder does not expand the tilde: this is a folder of that name.';
      return { ...finding, message, instead: 'Write the path of the home, such as /root.' };
    },
  },
});

/** Whether a WORKDIR comes before, absolute or not; one that was relative has been reported itself. */
const hasEarlier = ({ step }: Place): boolean => step.earlier.some(({ instruction }) => instruction.kind === 'Workdir');

/** hadolint passes what begins with a variable or a drive letter; neither tool looks under ONBUILD. */
function namesOf({ text }: Word, { onbuild }: Place): readonly string[] {
  if (onbuild) return [];
  return /^(?:\$|[a-z]:)/i.test(text) ? ['WorkdirRelativePath'] : ['DL3000', 'WorkdirRelativePath'];
}
