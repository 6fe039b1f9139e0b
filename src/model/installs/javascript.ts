import { blocked, type Checked, isFrozen, lockReason, type Project } from './project.ts';

const lifecycle = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'];
/** Scripts that only need files which are copied along. */
const harmless =
  /^(?:husky(?: install)?|is-ci|(?:npx |yarn )?only-allow \w+|patch-package|(?:npx )?prisma generate|electron-builder install-app-deps|exit 0|true)(?: \|\| (?:true|exit 0|husky(?: install)?))?$/;

interface PackageJson {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}

const dependencyKeys = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

const dependenciesOf = (json: PackageJson): [string, string][] =>
  dependencyKeys.flatMap((key) => Object.entries((json[key] ?? {}) as Record<string, string>));

/** Whether a lock file is one that the install leaves as it is. */
type LockCheck = (project: Project, json: PackageJson) => boolean;

/** The check of a manager of JavaScript. */
export const javascript =
  (manager: 'npm' | 'yarn' | 'pnpm' | 'bun') =>
  (project: Project): Checked => {
    const { install, read, inside, locks, call } = project;
    const json = jsonIn(read('package.json'));
    if (!json) return blocked('project', 'package.json cannot be read');
    const local = dependenciesOf(json).find(([, version]) =>
      /^(?:file:|link:|portal:|\.{1,2}\/|~\/|\/)/.test(String(version)),
    );
    if (local) return blocked('project', `package.json takes ${local[0]} from ${local[1]}`);
    if (!install.operation?.flags.has('noProject')) {
      const script = scriptOf(json, inside);
      if (script) return blocked('project', `the ${script} script of package.json may read any file`);
      if (inside.includes('binding.gyp'))
        return blocked('project', 'binding.gyp is there, so the install compiles sources');
    }
    const holds = lockChecks[manager]?.(project, json) ?? false;
    if (locks.length > 0 && !isFrozen(project) && !holds) return blocked('lock', lockReason(call, locks[0]!));
    return {};
  };

/** A script around the install that may read files of the project. */
const scriptOf = ({ scripts = {} }: PackageJson, inside: readonly string[]): string | undefined =>
  lifecycle.find((name) => {
    const script = scripts[name];
    if (script === undefined) return false;
    // Prisma looks in other places too
    return !harmless.test(script) || (script.includes('prisma') && !inside.includes('prisma/schema.prisma'));
  });

function jsonIn(text: string | undefined): PackageJson | undefined {
  try {
    const value = JSON.parse(text ?? '') as PackageJson | null;
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const npmLock: LockCheck = ({ read, locks }, json) => {
  const lock = jsonIn(read(locks[0] ?? '')) as { packages?: Record<string, PackageJson> } | undefined;
  const root = lock?.packages?.[''];
  const plain = (it: PackageJson): string =>
    JSON.stringify(dependencyKeys.map((key) => Object.entries((it[key] ?? {}) as object).sort()));
  return root !== undefined && plain(root) === plain(json);
};

const yarnLock: LockCheck = ({ read, locks }, json) => {
  const text = read(locks[0] ?? '') ?? '';
  return dependenciesOf({ ...json, peerDependencies: {} }).every(
    ([name, range]) => text.includes(`${name}@${range}`) || text.includes(`${name}@npm:${range}`),
  );
};

const lockChecks: Readonly<Partial<Record<string, LockCheck>>> = { npm: npmLock, yarn: yarnLock };
