/** Where a package manager puts what it installs for one project, from the folder of its manifest. */
export const projectFolders: Readonly<Record<string, readonly string[]>> = {
  npm: ['node_modules'],
  yarn: ['node_modules', '.yarn'],
  pnpm: ['node_modules'],
  bun: ['node_modules'],
  composer: ['vendor'],
  cargo: ['target'],
  mvn: ['target'],
  gradle: ['build', '.gradle'],
  mix: ['deps', '_build'],
  dotnet: ['bin', 'obj'],
  poetry: ['.venv'],
  uv: ['.venv'],
};

/** Files that a package manager looks for in the folder it is called in, whatever it is asked to install. */
export const configFiles: Readonly<Record<string, readonly string[]>> = {
  npm: ['.npmrc', 'package.json'],
  yarn: ['.npmrc', '.yarnrc', '.yarnrc.yml', 'package.json'],
  pnpm: ['.npmrc', 'package.json', 'pnpm-workspace.yaml'],
  bun: ['.npmrc', 'bunfig.toml', 'package.json'],
  cargo: ['.cargo', 'rust-toolchain', 'rust-toolchain.toml'],
  dotnet: ['nuget.config', 'NuGet.Config', 'global.json'],
  composer: ['composer.json', 'auth.json'],
  bundle: ['Gemfile', '.bundle'],
  mix: ['mix.exs'],
  go: ['go.mod', 'go.work'],
};
