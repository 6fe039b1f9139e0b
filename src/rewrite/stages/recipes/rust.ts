import { plainBase } from '../base.ts';
import type { Recipe } from '../recipe.ts';
import { Obstacle } from '../work.ts';
import { certificates, programsOf } from './compiled.ts';

export const rust: Recipe = {
  id: 'rust',
  builds: ({ name }) => /^(?:cargo|rustup|rustc|cross|trunk|wasm-pack|sccache)$/.test(name ?? ''),
  sources:
    /\.rs$|(?:^|\/)(?:Cargo\.(?:toml|lock)|rust-toolchain(?:\.toml)?|rustfmt\.toml|clippy\.toml)$|(?:^|\/)\.cargo\/|(?:^|\/)(?:benches|tests)\//,
  variables:
    /^(?:CARGO_[A-Z_]+|RUSTFLAGS|RUSTC[A-Z_]*|RUSTUP_[A-Z_]+|CC|CXX|C?XX?FLAGS|CFLAGS|LDFLAGS|OPENSSL_[A-Z_]+|PKG_CONFIG[A-Z_]*)$/,
  plan(view, works, project) {
    const calls = works.flatMap(({ builds }) => builds.filter(({ name }) => name === 'cargo' || name === 'rustc'));
    const verbs = calls.map(({ args }) => args.find(({ text }) => !/^[-+]/.test(text))?.text);
    if (!verbs.some((it) => it === 'build' || it === 'install') && !calls.some(({ name }) => name === 'rustc'))
      return undefined;
    const runs = view.start.programs.find(({ name }) => name === 'cargo');
    if (runs)
      throw new Obstacle(
        runs.step.instruction.span.start,
        `cargo ${runs.args[0] ?? ''} compiles when the container starts`,
      );
    const base = plainBase(view.system);
    if (base === undefined)
      throw new Obstacle(view.stage.from.span.start, 'the distribution of the base image is not known');
    const folders = verbs.includes('install') ? ['/usr/local/cargo/bin'] : [];
    const lock = view.context?.read('Cargo.lock');
    const openssl =
      lock === undefined ? undefined : /name = "openssl-sys"/.test(lock) && !/name = "openssl-src"/.test(lock);
    const libraries = openssl && view.system?.distribution !== 'alpine' ? [opensslOf(view.system?.version)] : [];
    return {
      base,
      takes: [...certificates(base), ...programsOf(view, works, { outputs: [], folders, project })],
      project: 'read',
      packages: [...libraries, ...(view.system?.distribution === 'alpine' ? ['libgcc'] : [])],
      assumes:
        openssl === undefined
          ? ['the program is not linked to OpenSSL of the system (Cargo.lock is not in the build context)']
          : [],
      leaves: ['Rust and its linker', 'the target folder and the registry of cargo'],
    };
  },
};

/** The package of libssl by the release of Debian. */
const opensslOf = (version: string | undefined): string =>
  version === '13' ? 'libssl3t64' : version === '11' || version === '10' ? 'libssl1.1' : 'libssl3';
