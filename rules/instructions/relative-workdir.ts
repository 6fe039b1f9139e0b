import { dockerfile, isAbsolute, type Place, rule, type Word } from '../../src/engine/rule.ts';

export default rule({
  id: 'relative-workdir',
  aliases: ['DL3000', 'WorkdirRelativePath'],
  severity: 'warning',
  preset: 'recommended',
  message: 'The first WORKDIR of the stage is relative to that of the base image.',
  why: `
    The folder moves when the base image changes its own working directory. Once the stage has set one, a relative WORKDIR is
    clear and not reported; nor is a path that only the build knows. On scratch, which starts in /, it is only in preset all.
  `,
  instead: 'Write an absolute path, such as /app.',
  url: 'https://docs.docker.com/reference/build-checks/workdir-relative-path/',
  examples: {
    'relative to the base image': dockerfile`
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
    'a Windows path': dockerfile`
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
        const message = 'The first WORKDIR of the stage is relative, which on scratch means below /.';
        const why = 'On another base image the same line may mean another folder.';
        return { at: path, aliases, preset: 'all', message, why };
      }
      const finding = { at: path, aliases };
      if (!/^~(?:\/|$)/.test(path.text)) return finding;
      const message = 'The builder does not expand ~, so this is a folder named ~.';
      return {
        ...finding,
        message,
        why: 'Only a shell knows ~ as the home folder.',
        instead: 'Write the path of the home folder, such as /root.',
      };
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
