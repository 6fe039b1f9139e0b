import { absoluteIn } from '../../../model/stages/folder.ts';
import type { Command } from '../../../shell/command.ts';
import { folderOf as above, clean } from '../../../text/path.ts';
import { plainBase } from '../base.ts';
import { stillNamed, variableOf } from '../given.ts';
import type { Recipe } from '../recipe.ts';
import type { System, View } from '../view.ts';
import { callsIn, Obstacle, type Work } from '../work.ts';
import { certificatesFor, optionOf, programsOf, refuseCalls, refuseTools, says } from './compiled.ts';

export const rust: Recipe = {
  id: 'rust',
  images: /^rust$/,
  builds: ({ name }) =>
    /^(?:cargo|rustup|rustup-init|rustc|cross|trunk|wasm-pack|sccache|cargo-chef|cargo-binstall)$/.test(name ?? ''),
  drops: (command) => /sh\.rustup\.rs|rustup-init/.test(command.args.map(({ text }) => text).join(' ')),
  folderOf,
  implicit: /^(?:Rocket\.toml|templates)$/,
  sources:
    /\.rs$|(?:^|\/)(?:Cargo\.(?:toml|lock)|rust-toolchain(?:\.toml)?|rustfmt\.toml|\.?clippy\.toml|deny\.toml)$|(?:^|\/)\.cargo\/|(?:^|\/)(?:benches|tests|target)\//,
  variables:
    /^(?:CARGO_[A-Z_]+|RUSTFLAGS|RUSTC[A-Z_]*|RUSTUP_[A-Z_]+|CC|CXX|C?XX?FLAGS|CFLAGS|LDFLAGS|OPENSSL_[A-Z_]+|PKG_CONFIG[A-Z_]*)$/,
  plan(view, works, project, texts) {
    const calls = callsIn(works);
    const verbs = calls.filter(({ command }) => command.name === 'cargo').map(({ command }) => verbOf(command));
    const { rootImage } = view.stage;
    const isImage = rootImage?.official === true && rootImage.name === 'rust';
    const compiles = verbs.some((it) => /^(?:b|build|install|rustc|zigbuild)$/.test(it ?? ''));
    if (!compiles && !isImage && !calls.some(({ command: { name } }) => name === 'rustc')) return undefined;
    refuseTools(view, /^(?:cargo|cargo-watch|trunk|bacon|make|just)$/, 'compiles');
    refuseCalls(view, texts, ['cargo', 'rustc', 'gcc', 'cc']);
    const base = plainBase(view.system);
    if (base === undefined)
      throw new Obstacle(view.stage.from.span.start, 'the distribution of the base image is not known');
    const outputs = calls.flatMap(({ step, command }) =>
      outputsOf(command, view.folderAt(step, command)).map((path) => ({ path, command })),
    );
    const folders = calls.some(({ command }) => verbOf(command) === 'install') ? [binOf(view, works, isImage)] : [];
    const linked = linkedOf(view, isImage);
    const { takes, packages } = certificatesFor(view, base, texts);
    return {
      base,
      takes: [...takes, ...programsOf(view, works, { outputs, folders, project })],
      project: 'read',
      first: stillNamed(view),
      packages: [...packages, ...linked.packages],
      assumes: linked.assumes,
      leaves: ['Rust and its linker', 'the target folder and the registry of cargo'],
    };
  },
};

const verbOf = ({ args }: Command): string | undefined => args.find(({ text }) => !/^[-+]/.test(text))?.text;

/** What installs tools or only tells something builds nothing of the project; `cargo new` makes the folder. */
function folderOf(command: Command, folder: string | undefined): string | undefined {
  if (command.name !== 'cargo') return command.name === 'rustc' && command.args.length > 1 ? undefined : '';
  const verb = verbOf(command);
  if (verb === undefined || /^(?:search|login|version|help)$/.test(verb)) return '';
  const path = optionOf(command, ['--path', '--manifest-path'])?.text;
  if (path !== undefined) return absoluteIn(folder, path.endsWith('.toml') ? above(path) || '.' : path);
  if (verb === 'install' && command.args.some(({ text }, at) => at > 0 && !text.startsWith('-'))) return '';
  const name = command.args.at(-1)?.text;
  if ((verb === 'new' || verb === 'init') && name !== undefined && name !== verb && !name.startsWith('-'))
    return absoluteIn(folder, name);
  return undefined;
}

/** `-o` of rustc. */
function outputsOf(command: Command, folder: string | undefined): string[] {
  if (command.name !== 'rustc') return [];
  const path = optionOf(command, ['-o'])?.text;
  return path === undefined ? [] : [absoluteIn(folder, path)].flatMap((it) => it ?? []);
}

/** Where `cargo install` puts programs. */
function binOf(view: View, works: readonly Work[], isImage: boolean): string {
  for (const { step, builds } of works)
    for (const command of builds) {
      const root = command.name === 'cargo' ? optionOf(command, ['--root'])?.text : undefined;
      const place = root && absoluteIn(view.folderAt(step, command), root);
      if (place !== undefined && place !== '') return `${place}/bin`;
    }
  const home = variableOf(view.stage, 'CARGO_INSTALL_ROOT') ?? variableOf(view.stage, 'CARGO_HOME');
  return clean(`${home ?? (isImage ? '/usr/local/cargo' : '/root/.cargo')}/bin`);
}

interface Linked {
  readonly packages: readonly string[];
  readonly assumes: readonly string[];
}

/** Libraries of the system that crates link to; the full image of Rust has them, others bring them with packages of headers. */
function linkedOf(view: View, isImage: boolean): Linked {
  const { system, context, stage } = view;
  if (system?.distribution === 'alpine') return { packages: ['libgcc'], assumes: [] };
  if (!isImage || /slim/.test(stage.rootImage?.tag ?? '')) return { packages: [], assumes: [] };
  const locks = context?.files().filter(({ path }) => /(?:^|\/)Cargo\.lock$/.test(path)) ?? [];
  const lock = locks.map(({ path }) => context!.read(path) ?? '').join('\n');
  const hasCrates = says(
    view,
    /(?:^|\/)Cargo\.toml$/,
    /^\[(?:[\w.-]+\.)?(?:build-)?dependencies[\].][^[]*^\s*"?[\w-]+"?(?:\.\w+)?\s*=/m,
  );
  if (hasCrates === false) return { packages: [], assumes: [] };
  if (locks.length === 0)
    return {
      packages: [opensslOf(system)],
      assumes: [
        'of the libraries of the system, the program is linked to OpenSSL at most (there is no Cargo.lock in the build context)',
      ],
    };
  const has = (name: string): boolean => lock.includes(`name = "${name}"`);
  return {
    packages: Object.entries(librariesOf(system)).flatMap(([crate, name]) =>
      has(crate) && !(crate === 'openssl-sys' && has('openssl-src')) ? [name] : [],
    ),
    assumes: [],
  };
}

/** Crates that link to a library of the system where it is there, by the packages of Debian. */
const librariesOf = (system: System | undefined): Readonly<Record<string, string>> => ({
  'openssl-sys': opensslOf(system),
  'pq-sys': 'libpq5',
  'libsqlite3-sys': 'libsqlite3-0',
  'mysqlclient-sys': 'libmariadb3',
  'curl-sys': system?.version === '13' ? 'libcurl4t64' : 'libcurl4',
  'libssh2-sys': system?.version === '13' ? 'libssh2-1t64' : 'libssh2-1',
  libxml: 'libxml2',
  'bzip2-sys': 'libbz2-1.0',
  'lzma-sys': 'liblzma5',
  'libz-sys': 'zlib1g',
});

/** The package of libssl by the release of Debian. */
const opensslOf = (system: System | undefined): string =>
  system?.version === '13'
    ? 'libssl3t64'
    : system?.version === '11' || system?.version === '10'
      ? 'libssl1.1'
      : 'libssl3';
