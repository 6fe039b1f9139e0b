import { plainBase } from '../base.ts';
import type { Recipe, Taken } from '../recipe.ts';
import type { View } from '../view.ts';
import { Obstacle } from '../work.ts';
import { outputOf, programsOf } from './compiled.ts';

const compilers = /^(?:gcc|g\+\+|cc|c\+\+|clang|clang\+\+|ld|gfortran)(?:-\d+)?$/;
const builders =
  /^(?:make|gmake|cmake|ninja|meson|configure|autoconf|autoreconf|automake|autogen\.sh|libtoolize|aclocal|bootstrap|ar|ranlib|strip|conan|vcpkg|qmake|scons|bazel|ctest)$/;

/** C and C++: compilers, make, cmake, meson and autotools. */
export const native: Recipe = {
  id: 'native',
  matches: ({ rootImage }) =>
    rootImage?.official === true && /^(?:gcc|debian|ubuntu|alpine|buildpack-deps)$/.test(rootImage.name),
  builds: ({ name = '', args }) =>
    compilers.test(name) || (builders.test(name) && !args.some(({ text }) => /^(?:--)?install(?:\/\w+)?$/.test(text))),
  installed: (command, _, steps) => [prefixOf([command.args, ...steps].flat().map(({ text }) => text))],
  sources:
    /\.(?:c|cc|cpp|cxx|h|hh|hpp|hxx|inl|S|s|asm|o|a|cmake|in|am|ac|m4|pc|pro)$|(?:^|\/)(?:CMakeLists\.txt|configure|meson\.build|conanfile\.(?:txt|py)|vcpkg\.json)$|(?:^|\/)(?:tests?|include|third_party|build)\//,
  variables: /^(?:CC|CXX|CPP|C?XX?FLAGS|CFLAGS|CPPFLAGS|LDFLAGS|MAKEFLAGS|CMAKE_[A-Z_]+|PKG_CONFIG_PATH)$/,
  plan(view, works, project) {
    const builds = works.flatMap(({ step, builds: commands }) => commands.map((command) => ({ step, command })));
    const calls = builds.filter(({ command: { name = '' } }) => compilers.test(name) || builders.test(name));
    if (calls.length === 0) return undefined;
    const base = baseOf(view);
    const outputs = calls.flatMap(({ step, command }) => outputOf(command, ['-o'], view.folderAt(step, command)) ?? []);
    const isInstalled = works.some(({ outputs: it }) => it.length > 0);
    const takes =
      isInstalled && startsInstalled(view) ? [] : programsOf(view, works, { outputs, folders: [], project });
    const isPlus = mayBePlus(
      view,
      calls.map(({ command }) => command.name ?? ''),
    );
    const isGcc = view.stage.rootImage?.name === 'gcc' && view.stage.rootImage.official;
    if (isGcc && works.some(({ outputs: it }) => it.includes('/usr/local')))
      throw new Obstacle(
        view.stage.from.span.start,
        'what is installed in /usr/local stands among the compilers of the gcc image',
      );
    return {
      base,
      takes: [...takes, ...(isGcc && isPlus ? ownLibraries : [])],
      project: 'read',
      packages: isPlus && view.system?.distribution === 'alpine' ? ['libgcc', 'libstdc++'] : [],
      ...((isGcc && isPlus) || works.some(({ outputs: it }) => it.some((path) => /^\/usr(?:\/local)?$/.test(path)))
        ? { finally: ['RUN ldconfig'] }
        : {}),
      leaves: ['the compilers and headers', 'the object files'],
    };
  },
};

/** gcc brings a newer libstdc++ than its release has; the pattern lets a build pass that has none. */
const ownLibraries: readonly Taken[] = ['libstdc++.so.6*', 'libgcc_s.so.1*'].map((it) => ({
  from: `/usr/local/lib64/${it}`,
  to: '/usr/local/lib/',
  isFolder: true,
  what: 'the libraries of the compiler',
}));

function baseOf(view: View): string {
  const { rootImage, from } = view.stage;
  const plain = plainBase(view.system);
  if (rootImage?.official && /^(?:gcc|buildpack-deps)$/.test(rootImage.name)) {
    if (plain === undefined) throw new Obstacle(from.span.start, 'the distribution of the base image is not known');
    return plain;
  }
  if (rootImage?.official && rootImage.name === 'debian' && rootImage.digest === undefined && plain !== undefined)
    return plain;
  if (rootImage?.official && /^(?:ubuntu|alpine|debian)$/.test(rootImage.name)) return rootImage.text;
  throw new Obstacle(
    from.span.start,
    `what ${rootImage?.text ?? 'the base image'} holds beside the compilers is not known`,
  );
}

/** Whether every program is called by a name that is found in a folder for what is installed, or by its path there. */
const startsInstalled = ({ start }: View): boolean =>
  start.programs.every(({ path }) => path === undefined || /^\/(?:usr|opt)\//.test(path));

/** Where an install puts things: the prefix that is given to it or to what configured it. */
function prefixOf(words: readonly string[]): string {
  const found = words.flatMap((it, at) => {
    const glued = /^(?:--prefix=|-DCMAKE_INSTALL_PREFIX(?::PATH)?=|DESTDIR=|PREFIX=|prefix=)(\/.+)$/.exec(it)?.[1];
    return glued ?? (it === '--prefix' && words[at + 1]?.startsWith('/') ? words[at + 1]! : []);
  });
  return found.at(-1)?.replace(/\/+$/, '') || '/usr/local';
}

/** Whether some of it is C++: a compiler of it is called, or a build system that may. */
function mayBePlus({ context }: View, names: readonly string[]): boolean {
  if (names.some((it) => /^(?:g\+\+|c\+\+|clang\+\+)/.test(it))) return true;
  if (!names.some((it) => builders.test(it))) return false;
  return context === undefined || context.files().some(({ path }) => /\.(?:cc|cpp|cxx|hpp)$/.test(path));
}
