import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';

/** One declaration of the rolled-up files: its name, and the words in its code. */
interface Declared {
  readonly name: string;
  readonly words: ReadonlySet<string>;
}

const code = (path: string): string => readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');

function declaredIn(text: string): Declared[] {
  return text.split(/^(?=(?:declare |interface |type |export |import ))/m).flatMap((part) => {
    const name = /^(?:declare )?(?:interface|type|function|const|class) (?<name>[\w$]+)/.exec(part)?.groups?.['name'];
    return name === undefined ? [] : [{ name, words: new Set(part.match(/[\w$]+/g)) }];
  });
}

/** The names in `export { a, type b, c as d }`, by the name outside. */
function listOf(text: string, keyword: 'import' | 'export'): Map<string, string> {
  const lists = [...text.matchAll(new RegExp(`^${keyword} \\{([^}]*)\\}`, 'gm'))].map(([, list]) => list!);
  const parts = lists.flatMap((list) => list.split(',')).map((it) => it.trim().replace(/^type /, ''));
  return new Map(
    parts.filter(Boolean).map((it) => {
      const [inner, outer = inner] = it.split(' as ');
      return [outer!, inner!];
    }),
  );
}

const sharedText = code('dist/shared.d.ts');
const declared = new Map(declaredIn(sharedText).map((it) => [it.name, it]));
const sharedExports = listOf(sharedText, 'export');

describe.for(['index', 'rule', 'report'])('%s', (entry) => {
  const text = code(`dist/${entry}.d.ts`);
  const imported = listOf(text, 'import');
  const own = new Map(declaredIn(text).map((it) => [it.name, it]));
  const exported = [...listOf(text, 'export').values()];

  test('what can be reached can be named', () => {
    // from the name in this file to the name where it is declared
    const sharedName = (name: string): string => sharedExports.get(imported.get(name) ?? '') ?? name;
    const named = new Set(exported.map(sharedName));
    const reached = new Set<string>();
    const open = exported.map((name) => own.get(name) ?? declared.get(sharedName(name)));
    for (let it = open.pop(); it; it = open.pop()) {
      if (reached.has(it.name)) continue;
      reached.add(it.name);
      for (const word of it.words) {
        const next = own.get(word) ?? declared.get(own.has(it.name) ? sharedName(word) : word);
        if (next) open.push(next);
      }
    }
    expect(reached.size).toBeGreaterThan(50);
    expect([...reached].filter((name) => /^[A-Z]/.test(name) && !named.has(name)).sort()).toEqual([]);
  });

  test('each value that is declared is there, and no other', async () => {
    const values = [...(sharedText + text).matchAll(/^(?:export )?declare (?:function|const|class) ([\w$]+)/gm)].map(
      ([, name]) => name!,
    );
    const names = [...listOf(text, 'export')].filter(([, inner]) =>
      values.includes(own.has(inner) ? inner : (sharedExports.get(imported.get(inner) ?? '') ?? inner)),
    );
    const module = (await import(/* @vite-ignore */ pathToFileURL(`dist/${entry}.js`).href)) as object;
    expect(Object.keys(module).sort()).toEqual(names.map(([outer]) => outer).sort());
  });

  test('imports nothing but what is shared', () => {
    const targets = [...(text + sharedText).matchAll(/from ["']([^"']+)["']|import\(/g)].map(([, target]) => target);
    expect(targets).toEqual(['./shared.js']);
  });
});
