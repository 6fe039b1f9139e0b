import type { Texts } from '../assets.ts';
import { librariesOf, type RuntimeBase, slimOf } from '../base.ts';
import type { View } from '../view.ts';
import type { Work } from '../work.ts';

/** The text of the lock file, or of the Gemfile where there is none. */
export const lockOf = ({ context }: View): string | undefined =>
  context?.read('Gemfile.lock') ?? context?.read('Gemfile');

/** The slim image of the same version, with what gems are known to need; the image itself where that is not known. */
export function baseOf(view: View, works: readonly Work[], { isWhole }: Texts): RuntimeBase {
  const { rootImage } = view.stage;
  const lock = lockOf(view) ?? '';
  const has = (name: string): boolean => new RegExp(`^ +${name} \\(|^\\s*gem\\s*\\(?['"]${name}['"]`, 'm').test(lock);
  const installed = new Set(
    works.flatMap(({ packages }) => packages.flatMap((it) => it.packages.flatMap(({ name }) => name ?? []))),
  );
  // they look for a JavaScript engine when they are loaded
  const engine = has('execjs') && !has('mini_racer') && installed.has('nodejs') ? ['nodejs'] : [];
  const same: RuntimeBase = { base: rootImage!.text, packages: engine, assumes: [] };
  const slim = slimOf(rootImage!);
  if (slim === undefined || slim === rootImage!.text || !view.context || !isWhole || lock === '') return same;
  const libraries = librariesOf(needed, has, view.system);
  if (libraries === undefined) return same;
  const zones = has('tzinfo') && !has('tzinfo-data') ? ['tzdata'] : [];
  // gemspecs of such gems ask git for their files each time
  const sources =
    /^(?:GIT|PATH)$/m.test(lock) || /^\s*gemspec\b|\bgit(?:hub)?:|\bpath:/m.test(view.context.read('Gemfile') ?? '')
      ? ['git']
      : [];
  return {
    base: slim,
    packages: [...engine, ...zones, ...sources, ...libraries],
    assumes: [`no gem needs a library that ${slim} lacks, beside those that are known for it`],
  };
}

/** Gems that are linked to, open or start what the full image has and the slim one has not; undefined: not known by name. */
const needed: Readonly<Record<string, readonly string[] | undefined>> = {
  pg: ['libpq5'],
  mysql2: ['libmariadb3'],
  sqlite3: ['libsqlite3-0'],
  curb: ['libcurl4'],
  ethon: ['libcurl4'],
  typhoeus: ['libcurl4'],
  mini_magick: ['imagemagick'],
  'ruby-filemagic': ['libmagic1'],
  ...Object.fromEntries(
    'rmagick charlock_holmes rugged tiny_tds ruby-oci8 snappy leveldb idn-ruby gdbm dbm curses xapian-ruby taglib-ruby ruby-odbc ruby-vips gobject-introspection cairo pango rsvg2 gsl capybara-webkit therubyracer ffi-icu'
      .split(' ')
      .map((it) => [it, undefined]),
  ),
};
