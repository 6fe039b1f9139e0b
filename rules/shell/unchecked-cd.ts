import { type Command, dockerfile, rule, type Script } from '../../src/engine/rule.ts';
import { commonFolders } from '../../src/knowledge/commands/shell-commands.ts';
import { isReadable, stopsAtErrors } from '../lib/syntax.ts';
import { unlessInherited } from './lib/inherited.ts';

const changing: ReadonlySet<string> = new Set(['cd', 'pushd', 'popd']);

export default rule({
  id: 'unchecked-cd',
  aliases: ['SC2164'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'If this cd fails, the commands after it run in the wrong folder.',
  why: `
    After a semicolon or a line end the script goes on in the old folder, and deletes or builds things in the wrong
    place. With && or set -e it stops. Folders that every image has, such as /tmp, and steps to a parent folder are not
    reported.
  `,
  instead: 'Write cd folder && …, cd folder || exit 1, or WORKDIR.',
  url: 'https://www.shellcheck.net/wiki/SC2164',
  examples: {
    'the next command runs whatever happens': dockerfile`
        FROM debian:12
      - RUN cd /srv/app; rm -rf cache
            ~~~~~~~~~~~
      + RUN cd /srv/app || exit 1; rm -rf cache
    `,
    checked: dockerfile`
      FROM debian:12
      RUN cd /srv/app && rm -rf cache
      RUN set -e; cd /srv/app; rm -rf cache
      RUN if cd /srv/app; then rm -rf cache; fi
      RUN cd /tmp; rm -rf cache; cd /srv/app
    `,
  },
  visit: {
    Script(script, place) {
      if (!isReadable(script)) return undefined;
      const { commands, syntax } = script;
      const found = commands.filter(
        (it) =>
          it.name !== undefined &&
          changing.has(it.name) &&
          syntax.statuses.get(it) === 'ignored' &&
          !isSafe(it) &&
          !isJustMade(it, script) &&
          // each part of a pipeline has a folder of its own
          script.piped(it).length === 1 &&
          !stopsAtErrors(script, place, it.span.start),
      );
      return found.map((at) => {
        const end = { start: at.span.end, end: at.span.end };
        const edits = [{ span: end, text: ' || exit 1' }];
        const said = unlessInherited(
          `If this ${at.name} fails, the commands after it run in the wrong folder`,
          place.step,
        );
        // cd "" succeeds, and what a substitution prints is nothing if it fails
        if (at.args.some(({ raw }) => /\$\(|`/.test(raw)))
          return { at, ...said, instead: 'Write folder=$(…) || exit 1; cd "$folder" || exit 1.' };
        const own = !at.within.includes('string');
        return { at, ...said, ...(own ? { fix: { title: 'Stop if it fails', edits } } : {}) };
      });
    },
  },
});

/** It cannot fail, or as good as. */
function isSafe({ name, args }: Command): boolean {
  const folders = args.filter(({ text }) => !/^-[LPe@n]+$|^--$/.test(text));
  const target = (folders[0]?.raw ?? '~').replace(/^"(.*)"$/, '$1').replace(/(?<=.)\/+$/, '');
  return name !== 'popd' && (commonFolders.has(target) || /^(?:\.{1,2}\/)*\.{0,2}$/.test(target));
}

/** `mkdir -p folder; cd folder` */
function isJustMade({ args, span }: Command, script: Script): boolean {
  const made = script.named('mkdir').filter((it) => it.span.end <= span.start);
  return args.length === 1 && made.some((it) => it.args.some(({ text }) => text === args[0]!.text));
}
