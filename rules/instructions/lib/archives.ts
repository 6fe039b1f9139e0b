import { baseName } from '../../../src/engine/rule.ts';
import { archiveEndings } from '../../../src/knowledge/commands/archives.ts';

/** Whether the name is that of an archive, or a pattern that may match one. */
export function mayBeArchive(source: string): boolean {
  const name = baseName(source).toLowerCase();
  if (archiveEndings.some((ending) => name.endsWith(ending))) return true;
  return /[*?\]]$/.test(name) && name !== '' && (!name.includes('.') || /\.(?:t|g|b|x|z|\*|\?|\[)[^.]*$/.test(name));
}
