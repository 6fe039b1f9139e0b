/** Programs that compile, bundle or generate, and take their time. Package managers that build say so in their own tables. */
export const buildCommands: ReadonlySet<string> = new Set(
  `make gmake ninja cmake ctest meson scons bazel bazelisk b2 bjam configure gcc g++ cc c++ clang clang++ ld javac kotlinc scalac ant
  tsc webpack vite rollup esbuild parcel ng vue-cli-service react-scripts next nuxt gatsby astro hugo jekyll mkdocs sphinx-build
  docker-php-ext-install docker-php-ext-configure pecl phpize msbuild xbuild rustc ghc swiftc zig dpkg-buildpackage rpmbuild
  makepkg debuild pyinstaller nuitka`.split(/\s+/),
);
