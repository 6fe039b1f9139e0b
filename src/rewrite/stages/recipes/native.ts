import { absoluteIn } from '../../../model/stages/folder.ts';
import type { Command } from '../../../shell/command.ts';
import { folderOf as above, isBelow } from '../../../text/path.ts';
import type { Texts } from '../assets.ts';
import { plainBase } from '../base.ts';
import type { Recipe } from '../recipe.ts';
import type { View } from '../view.ts';
import { callsIn, Obstacle, type Work } from '../work.ts';
import { certificatesFor, optionOf, outputOf, programsOf, refuseCalls, refuseTools, says } from './compiled.ts';
import { linkedTo, runtimesOf } from './native-libraries.ts';

const compilers = /^(?:gcc|g\+\+|cc|c\+\+|clang|clang\+\+|ld|gfortran)(?:-\d+)?$/;
const builders =
  /^(?:make|gmake|cmake|ninja|meson|configure|autoconf|autoreconf|automake|autoheader|autogen\.sh|libtoolize|aclocal|bootstrap|bootstrap\.sh|buildconf|ar|ranlib|strip|conan|vcpkg|qmake|scons|bazel|ctest)$/;

/** C and C++: compilers, make, cmake, meson and autotools. */
export const native: Recipe = {
  id: 'native',
  matches: ({ rootImage }) =>
    rootImage?.official === true && /^(?:gcc|debian|ubuntu|alpine|buildpack-deps)$/.test(rootImage.name),
  builds: ({ name = '', args }) =>
    compilers.test(name) || (builders.test(name) && !args.some(({ text }) => /^(?:--)?install(?:\/\w+)?$/.test(text))),
  folderOf,
  sources:
    /\.(?:c|cc|cpp|cxx|c\+\+|h|hh|hpp|hxx|inl|ipp|S|s|asm|f|f90|o|a|cmake|in|am|ac|m4|pc|pro)$|(?:^|\/)(?:CMakeLists\.txt|CMakePresets\.json|configure|autogen\.sh|meson\.build|meson_options\.txt|conanfile\.(?:txt|py)|vcpkg\.json|\.clang-format|\.clang-tidy)$|(?:^|\/)(?:tests?|include|third_party|build)\//,
  variables: /^(?:CC|CXX|CPP|C?XX?FLAGS|CFLAGS|CPPFLAGS|LDFLAGS|MAKEFLAGS|CMAKE_[A-Z_]+|PKG_CONFIG_PATH)$/,
  plan(view, works, project, texts) {
    const calls = callsIn(works).filter(({ command: { name = '' } }) => compilers.test(name) || builders.test(name));
    if (calls.length === 0) return undefined;
    refuseTools(view, /^(?:gcc|g\+\+|cc|make|cmake|ninja|gdb|valgrind)$/, 'builds');
    refuseCalls(view, texts, ['gcc', 'cc', 'g++', 'make', 'cmake']);
    refuseHeaders(works);
    const base = baseOf(view);
    const outputs = calls.flatMap(({ step, command }) =>
      programOf(command, view.folderAt(step, command)).map((path) => ({ path, command })),
    );
    const isPlus = mayBePlus(
      view,
      calls.map(({ command }) => command.name ?? ''),
    );
    const isGcc = view.stage.rootImage?.name === 'gcc';
    const programs = programsOf(view, works, { outputs, folders: [], project });
    // what is installed is made to run from where it is
    const isInstalled =
      works.some((it) => it.outputs.length > 0) &&
      !programs.some(({ from }) => project.some((it) => isBelow(from, it)));
    const flags = calls.flatMap(({ command }) => command.args.map(({ text }) => text));
    const { takes, packages } = certificatesFor(view, base, texts);
    const runtimes = runtimesOf(view, flags, isPlus);
    const installsLibraries = works.some(({ outputs: it }) =>
      it.some((path) => /^\/usr(?:\/local)?(?:\/lib.*)?$/.test(path)),
    );
    return {
      base,
      takes: [...takes, ...programs, ...runtimes.takes],
      project: needsFolder(view) && !isInstalled ? 'whole' : 'read',
      packages: [...packages, ...runtimes.packages, ...(isGcc ? [...linkedTo(view, flags), ...namesOf(texts)] : [])],
      assumes: view.context ? [] : ['the program needs nothing that the build makes beside it'],
      ...(runtimes.takes.length > 0 || installsLibraries ? { finally: ['RUN ldconfig'] } : {}),
      leaves: ['the compilers and headers', 'the object files'],
    };
  },
};

/** A program that has an interpreter in it needs its library, and its modules. */
function refuseHeaders(works: readonly Work[]): void {
  const named = works.flatMap(({ packages }) => packages.flatMap((it) => it.packages));
  const found = named.find(({ name }) => /^(?:lib)?(?:python|perl|ruby|lua|php)[\d.]*-dev(?:el)?$/.test(name ?? ''));
  if (found) throw new Obstacle(found.word.span.start, `${found.name} may be for an interpreter in the program`);
}

/** The names of services and protocols, which full images have. */
const namesOf = ({ mentions }: Texts): string[] =>
  ['getservbyname', 'getprotobyname'].some(mentions) ? ['netbase'] : [];

/** What a compiler writes; object files and archives are for the linker. */
function programOf(command: Command, folder: string | undefined): string[] {
  if (!compilers.test(command.name ?? '') || command.args.some(({ text }) => text === '-c')) return [];
  const path = outputOf(command, ['-o'], folder);
  return path === undefined || /\.(?:o|a)$/.test(path) ? [] : [path];
}

/** The folders of sources and of what is built that a command names. */
function folderOf(command: Command, folder: string | undefined): string | readonly string[] | undefined {
  const { name = '', args } = command;
  const named = (options: readonly string[]): string | undefined => {
    const path = optionOf(command, options)?.text;
    return path === undefined ? undefined : absoluteIn(folder, path);
  };
  if (args.length > 0 && args.every(({ text }) => /^--?v(?:ersion)?$/.test(text))) return '';
  if (/^g?make$|^ninja$/.test(name)) return named(['-C', '--directory']);
  if (name === 'meson') return undefined;
  if (name === 'cmake') {
    const glued = args.flatMap(({ text }) => /^-[SBH](.+)$/.exec(text)?.[1] ?? []);
    const plain = args.filter(
      ({ text }, at) => !text.startsWith('-') && !/^-[A-Z]$|^--\w+$/.test(args[at - 1]?.text ?? ''),
    );
    const all = [
      named(['-S']),
      named(['-B']),
      named(['--build']),
      ...[...glued, ...plain.map(({ text }) => text)].map((it) => absoluteIn(folder, it)),
    ];
    const found = all.flatMap((it) => it ?? []);
    // the folder itself is that of the build where no other is named
    const isNamed = args.some(({ text }) => /^(?:-B|--build)/.test(text));
    return found.length === 0
      ? undefined
      : isNamed || folder === undefined
        ? found.filter((it) => !/^\/tmp\//.test(it))
        : [...found, folder];
  }
  if (!compilers.test(name)) return undefined;
  const sources = args.filter(({ text }) => /\.\w+$/.test(text) && !text.startsWith('-'));
  const places = sources.filter(({ text }) => text.startsWith('/')).map(({ text }) => above(text));
  return sources.length > 0 && places.length === sources.length ? places : undefined;
}

/** Whether the program may need what the build makes beside it: libraries of its own, files that are copied or generated. */
const needsFolder = (view: View): boolean =>
  says(
    view,
    /(?:^|\/)(?:CMakeLists\.txt|(?:GNU)?[Mm]akefile(?:\.am)?|meson\.build|wscript|SConstruct)$|\.(?:cmake|mk|pro)$/,
    /\bSHARED\b|\bMODULE\b|-shared\b|shared_(?:library|module)|\blibrary\(|LTLIBRARIES|BUILD_SHARED_LIBS|FetchContent|ExternalProject|POST_BUILD|file\(\s*(?:COPY|GENERATE|WRITE)|copy_directory|copy_if_different|install_data|configure_file\((?![^)]*\.h(?:pp)?\b)/,
  ) === true;

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

/** Whether some of it is C++: a compiler of it is called, or a build system that may. */
function mayBePlus({ context }: View, names: readonly string[]): boolean {
  if (names.some((it) => /^(?:g\+\+|c\+\+|clang\+\+)/.test(it))) return true;
  if (!names.some((it) => builders.test(it))) return false;
  return context === undefined || context.files().some(({ path }) => /\.(?:cc|cpp|cxx|hpp|C)$/.test(path));
}
