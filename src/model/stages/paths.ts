import { clean } from '../../text/path.ts';
import { known, unknown, type Value } from './expand.ts';

/** Whether the builder takes a path for absolute. On Linux `C:\app` is a name like any other. */
export const isAbsolute = (path: string, windows: boolean): boolean =>
  path.startsWith('/') || (windows && /^(?:[A-Za-z]:|\\)/.test(path));

/** A folder that is set on top of another: an absolute one replaces it, a relative one goes below it. Both as `Value`s. */
export function joinFolder(folder: Value, path: Value, windows: boolean): Value {
  const text = path.state === 'unset' ? '' : path.text;
  if (isAbsolute(text, windows)) {
    if (path.state !== 'known') return path;
    return known(windows && !text.startsWith('/') ? text : clean(text));
  }
  // a path that begins with what is unknown may be absolute
  if (folder.state === 'unset' || folder.text === '' || /^[$]/.test(text)) return unknown(text);
  const backslash = windows && !folder.text.startsWith('/');
  const whole = `${folder.text.replace(/[\\/]$/, '')}${backslash ? '\\' : '/'}${text}`;
  if (folder.state !== 'known' || path.state !== 'known') return unknown(whole);
  return known(backslash ? whole : clean(whole));
}

/** Whether ADD fetches a source: a URL, or `git@host:path`. Any other scheme is a path to the builder. */
export const isRemote = (source: string): boolean =>
  /^(?:https?|git|ssh|ftp):\/\//i.test(source) || /^[\w.-]+@[\w.-]+:/.test(source);

/** Whether a source is the whole context or all of its root: `.`, `./`, `/`, `*`. */
export const isWholeContext = (source: string): boolean =>
  source !== '' && /^(?:\.?\/?\.?|(?:\.\/)?\*{1,2}|\.\/\.)\/?$/.test(source);
