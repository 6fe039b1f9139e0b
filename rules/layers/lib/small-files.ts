import { baseName } from '../../../src/engine/rule.ts';
import { archiveEndings } from '../../../src/knowledge/commands/archives.ts';

/** Files of these names are programs or bundles, which are large. */
const large = new Set(
  'zip 7z rar jar war ear whl deb rpm apk gem so dll exe bin wasm img iso db sqlite onnx pt h5'.split(' '),
);

const nameOf = (path: string): string => baseName(path).toLowerCase();
const endingOf = (name: string): string | undefined => /^.+\.([a-z][a-z0-9]*)$/.exec(name)?.[1];

/** Whether the name says that there is much in it. */
export function isLargeFile(path: string): boolean {
  const name = nameOf(path);
  return large.has(endingOf(name) ?? '') || archiveEndings.some((it) => name.endsWith(it));
}

/**
 * Whether the name is that of one file, and of one that is small: `app.py`, no folder such as `conf.d` or `src`. Without an
 * ending it may be a program where a stage has built it.
 */
export function isSmallFile(path: string, built: boolean): boolean {
  const name = nameOf(path);
  const ending = endingOf(name);
  if (name.includes('$') || isLargeFile(path)) return false;
  return ending === undefined ? !built : ending !== 'd';
}

/** A script or settings of a few lines; what is made for one platform is an installer with all that it installs. */
export const isScript = (path: string): boolean =>
  /\.(?:sh|py|rb|pl|pub|asc|conf|cnf|cfg|ini|properties|xml|ya?ml|json|txt|sql|list|repo)$/.test(path) &&
  !/linux|x86|amd64|64/i.test(path);
