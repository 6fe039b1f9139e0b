import { dockerfile, rule } from '../../src/engine/rule.ts';
import { commonFolders } from '../../src/knowledge/commands/shell-commands.ts';
import { isReadable } from '../lib/syntax.ts';

export default rule({
  id: 'partial-mode',
  aliases: ['SC2174'],
  severity: 'info',
  preset: 'all',
  message: 'With -p only the last folder gets the mode.',
  why: `
    Parent folders that mkdir has to create get the default mode. Where they are known to exist, nothing is reported.
  `,
  instead: 'Write one mkdir per folder, or chmod after it.',
  url: 'https://www.shellcheck.net/wiki/SC2174',
  examples: {
    'several folders': dockerfile`
      FROM debian:12
      RUN mkdir -p -m 700 /srv/app/secrets
                   ~~
    `,
    'one folder': dockerfile`
      FROM debian:12
      RUN mkdir -p -m 700 /srv && mkdir -m 700 /srv/secrets && mkdir -p /srv/a/b
    `,
  },
  visit: {
    Command({ name, args }, { step }) {
      if (name !== 'mkdir' || !step.script || !isReadable(step.script)) return undefined;
      const mode = args.find(({ text }) => /^-[pv]*m|^--mode/.test(text));
      const parents = args.some(({ text }) => /^-[a-zA-Z]*p|^--parents$/.test(text));
      const value = mode && /^(?:-[pv]*m|--mode)$/.test(mode.text) ? args[args.indexOf(mode) + 1] : undefined;
      const deep = args.some((it) => it !== value && !it.text.startsWith('-') && isDeep(it.text));
      return mode && parents && deep ? { at: mode } : undefined;
    },
  },
});

/** Whether folders above it may have to be made. */
function isDeep(path: string): boolean {
  const parent = /^(.*[^/])\/+[^/]+\/*$/.exec(path)?.[1];
  return parent !== undefined && !commonFolders.has(parent);
}
