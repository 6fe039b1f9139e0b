import { dockerfile, isAbsolute, rule, type State } from '../../src/engine/rule.ts';

const isUnset = ({ workdir }: State): boolean => workdir.state !== 'known';

export default rule({
  id: 'relative-workdir',
  aliases: ['DL3000', 'WorkdirRelativePath'],
  severity: 'warning',
  preset: 'recommended',
  message: 'The first WORKDIR of the stage is relative to whatever the base image has.',
  why: `
    The folder moves when the base image changes its own working directory. Once the stage has set an absolute one, a relative
    WORKDIR is plain and is not reported.
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
  visit: {
    Workdir({ path }, { step, stage }) {
      if (!path || !isUnset(step.before)) return undefined;
      const { value, uses } = step.expand(path);
      if (value.state !== 'known' || uses.some((use) => use.value.state === 'unset')) return undefined;
      const earlier = stage?.lineage.some(({ steps }) =>
        steps.some(
          (it) => it.instruction.kind === 'Workdir' && it !== step && it.instruction.span.start < path.span.start,
        ),
      );
      return earlier || isAbsolute(value.text, stage?.os === 'windows') ? undefined : { at: path };
    },
  },
});
