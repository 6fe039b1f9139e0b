import type { Span } from '../src/text/span.ts';
import type { Mount, MountOption } from './ast.ts';
import { type Source, spanOf } from './source.ts';

const types = ['bind', 'cache', 'tmpfs', 'secret', 'ssh'] as const;

/** The options of a `--mount` whose value begins at `start` of the flag's text, quotes taken off. Every text has a reading. */
export function readMount(source: Source, start: number, span: Span): Mount {
  const options: MountOption[] = [];
  for (let at = start; at <= source.text.length; ) {
    const comma = source.text.indexOf(',', at);
    const end = comma < 0 ? source.text.length : comma;
    options.push(option(source, at, end));
    at = end + 1;
  }
  const value = (...keys: string[]): string | undefined => options.findLast(({ key }) => keys.includes(key))?.value;
  const type = (value('type') ?? 'bind').toLowerCase();
  return {
    span,
    type: types.find((known) => known === type) ?? 'unknown',
    target: value('target', 'dst', 'destination'),
    source: value('source', 'src'),
    from: value('from'),
    id: value('id'),
    env: value('env'),
    sharing: value('sharing')?.toLowerCase(),
    readonly: readonly(options),
    required: truth(options.findLast(({ key }) => key === 'required')),
    size: value('size'),
    mode: value('mode'),
    uid: value('uid'),
    gid: value('gid'),
    options,
  };
}

function option(source: Source, start: number, end: number): MountOption {
  const equals = source.text.indexOf('=', start);
  const valued = equals >= 0 && equals < end;
  const keyEnd = valued ? equals : end;
  return {
    span: spanOf(source, start, end),
    key: source.text.slice(start, keyEnd).toLowerCase(),
    keySpan: spanOf(source, start, keyEnd),
    value: valued ? source.text.slice(equals + 1, end) : undefined,
    valueSpan: valued ? spanOf(source, equals + 1, end) : undefined,
  };
}

/** `readonly`, `ro`, `readwrite`, `rw`: bare, or with a boolean. */
function readonly(options: readonly MountOption[]): boolean | undefined {
  const last = options.findLast(({ key }) => ['readonly', 'ro', 'readwrite', 'rw'].includes(key));
  const value = truth(last);
  return last?.key === 'readonly' || last?.key === 'ro' || value === undefined ? value : !value;
}

/** Go's strconv.ParseBool; a bare key is true. */
function truth(option: MountOption | undefined): boolean | undefined {
  if (!option) return undefined;
  if (option.value === undefined || /^(?:1|t|T|TRUE|true|True)$/.test(option.value)) return true;
  return /^(?:0|f|F|FALSE|false|False)$/.test(option.value) ? false : undefined;
}
