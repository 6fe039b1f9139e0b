import type { Command } from '../../../src/engine/rule.ts';

/** Programs that read the index or have the package manager install something. */
const readers = new Set(
  'apt-cache apt-file gdebi mk-build-deps tasksel rosdep apt-fast ansible-playbook puppet'.split(' '),
);

/** A script, or a program that only the build knows, either of which may install packages by an index that is there. */
export const isUnread = ({ name, word }: Command): boolean =>
  (name === undefined && word.text !== '') ||
  readers.has(name ?? '') ||
  /^(?:sh|bash|dash|\.|source|eval|make)$/.test(name ?? '') ||
  (word.text.includes('/') && !/^\/(?:usr\/)?(?:local\/)?s?bin\//.test(word.text)) ||
  /\.\w+$/.test(name ?? '');
