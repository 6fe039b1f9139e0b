import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * `npx tsx src/dev/runtime-libraries.ts [file...]`: writes src/knowledge/managers/runtime-libraries-data.ts, the library packages
 * that packages of headers need at run time, of Debian's indices. Packages are those that are there already and those that
 * the files name. Needs apt and the keys of Debian; the apt of the machine keeps its own indices.
 */

const releases = ['bullseye', 'bookworm', 'trixie'] as const;
const target = 'src/knowledge/managers/runtime-libraries-data.ts';
const mirror = 'http://deb.debian.org/debian';
const keys = '/usr/share/keyrings/debian-archive-keyring.gpg';

interface Package {
  readonly source: string;
  readonly section: string;
  readonly depends: readonly string[];
}

type Packages = ReadonlyMap<string, Package>;

/** The indices of all releases, by apt in a folder of its own. */
function indices(): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'indices-'));
  const list = join(folder, 'sources.list');
  for (const it of ['state/lists/partial', 'cache/archives/partial']) mkdirSync(join(folder, it), { recursive: true });
  writeFileSync(list, releases.map((it) => `deb [signed-by=${keys}] ${mirror} ${it} main\n`).join(''));
  const options = [
    ...[`Dir::Etc::SourceList=${list}`, 'Dir::Etc::SourceParts=/dev/null'],
    ...[`Dir::State=${folder}/state`, `Dir::Cache=${folder}/cache`, 'APT::Sandbox::User=', 'APT::Architecture=amd64'],
    ...['Acquire::Languages=none', 'Acquire::GzipIndexes=false', 'APT::Update::Error-Mode=any'],
  ];
  execFileSync('apt-get', [...options.flatMap((it) => ['-o', it]), 'update'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const name = mirror.replace('http://', '').replaceAll('/', '_');
  const texts = releases.map((it) =>
    readFileSync(`${folder}/state/lists/${name}_dists_${it}_main_binary-amd64_Packages`, 'utf8'),
  );
  rmSync(folder, { recursive: true });
  return texts;
}

/** The first alternative of each dependency, versions and architectures left out. */
const namesIn = (field: string): string[] =>
  field.split(',').flatMap((it) => /^\s*([a-z0-9][a-z0-9+.-]*)/.exec(it.split('|')[0]!)?.[1] ?? []);

function packagesOf(text: string): Packages {
  const found = new Map<string, Package>();
  for (const part of text.split('\n\n')) {
    const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1] ?? '';
    const name = field('Package');
    if (name === '') continue;
    const depends = [...namesIn(field('Pre-Depends')), ...namesIn(field('Depends'))];
    found.set(name, { source: field('Source').split(' ')[0] || name, section: field('Section'), depends });
  }
  return found;
}

/** What is built with them finds what it needs in the program that loads it; or they are of the system or the compiler. */
const loaded =
  /^(?:lib)?python[\d.]*(?:-all)?-dev$|^(?:ruby|php)[\d.]*-dev$|^(?:apache2|erlang|r-base|xserver-xorg)-dev$|^libc6-dev$|^linux-libc-dev$|^libgcc-\d+-dev$/;

/** In every image of Debian. */
const always = /^(?:libc6|libgcc-s1|libstdc\+\+6)$/;

/** Libraries that a package of headers leads to; undefined for a package that is not there. */
function librariesOf(name: string, all: Packages, seen: readonly string[] = []): string[] | undefined {
  const own = all.get(name);
  if (!own) return undefined;
  if (loaded.test(name) || seen.includes(name)) return [];
  const libraries = own.depends.filter((it) => isLibrary(it, all));
  const ofSource = libraries.filter((it) => all.get(it)!.source === own.source);
  const found = ofSource.length > 0 ? ofSource : libraries;
  const behind = headersBehind(name, { found, all }).map((it) => librariesOf(it, all, [...seen, name]));
  if (found.length === 0) return behind.includes(undefined) ? undefined : behind.flatMap((it) => it!);
  const led = ledTo(found, all);
  return [...found, ...behind.flatMap((it) => it ?? []).filter((it) => !led.has(it))];
}

/** Packages of headers that a package stands for: one without libraries, with a new name, or for all the parts of its source. */
function headersBehind(
  name: string,
  { found, all }: { readonly found: readonly string[]; readonly all: Packages },
): readonly string[] {
  const own = all.get(name)!;
  const headers = own.depends.filter((it) => /-(?:multi)?dev(?:-compat)?$/.test(it));
  if (found.length === 0) return headers;
  const ofSource = headers.filter((it) => all.get(it)?.source === own.source);
  const renamed = headers.filter((it) => own.section === 'oldlibs' && name.startsWith(it.replace(/-dev$/, '')));
  return ofSource.length > 8 ? ofSource : renamed;
}

/** Whatever is installed with the packages. */
function ledTo(names: readonly string[], all: Packages): ReadonlySet<string> {
  const found = new Set(names);
  for (const name of found) for (const it of all.get(name)?.depends ?? []) found.add(it);
  return found;
}

/** Libraries have their section, or a name that says so. */
function isLibrary(name: string, all: Packages): boolean {
  const { section = '' } = all.get(name) ?? {};
  if (/-(?:dev|data|doc|common|bin|tools|utils|headers|plugins-\w+)$|^gcc-\d+-base$/.test(name)) return false;
  return /^(?:old)?libs$/.test(section) || (/^lib/.test(name) && /^(?:devel|misc|net|utils|cli-mono)$/.test(section));
}

const files = process.argv.slice(2).map((it) => readFileSync(it, 'utf8'));
const known = readFileSync(target, 'utf8').match(/^ \S+/gm) ?? [];
const named = files.flatMap((it) => it.match(/(?<![\w+.-])[a-z0-9][a-z0-9+.-]*-dev(?![\w-])/g) ?? []);
const wanted = [...new Set([...known.map((it) => it.trim()), ...named])].sort();
const out = indices().flatMap((text, index) => {
  const all = packagesOf(text);
  const lines = wanted.flatMap((name) => {
    const libraries = librariesOf(name, all)?.filter((it) => !always.test(it) || name.startsWith('libstdc++'));
    // all of a runtime is no library: it is not known what of it is needed
    return libraries && libraries.length < 60 ? [` ${[name, ...new Set(libraries)].join(' ')}`] : [];
  });
  return [releases[index]!, ...lines];
});
writeFileSync(
  target,
  `/**
 * Generated by src/dev/runtime-libraries.ts of the indices of Debian (main, amd64) on ${new Date().toISOString().slice(0, 10)}: by release, packages
 * of headers with the libraries that what is built with them needs.
 */
export const librariesText = \`
${out.join('\n')}
\`;
`,
);
