import {
  type Context,
  dockerfile,
  fromRoot,
  hasWildcard,
  inCaseOf,
  isRemote,
  replace,
  rule,
  type Take,
  type Word,
} from '../../src/engine/rule.ts';
import { mayBeArchive } from './lib/archives.ts';
import { misread } from './lib/misread.ts';

/** ADD alone has these; with one of them it was chosen on purpose. */
const ownFlags = new Set(['checksum', 'unpack', 'keep-git-dir']);

export default rule({
  id: 'add-local-file',
  aliases: ['DL3020'],
  severity: 'style',
  preset: 'recommended',
  fix: 'safe',
  message: 'ADD is used for a plain local file or folder.',
  why: `
    ADD also downloads, clones, and unpacks any local tar archive, whatever its name; COPY only copies. An ADD with a flag
    that only ADD has, and a source that may be an archive or an address, are not reported.
  `,
  instead: 'Write COPY; the arguments stay the same.',
  url: 'https://docs.docker.com/build/building/best-practices/#add-or-copy',
  examples: {
    'a local file': dockerfile`
        FROM alpine:3.22
      - ADD entrypoint.sh /usr/local/bin/
        ~~~
      + COPY entrypoint.sh /usr/local/bin/
    `,
    'the letter case of the keyword is kept': dockerfile`
        from alpine:3.22
      - add a.conf b.conf \
        ~~~
      + copy a.conf b.conf \
            /etc/app/
    `,
    'an archive, a download, a repository': dockerfile`
      FROM scratch
      ADD rootfs.tar.gz /
      ADD https://example.com/app.bin /usr/local/bin/
      ADD git@github.com:example/app.git#v1.2.0 /src
    `,
    'a source that only the build knows, or that may be an archive': dockerfile`
      FROM alpine:3.22
      ARG SOURCE
      ADD \${SOURCE} /srv/
      ADD release-* /srv/
    `,
  },
  differs: {
    DL3020: [
      {
        why: 'A variable may hold an address, and Git addresses have many forms.',
        only: 'hadolint',
        text: 'FROM debian:12\nARG URL\nADD $URL /srv/',
      },
      {
        why: 'With a flag that only ADD has, ADD was chosen on purpose.',
        only: 'hadolint',
        text: 'FROM debian:12\nADD --unpack=false app /srv/',
      },
      { why: 'A warning rather than an error: the build works.' },
    ],
  },
  visit: {
    Add(node, { step, onbuild }) {
      const { keyword, sources, destination, flags, heredocs } = node;
      // of an array that is not JSON the words are not the sources
      if (!destination || misread(node) || flags.some(({ name }) => ownFlags.has(name.text))) return undefined;
      const local = sources.every((source) => {
        const { value } = step.expand(source);
        return value.state === 'known' && !isRemote(value.text) && !mayBeArchive(value.text);
      });
      const copy = inCaseOf(keyword.raw, 'COPY');
      if (!local) return undefined;
      // the context of a trigger is that of another build
      const context = onbuild ? undefined : step.stage?.context;
      const certain = sources.every((source, index) => isPlain(source, step.takes[index], context));
      return {
        at: keyword,
        ...(!certain && { message: 'ADD is used for what seems to be a plain local file or folder.' }),
        ...(step.takes.every(isText) && { message: 'ADD is used for a here-document.' }),
        aliases: onbuild || heredocs.length > 0 ? [] : ['DL3020'],
        fix: { ...replace(keyword, copy, `Write ${copy}`), safety: certain ? 'safe' : 'suggestion' },
      };
    },
  },
});

/**
 * ADD unpacks by what is in a file, whatever it is called: only a folder and a file with an ending of its own are plain for certain,
 * and what the context shows to be a folder or a text.
 */
function isPlain({ text }: Word, take: Take | undefined, context: Context | undefined): boolean {
  if (/(?:^|\/)\.{0,2}\/?$|\/$|\.[a-z]\w*$/i.test(text) || (take && isText(take))) return true;
  const files = take?.copied?.files ?? [];
  // an argument in it may be given another value
  if (!context || files.length === 0 || hasWildcard(text) || take?.source !== text) return false;
  const path = fromRoot(text);
  return files.every((file) => file.path !== path) || isUtf8(context.read(path));
}

const isUtf8 = (text: string | undefined): boolean => text !== undefined && !text.includes('\uFFFD');

const isText = ({ origin }: Take): boolean => origin.kind === 'text';
