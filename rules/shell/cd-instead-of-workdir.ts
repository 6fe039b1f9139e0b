import { type Command, dockerfile, type Finding, rule } from '../../src/engine/rule.ts';
import { type FolderChange, isInVain, onlyChange, workdirEdit } from './lib/folders.ts';

/** What may stand before: it makes the folder, or sets up the shell. */
const preparing = new Set(['set', 'export', 'mkdir', 'echo', ':']);

export default rule({
  id: 'cd-instead-of-workdir',
  aliases: ['DL3003'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'The RUN uses cd instead of WORKDIR.',
  why: `
    WORKDIR also applies to later instructions and to the container, and creates the folder if it is missing. In recommended
    only a cd counts that is the last command of its RUN, where it has no effect. A cd in a subshell, in a loop or in the
    middle, one of several, and one into a folder that the RUN removes, are not judged.
  `,
  instead:
    'Write WORKDIR with an absolute path before the RUN, and another one after it if the rest belongs elsewhere.',
  url: 'https://docs.docker.com/build/building/best-practices/#workdir',
  examples: {
    'the next RUN is elsewhere': dockerfile`
        FROM node:22
        COPY . /srv/app
      - RUN cd /srv/app
            ~~~~~~~~~~~
      + WORKDIR /srv/app
        RUN npm ci
    `,
    'with something before it': dockerfile`
      FROM debian:12
      RUN git clone https://example.com/tool.git && cd tool
                                                    ~~~~~~~
      RUN make install
    `,
    'the whole RUN is in one folder': dockerfile`
        FROM node:22
        COPY . /srv/app
      - RUN cd /srv/app && npm ci \
            ~~~~~~~~~~~
      + WORKDIR /srv/app
      + RUN npm ci \
            && npm run build
    `,
    'only for a while': dockerfile`
      FROM debian:12
      RUN (cd /srv/app && make)
      RUN cd /usr/src/tool && make install && cd / && rm -rf /usr/src/tool
      RUN cd /usr/src/tool && make install && rm -rf /usr/src/tool
      RUN for it in a b; do cd /srv/$it && make; done
      RUN curl -fsSLO https://example.com/tool.tar.gz && tar -xf tool.tar.gz && cd tool && make install
    `,
    'back at the end, or a test that the folder is there': dockerfile`
      FROM debian:12
      RUN cd /usr/src/tool && make install && cd /
      RUN make -C /usr/src/tool install && cd ..
    `,
  },
  notRecommended: {
    DL3003: 'A cd before one command is common and does no harm; recommended only has a cd that has no effect.',
  },
  differs: {
    DL3003: [
      {
        why: 'A subshell keeps the change to itself.',
        only: 'hadolint',
        text: 'FROM debian:12\nRUN (cd /srv && make) && make test',
      },
      {
        why: 'Several cd in one script are intended, not a missing WORKDIR.',
        only: 'hadolint',
        text: 'FROM debian:12\nRUN cd /a && make && cd /b && make',
      },
      {
        why: 'Ignore comments work in any letter case, with spaces, one after another, before blank lines, and inside the instruction.',
      },
    ],
  },
  visit: {
    Run(_, place): Finding | undefined {
      const { script } = place.step;
      const change = script && onlyChange(script);
      if (!change || !(leads(change) || isInVain(change)) || removesIt(change)) return undefined;
      const { command, after } = change;
      const next = after[0];
      const joined = !next || (next.joint === '&&' && next.within.length === 0 && next.assignments.length === 0);
      const edit = joined ? workdirEdit(place, command, next?.span.start) : undefined;
      return {
        at: command,
        ...(isInVain(change) ? inVain : { preset: 'strict' }),
        ...(edit && { fix: { title: 'Write WORKDIR', edits: [edit], reaches: ['workdir'] } }),
      };
    },
  },
});

const inVain = {
  message: 'This cd is the last command of its RUN, so it has no effect.',
  why: 'Each RUN starts in the folder that WORKDIR sets, whatever an earlier RUN did.',
  instead: 'Remove it, or write WORKDIR if later instructions need the folder.',
} as const;

const leads = ({ before }: FolderChange): boolean =>
  before.every(({ name, word }) => (name === undefined ? word.text === '' : preparing.has(name)));

/** Whether the folder goes away at the end, and so could not be the WORKDIR. */
function removesIt({ command, after }: FolderChange): boolean {
  const target = trimmed(command.args[0]);
  if (target === undefined) return false;
  return after.some(
    ({ name, args }) =>
      name === 'rm' &&
      args.some(
        (word) =>
          word.text === '../*' ||
          word.text === '*' ||
          (target.startsWith(trimmed(word)!) && !word.text.startsWith('-')),
      ),
  );
}

const trimmed = (word: Command['args'][number] | undefined): string | undefined =>
  word && (word.text.replace(/\/+(?:\*)?$/, '') || '/');
