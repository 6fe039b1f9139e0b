import type { Dialect } from './compose.ts';

/** What comments between the lines of a Dockerfile tell ShellCheck. Those of here-documents it reads itself. */
export interface Directives {
  /** The language that the last of them names. */
  readonly dialect: Dialect | undefined;
  /** Comments for ShellCheck that hold for all of a script. */
  readonly lines: readonly string[];
}

const shells: ReadonlyMap<string, Dialect> = new Map(
  (['sh', 'bash', 'dash', 'ksh', 'busybox'] as const).map((it) => [it, it]),
);

/**
 * `shell=` and `enable=` of them, and of `disable=` what is no plain code: plain codes silence as all comments do, where the
 * findings are counted. Anything else would make ShellCheck stumble over the comment.
 */
export function directivesIn(comments: readonly { readonly raw: string }[]): Directives {
  let dialect: Dialect | undefined;
  const lines: string[] = [];
  for (const { raw } of comments) {
    const text = /^#[ \t]*shellcheck[ \t]+(.*)$/.exec(raw.trimEnd())?.[1];
    for (const pair of text?.split(/[ \t]+/) ?? []) {
      const [, key, value] = /^([a-z-]+)=(\S+)$/.exec(pair) ?? [];
      if (value === undefined) break;
      if (key === 'shell') dialect = shells.get(value) ?? dialect;
      if (key === 'enable' && /^[a-z0-9-]+(?:,[a-z0-9-]+)*$/.test(value)) lines.push(`# shellcheck enable=${value}`);
      if (key !== 'disable') continue;
      const special = value.split(',').filter((it) => /^(?:SC)?\d+(?:-(?:SC)?\d+)?$/.test(it) && !/^SC\d+$/.test(it));
      if (special.length > 0) lines.push(`# shellcheck disable=${special.join(',')}`);
    }
  }
  return { dialect, lines };
}
