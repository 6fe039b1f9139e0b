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

/** Whether a source of ADD is fetched: a URL, or `git@host:path`. */
export const isRemote = (source: string): boolean => /^[a-z]+:\/\/|^[\w.-]+@[\w.-]+:/i.test(source);
