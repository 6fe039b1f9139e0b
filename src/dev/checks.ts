import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from '../../grammar/index.ts';
import { callDocker, docker, renamed } from '../../test/builder/docker.ts';
import { enable, type Preset } from '../config/presets.ts';
import { lint } from '../engine/lint.ts';
import type { Rule } from '../engine/rule.ts';
import { analyze } from '../model/index.ts';
import { position } from '../text/lines.ts';

/** What `docker build --check` and preset buildkit say of the same file: each `line rule`, and a sentence where it does not build. */
export interface Compared {
  readonly both: readonly string[];
  readonly docker: readonly string[];
  readonly dflint: readonly string[];
}

/** The image that stands for each that a file names; nothing of it is looked at. */
const IMAGE = 'dflint-check:image';

export interface Checker {
  compare(text: string): Promise<Compared>;
  dispose(): void;
}

/** Makes the image and a folder for the files. */
export async function makeChecker(rules: readonly Rule[]): Promise<Checker> {
  const folder = mkdtempSync(join(tmpdir(), 'dflint-checks-'));
  writeFileSync(join(folder, 'image'), 'FROM scratch\nLABEL dflint-check=image\n');
  await docker(['build', '--quiet', '--tag', IMAGE, '--file', join(folder, 'image'), folder]);
  return {
    async compare(text) {
      const path = join(folder, 'Dockerfile');
      writeFileSync(
        path,
        renamed(text, analyze(parse(text).ast), () => IMAGE),
      );
      const atInstruction = byInstruction(text);
      // it fails where the file does not build
      const { out } = await callDocker(['buildx', 'build', '--call=check,format=json', '--file', path, folder]);
      const { warnings, error } = readCheck(out);
      const theirs = new Set([...warnings.map(atInstruction), ...(error && error !== UNFETCHED ? [error] : [])]);
      const { named, isRefused } = found(text, rules);
      const ours = new Set([
        ...named.map(atInstruction),
        ...(isRefused && error !== UNFETCHED ? [error ?? REFUSED] : []),
      ]);
      return {
        both: [...ours].filter((it) => theirs.has(it)),
        docker: [...theirs].filter((it) => !ours.has(it)),
        // where docker stops, it looks at nothing more
        dflint: error ? [] : [...ours].filter((it) => !theirs.has(it)),
      };
    },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Puts a finding on the first line of its instruction, in which each of the two has a place of its own. */
function byInstruction(text: string): (found: string) => string {
  const { instructions, lines } = parse(text).ast;
  const starts = instructions.map(({ span }) => position(lines, span.start).line);
  return (found) => {
    const [, line, name] = /^(\d+) (.*)$/.exec(found)!;
    return `${starts.findLast((it) => it <= Number(line)) ?? line} ${name}`;
  };
}

/** The rules that report what BuildKit refuses. */
const refusals = new Set(
  `syntax-error broken-expansion invalid-mount impossible-port invalid-mode invalid-signal invalid-image-name
  remote-copy-source unknown-copy-source invalid-checksum invalid-platform copy-from-own-stage no-stage`.split(/\s+/),
);

interface Told {
  readonly location?: { readonly ranges?: readonly { readonly start: { readonly line: number } }[] };
}

const REFUSED = 'does not build';
/** Its FROM names an image only with a build argument. */
const INCOMPLETE = 'does not build without an argument for FROM';
const UNFETCHED = 'an image that is not there';

/** What `docker build --check` says: each warning as `line rule`, and why the file does not build. */
function readCheck(out: string): { readonly warnings: readonly string[]; readonly error: string | undefined } {
  const { warnings, buildError } = JSON.parse(out) as {
    readonly warnings: readonly (Told & { readonly ruleName: string })[] | null;
    readonly buildError?: { readonly message: string };
  };
  const line = ({ location }: Told): number => location?.ranges?.[0]?.start.line ?? 0;
  const { message = '' } = buildError ?? {};
  const error = /failed to resolve source metadata/.test(message)
    ? UNFETCHED
    : /should not be blank|failed to parse (?:stage name|platform)/.test(message)
      ? INCOMPLETE
      : REFUSED;
  return {
    warnings: (warnings ?? []).map((it) => `${line(it)} ${it.ruleName}`),
    error: buildError && error,
  };
}

/** The names that BuildKit gives, with the lines of the words, and whether it refuses the file. */
function found(
  text: string,
  rules: readonly Rule[],
): { readonly named: readonly string[]; readonly isRefused: boolean } {
  const of = (preset: Preset) => lint(text, enable(rules, preset));
  const { diagnostics, lines } = of('buildkit');
  const named = diagnostics.flatMap(({ aliases, span }) =>
    aliases.filter((it) => !/^(?:DL|SC)\d/.test(it)).map((it) => `${position(lines, span.start).line} ${it}`),
  );
  const isRefused = of('recommended').diagnostics.some(
    ({ rule, severity }) => severity === 'error' && refusals.has(rule),
  );
  return { named, isRefused };
}
