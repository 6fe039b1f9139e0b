import { copy, type Ecosystem, stop } from './types.ts';

export const scripting: readonly Ecosystem[] = [
  {
    id: 'bundler',
    managers: ['bundle'],
    manifests: ['Gemfile'],
    locks: ['Gemfile.lock'],
    inputs: [
      copy('.ruby-version', 'the Gemfile may read it'),
      copy('.tool-versions', 'the Gemfile may read it'),
      copy('vendor/cache/**', 'the gems are in it'),
      stop('*.gemspec', 'the project is a gem, whose version stands in its code'),
    ],
    stops: [
      {
        file: 'Gemfile',
        text: /^[^#\n]*(?:\bpath:|:path\s*=>|^\s*(?:gemspec|path|eval_gemfile|instance_eval|require_relative)\b)/m,
        why: 'the Gemfile names folders of the project',
      },
    ],
    outputs: ['.bundle', 'vendor/bundle'],
    sources: ['app/models/user.rb', 'app/**', 'lib/**', '*.rb'],
    frozen: 'BUNDLE_DEPLOYMENT=1 bundle install',
    url: 'https://bundler.io/man/bundle-install.1.html',
  },
  {
    id: 'composer',
    managers: ['composer'],
    manifests: ['composer.json'],
    locks: ['composer.lock'],
    inputs: [
      copy('symfony.lock', 'Symfony Flex keeps its recipes in it'),
      copy('patches/**', 'its patches are applied after the install'),
    ],
    stops: [{ file: 'composer.json', text: /"type"\s*:\s*"path"/, why: 'composer.json names folders as packages' }],
    outputs: ['vendor'],
    sources: ['src/index.php', 'src/**', 'app/**', 'public/**', '*.php'],
    frozen: 'composer install',
    ahead: 'composer install --no-scripts --no-autoloader',
    url: 'https://getcomposer.org/doc/03-cli.md#install-i',
  },
  {
    id: 'renv',
    managers: ['r'],
    manifests: ['renv.lock', 'DESCRIPTION'],
    locks: ['renv.lock'],
    inputs: [
      copy('.Rprofile', 'it turns renv on'),
      copy('renv/activate.R', 'it brings renv itself'),
      copy('renv/settings.*', 'it has the settings of renv'),
    ],
    outputs: ['renv/library', 'renv/staging', '.Rproj.user', '.Rhistory'],
    sources: ['app.R', '*.R', 'R/**'],
    frozen: "Rscript -e 'renv::restore()'",
    url: 'https://rstudio.github.io/renv/articles/docker.html',
  },
  {
    id: 'perl',
    managers: ['cpanm', 'cpan'],
    commands: ['carton install', 'carmel install'],
    manifests: ['cpanfile', 'Makefile.PL', 'Build.PL', 'META.json'],
    locks: ['cpanfile.snapshot'],
    inputs: [
      copy('vendor/cache/**', 'the packages are in it'),
      stop('Makefile.PL', 'it is run, and may read the version in the code'),
      stop('Build.PL', 'it is run, and may read the version in the code'),
    ],
    outputs: ['local', 'blib'],
    sources: ['lib/App.pm', 'lib/**', '*.pl', '*.psgi'],
    frozen: 'carton install --deployment',
    url: 'https://metacpan.org/dist/Carton/view/script/carton',
  },
];
