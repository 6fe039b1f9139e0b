import { alpine } from './alpine.ts';
import { compiled } from './compiled.ts';
import { debian } from './debian.ts';
import { javascript } from './javascript.ts';
import { platforms } from './platforms.ts';
import { python } from './python.ts';
import { arch, redHat, suse } from './rpm.ts';
import { scripting } from './scripting.ts';
import type { Carrier, PackageManager } from './types.ts';

/** Every package manager that we know; each table names the documentation that it was taken from. */
export const packageManagers: readonly PackageManager[] = [
  ...debian,
  ...alpine,
  ...redHat,
  ...suse,
  ...arch,
  ...python,
  ...javascript,
  ...scripting,
  ...compiled,
  ...platforms,
];

const ordered = { ordered: true } as const;

/** Programs that run a package manager given to them: `python -m pip`, `corepack pnpm`, `conda run -n env pip`. */
export const carriers: readonly Carrier[] = [
  {
    programs: ['python', 'pypy', 'py'],
    versioned: true,
    option: '-m',
    table: { ...ordered, options: '-m= -c= -W= -X= -Q= --check-hash-based-pycs=', last: '-m' },
  },
  { programs: ['php'], versioned: true, table: { ...ordered, options: '-d|--define= -c|--php-ini= -f|--file= -n' } },
  { programs: ['ruby'], versioned: true, table: { ...ordered, options: '-S -I= -r= -C= -E= -W=?' } },
  { programs: ['corepack'], table: { ...ordered, options: '' } },
  { programs: ['bundle'], verb: 'exec', table: { ...ordered, options: '--gemfile= --keep-file-descriptors' } },
  {
    programs: ['conda', 'mamba', 'micromamba'],
    verb: 'run',
    table: { ...ordered, options: '-n|--name= -p|--prefix= --cwd= -r|--root-prefix= -e|--env= -a|--attach=' },
  },
  { programs: ['poetry'], verb: 'run', table: { ...ordered, options: '-C|--directory= -P|--project=' } },
  { programs: ['pipenv'], verb: 'run', table: { ...ordered, options: '--python=' } },
  {
    programs: ['uv'],
    verb: 'run',
    table: {
      ...ordered,
      options:
        '--with= --with-editable= --with-requirements= -p|--python= --extra= --group= --package= --directory= --project= --env-file= -m|--module= -i|--index-url= --index= --cache-dir=',
    },
  },
];
