import type { Texts } from './assets.ts';
import type { View } from './view.ts';
import type { Work } from './work.ts';

/** Programs of the full images of Debian and Ubuntu that the small ones lack, by their packages: buildpack-deps. */
const tools: Readonly<Record<string, string>> = {
  ...{ curl: 'curl', wget: 'wget', git: 'git', hg: 'mercurial', svn: 'subversion', ssh: 'openssh-client' },
  ...{ openssl: 'openssl', gpg: 'gnupg', unzip: 'unzip', bzip2: 'bzip2', xz: 'xz-utils', file: 'file', patch: 'patch' },
  ...{
    ps: 'procps',
    pgrep: 'procps',
    pkill: 'procps',
    top: 'procps',
    make: 'make',
    python3: 'python3',
    convert: 'imagemagick',
  },
};

/** Images that are built on the full one, with its programs. */
const full = /^(?:node|python|ruby|golang|rust|gcc|perl|erlang|elixir|haskell|buildpack-deps|openjdk|php)$/;

/** Debian 13 no longer has adduser in its small images. */
export function toolsOfSetup(works: readonly Work[], { system }: View): string[] {
  const isNew = system?.distribution === 'debian' && !/^(?:[89]|1[0-2])(?:\.|$)/.test(system.version ?? '');
  const calls = works.some(({ setup }) => setup.some(({ name }) => /^(?:add|del)(?:user|group)$/.test(name ?? '')));
  return isNew && calls ? ['adduser'] : [];
}

/** Packages of the programs that what starts needs, and that come with the old base but not with the new one. */
export function toolsFor(view: View, base: string, { starts }: Texts): string[] {
  const { rootImage } = view.stage;
  const { distribution } = view.system ?? {};
  const isFull = rootImage?.official && full.test(rootImage.name) && !/slim|alpine/.test(rootImage.tag ?? '');
  if (!isFull || rootImage.text === base || (distribution !== 'debian' && distribution !== 'ubuntu')) return [];
  return [...new Set(Object.entries(tools).flatMap(([program, name]) => (starts(program) ? [name] : [])))];
}
