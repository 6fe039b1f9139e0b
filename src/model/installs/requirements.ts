import { folderOf, joined } from '../../text/path.ts';
import { blocked, type Checked, type Project } from './project.ts';

/** The files that requirements files name, and those that these name; why pip needs more than that. */
export function requirements({ read, own }: Project): Checked {
  const found = new Set(own);
  for (const file of found) {
    const text = read(file);
    if (text === undefined) return { files: [...found], ...blocked('project', `${file} is not in the build context`) };
    if (!/\.(?:txt|in)$/.test(file))
      return { files: [...found], ...blocked('project', `${file} is the project itself`) };
    for (const line of linesOf(text)) {
      const other = otherOf(line, file);
      if (other !== undefined) return { files: [...found], ...blocked('project', other) };
      const nested = nestedIn(line);
      if (nested !== undefined) found.add(joined(folderOf(file), nested.replace(/^\.\//, '')));
    }
  }
  return { files: [...found] };
}

/** The lines, continued ones joined, comments left out. */
const linesOf = (text: string): string[] =>
  text
    .replace(/\\\r?\n/g, ' ')
    .split('\n')
    .map((line) => line.replace(/(?:^|\s)#.*$/, '').trim());

const nestedIn = (line: string): string | undefined =>
  /^(?:-r|-c|--requirement|--constraint)[\s=]*(\S+)/.exec(line)?.[1];

/** Why a line needs what is no requirements file. Source: https://pip.pypa.io/en/stable/reference/requirements-file-format/ */
function otherOf(line: string, file: string): string | undefined {
  const nested = nestedIn(line);
  if (nested !== undefined) return /^(?:[a-z]+:|\/|.*\.\.)/.test(nested) ? `${file} reads ${nested}` : undefined;
  const links = /^(?:-f|--find-links)[\s=]*(\S+)/.exec(line)?.[1];
  if (links !== undefined) return /^[a-z]+:\/\//.test(links) ? undefined : `${file} looks for packages in ${links}`;
  if (line.startsWith('-') && !/^(?:-e|--editable)\b/.test(line)) return undefined;
  const isPath = /^(?:-e|--editable)\b|^\.{1,2}(?:\/|$|\[)|^\/|\bfile:|@\s*\.{0,2}\/|^[\w.-]+\/[\w./-]+$|\.whl$/.test(
    line,
  );
  return isPath && !/^(?:-e\s+)?(?:git\+|https?:)/.test(line) ? `${file} installs ${line}` : undefined;
}
