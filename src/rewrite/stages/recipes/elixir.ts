import { absoluteIn } from '../../../model/stages/folder.ts';
import type { Command } from '../../../shell/command.ts';
import { folderOf as above, isBelow } from '../../../text/path.ts';
import { plainBase } from '../base.ts';
import type { Recipe, Taken } from '../recipe.ts';
import type { System, View } from '../view.ts';
import { callsIn, Obstacle, type Work } from '../work.ts';
import { allStarted, certificatesFor, optionOf, refuseTools, says, startOffset } from './compiled.ts';

/** Elixir: a release holds Erlang itself, and needs nothing but its libraries. */
export const elixir: Recipe = {
  id: 'elixir',
  builds: ({ name }) => /^(?:mix|elixirc?|erlc|rebar3)$/.test(name ?? ''),
  folderOf: ({ name, args }) =>
    name === 'mix' && !/^(?:local\.|archive\.|hex\.info|--version|help)/.test(args[0]?.text ?? '') ? undefined : '',
  sources:
    /\.(?:exs?|[hl]?eex|erl|hrl)$|(?:^|\/)(?:mix\.lock|rebar\.(?:config|lock)|\.formatter\.exs|\.tool-versions)$|(?:^|\/)(?:lib|config|tests?|priv|assets|deps|_build|rel|apps)(?:\/|$)/,
  variables: /^(?:MIX_[A-Z_]+|HEX_[A-Z_]+|ERL_AFLAGS|ERL_COMPILER_OPTIONS|REBAR[A-Z_0-9]*|NODE_ENV)$/,
  plan(view, works, project, texts) {
    const calls = callsIn(works).filter(({ command }) => command.name === 'mix');
    if (calls.length === 0) return undefined;
    refuseTools(view, /^(?:mix|iex|elixir|erl|rebar3)$/, 'needs Elixir and the sources');
    const releases = calls.filter(({ command }) =>
      command.args.some(({ text }) => /^(?:release|distillery\.release),?$/.test(text)),
    );
    if (releases.length === 0)
      throw new Obstacle(startOffset(view), 'it makes no release, so that what it starts needs Elixir');
    if (says(view, /(?:^|\/)mix\.exs$/, /include_erts:\s*(?!true)\S/))
      throw new Obstacle(startOffset(view), 'its release has no Erlang of its own');
    const base = plainBase(view.system);
    if (base === undefined)
      throw new Obstacle(view.stage.from.span.start, 'the distribution of the base image is not known');
    const folders = releases.flatMap(({ step, command }) => pathOf(command, view.folderAt(step, command)));
    const { takes, packages } = certificatesFor(view, base, texts);
    return {
      base,
      takes: [...takes, ...releasesOf(view, works, { folders, project })],
      project: 'read',
      packages: [...packages, ...librariesOf(view.system)],
      first: view.stage.end.variable('LANG')?.kind === 'env' ? [] : ['ENV LANG=C.UTF-8'],
      leaves: ['Elixir and Erlang', 'the dependencies and the compiled sources'],
    };
  },
};

/** `mix release --path /app`. */
function pathOf(command: Command, folder: string | undefined): string[] {
  const path = optionOf(command, ['--path'])?.text;
  return path === undefined ? [] : [absoluteIn(folder, path)].flatMap((it) => it ?? []);
}

interface Places {
  /** Releases that commands name. */
  readonly folders: readonly string[];
  readonly project: readonly string[];
}

/** The folders of the releases that are started: `_build/prod/rel/app` of `_build/prod/rel/app/bin/app`. */
function releasesOf(view: View, works: readonly Work[], { folders, project }: Places): Taken[] {
  const found = new Set<string>(folders);
  let isBrought = false;
  for (const { path } of allStarted(view)) {
    if (path === undefined) continue;
    isBrought ||= works.some(({ outputs }) => outputs.some((it) => isBelow(path, it)));
    const folder = /\/rel\/[^/]+\/bin\/[^/]+$/.test(path) ? above(above(path)) : undefined;
    if (folder !== undefined && project.some((it) => isBelow(folder, it))) found.add(folder);
  }
  if (found.size === 0 && !isBrought)
    throw new Obstacle(startOffset(view), 'the release that it starts is not seen to be made here');
  return [...found].map((it) => ({ from: it, to: it, isFolder: true, what: 'the release' }));
}

/** What Erlang is linked to. */
function librariesOf(system: System | undefined): string[] {
  if (system?.distribution === 'alpine') return ['libgcc', 'libstdc++', 'ncurses-libs', 'openssl'];
  return ['libncurses6', 'libstdc++6', 'openssl'];
}
