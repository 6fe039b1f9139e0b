import { list, optional, text } from './layout.ts';

/** Who wrote an image; `unknown` for tools that leave no mark. */
export type Writer = 'buildkit' | 'classic' | 'buildah' | 'kaniko' | 'unknown';

/** One entry of the history, read. */
export interface HistoryEntry {
  /** As it stands in the image. */
  readonly createdBy: string;
  readonly comment: string;
  readonly author: string;
  /** The instruction that made it, in capitals; undefined where the text is none. */
  readonly keyword: string | undefined;
  /** What stands behind the keyword: of RUN the command, without its arguments and its shell. */
  readonly text: string;
  /** The layer that it made, from 0; undefined where it made none. */
  readonly layer: number | undefined;
}

const keywords =
  /^(ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR)\s+/i;

/** The history with its layers counted; an image may have none, or one that other tools have made shorter. */
export function historyOf(value: unknown, layers: number): HistoryEntry[] {
  const all = value === undefined || value === null ? [] : list(value, 'history of the image').map(optional);
  const first = all.findIndex((it) => it['comment'] === 'buildkit.dockerfile.v0');
  // behind a Dockerfile's, BuildKit puts them for the oldest layers, of which it knows nothing
  const entries = all.filter(
    (it, index) => first < 0 || index < first || it['comment'] !== 'buildkit.exporter.image.v0',
  );
  const made = entries.filter((it) => it['empty_layer'] !== true).length;
  // entries that claim more layers than there are: BuildKit takes the oldest of them for empty
  let surplus = Math.max(0, made - layers);
  // fewer: the oldest layers have no entry
  let next = Math.max(0, layers - made);
  return entries.map((it) => {
    const createdBy = text(it['created_by']) ?? '';
    const empty = it['empty_layer'] === true || surplus-- > 0;
    return {
      createdBy,
      comment: text(it['comment']) ?? '',
      author: text(it['author']) ?? '',
      ...instructionOf(createdBy),
      layer: empty ? undefined : next++,
    };
  });
}

/** `RUN |1 A=1 /bin/sh -c x # buildkit`, `/bin/sh -c #(nop) COPY file:… in /dest `, `|1 A=1 /bin/sh -c x`, `COPY . /app`. */
export function instructionOf(createdBy: string): { keyword: string | undefined; text: string } {
  const plain = createdBy.replace(/\s+# buildkit\s*$/, '').trim();
  const nop =
    /^(?:\|\d+ .*?)?\/bin\/sh -c #\(nop\)\s*([\s\S]*)$/.exec(plain)?.[1] ?? /^#\(nop\)\s*([\s\S]*)$/.exec(plain)?.[1];
  const said = nop ?? plain;
  const keyword = keywords.exec(said);
  if (keyword && (nop !== undefined || keyword[1] === keyword[1]!.toUpperCase())) {
    const name = keyword[1]!.toUpperCase();
    const rest = said.slice(keyword[0].length).trim();
    return { keyword: name, text: name === 'RUN' ? command(rest) : rest };
  }
  // the classic builder and buildah write no RUN
  if (nop === undefined && /^(?:\|\d+ |\/bin\/sh -c |\[|cmd \/S \/C |powershell )/i.test(plain))
    return { keyword: 'RUN', text: command(plain) };
  return { keyword: undefined, text: plain };
}

/** Without `|2 A=1 B=2` and the shell. Values may have blanks, so the shell is looked for where it usually stands. */
function command(text: string): string {
  const shell = /(?:^|\s)(?:\S*\/)?(?:ba|da|a|z|k)?sh (?:-\w*o \w+ |-\S+ )*?-\w*c /;
  if (text.startsWith('|')) {
    const found = shell.exec(text);
    if (found) return text.slice(found.index + found[0].length).trim();
    const [, count, rest] = /^\|(\d+) ([\s\S]*)$/.exec(text) ?? [];
    return (rest ?? text)
      .split(' ')
      .slice(Number(count ?? 0))
      .join(' ');
  }
  const found = shell.exec(text);
  return (found?.index === 0 ? text.slice(found[0].length) : text).trim();
}

export function writerOf(config: Readonly<Record<string, unknown>>, history: readonly HistoryEntry[]): Writer {
  // the base may be of another writer, so the newest mark counts
  for (const entry of history.toReversed()) {
    if (entry.comment.startsWith('buildkit.') || /# buildkit\s*$/.test(entry.createdBy)) return 'buildkit';
    if (entry.author === 'kaniko' || entry.comment === 'kaniko') return 'kaniko';
    if (/^FROM /.test(entry.comment)) return 'buildah';
    if (/^(?:\|\d+ .*)?\/bin\/sh -c /.test(entry.createdBy)) {
      const labels = optional(optional(config['config'])['Labels']);
      return labels['io.buildah.version'] !== undefined ? 'buildah' : 'classic';
    }
  }
  return config['author'] === 'kaniko' ? 'kaniko' : 'unknown';
}
