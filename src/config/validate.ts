import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema';
import { closest } from '../text/closest.ts';
import type { ConfigProblem } from './config.ts';
import type { ConfigDocument } from './document.ts';

/** What in `value`, which stands under `path` of the document, is not as the schema has it: at the deepest place of each mistake. */
export function validate(
  document: ConfigDocument,
  path: readonly (string | number)[],
  value: unknown,
  schema: Schema,
): ConfigProblem[] {
  const { errors } = new Validator(schema, '2020-12', false).validate(value);
  const places = new Map<string, OutputUnit[]>();
  for (const error of errors) {
    const { instanceLocation: place } = error;
    places.set(place, [...(places.get(place) ?? []), error]);
  }
  return [...places].flatMap(([place, found]) => {
    if ([...places.keys()].some((other) => other.startsWith(`${place}/`))) return [];
    const inner = place.split('/').slice(1).map(decodePart);
    const unknown = found.some(({ keyword }) => keyword === 'false');
    const message = unknown
      ? unknownKey(inner.at(-1)!, keysBeside(schema, inner))
      : mistake(inner.at(-1) ?? String(path.at(-1) ?? 'the file'), valueAt(value, inner), found, schema);
    return [document.problem([...path, ...inner], message, unknown)];
  });
}

const decodePart = (part: string): string => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');

const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);

function unknownKey(key: string, known: readonly string[]): string {
  const near = closest(key, known);
  return `there is no key ${key}${near ? `; ${near} is likely meant` : ''}`;
}

/** The keys that an object may have at the place of the last part of `path`. */
function keysBeside(schema: Schema, path: readonly string[]): string[] {
  let open: Schema[] = [schema];
  for (const key of path.slice(0, -1)) {
    open = open.flatMap((it) => branches(it)).flatMap((it) => (it.properties?.[key] as Schema | undefined) ?? []);
  }
  return open.flatMap((it) => branches(it)).flatMap((it) => Object.keys(it.properties ?? {}));
}

const branches = (schema: Schema): Schema[] =>
  [schema, ...(schema.anyOf ?? [])].filter((it) => typeof it === 'object') as Schema[];

function mistake(name: string, value: unknown, found: readonly OutputUnit[], schema: Schema): string {
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  const words = found.flatMap(({ keyword, error }) => (keyword === 'enum' ? listed(error) : []));
  if (words.length > 0) {
    const near = typeof value === 'string' ? closest(value, words) : undefined;
    return `${name}: ${shown} is not one of ${words.join(', ')}${near ? `; ${near} is likely meant` : ''}`;
  }
  const types = found.flatMap(({ keyword, error }) =>
    keyword === 'type' ? (/Expected "?([^".]+)/.exec(error)?.[1] ?? []) : [],
  );
  if (types.length > 0) return `${name}: ${shown} should be ${types.map(described).join(' or ')}`;
  return `${name}: ${shown} does not fit: ${found[0]?.error ?? schema.description ?? ''}`;
}

const listed = (error: string): string[] => {
  const list = /\[.*\]/.exec(error)?.[0];
  return list ? (JSON.parse(list) as unknown[]).map(String) : [];
};

const described = (type: string): string =>
  ({ array: 'a list', object: 'a map', string: 'text', boolean: 'true or false' })[type] ?? `a ${type}`;
