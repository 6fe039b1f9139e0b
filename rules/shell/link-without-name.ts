import { dockerfile, rule } from '../../src/engine/rule.ts';
import { isReadable } from '../lib/syntax.ts';

export default rule({
  id: 'link-without-name',
  aliases: ['SC2226'],
  severity: 'warning',
  preset: 'strict',
  message: 'ln gets only one path, so it makes the link in the current folder.',
  why: `
    Often the second path was forgotten, or the space between the two. A dot says that the current folder is meant.
  `,
  instead: 'Write ln -s target name, or ln -s target . for the current folder.',
  url: 'https://www.shellcheck.net/wiki/SC2226',
  examples: {
    'one path': dockerfile`
      FROM debian:12
      RUN ln -s /usr/lib/libgdiplus.so/usr/lib/gdiplus.dll
          ~~
    `,
    'two, or a folder': dockerfile`
      FROM debian:12
      RUN ln -s /usr/lib/libgdiplus.so /usr/lib/gdiplus.dll && ln -s /usr/bin/env . && ln -st /opt /usr/bin/env
    `,
  },
  visit: {
    Command({ name, word, args }, { step }) {
      if (name !== 'ln' || !step.script || !isReadable(step.script)) return undefined;
      if (args.some(({ text }) => /^-[a-zA-Z]*t|^--(?:target-directory|help|version)/.test(text))) return undefined;
      const paths = args.filter(({ text }) => !/^-./.test(text));
      // a variable, a glob or braces may be several
      const single =
        paths.length === 1 && (paths[0]!.literal || /^"[^@]*"$/.test(paths[0]!.raw)) && paths[0]!.text !== '{}';
      return single ? { at: word } : undefined;
    },
  },
});
