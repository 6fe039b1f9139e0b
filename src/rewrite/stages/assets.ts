import type { ContextFile } from '../../model/context/context.ts';
import { isTransfer } from '../../model/files/takes.ts';
import type { Step } from '../../model/model.ts';
import { literal } from '../../text/glob.ts';
import { baseName, below, isBelow } from '../../text/path.ts';
import type { View } from './view.ts';

/** More text than this is not searched; then nothing is known of what a program reads. */
const MOST_FILES = 1500;
const MOST_TEXT = 8_000_000;

/** Files of a project that no program reads when it runs, in any language. */
const idle =
  /(?:^|\/)(?:\.git|\.github|\.gitlab|\.circleci|\.vscode|\.idea|node_modules|__pycache__)(?:\/|$)|(?:^|\/)(?:\.gitignore|\.gitattributes|\.dockerignore|\.editorconfig|\.gitlab-ci\.yml|\.travis\.yml|Jenkinsfile|Makefile|GNUmakefile|LICENSE[^/]*|LICENCE[^/]*|COPYING[^/]*|NOTICE[^/]*|AUTHORS[^/]*|CONTRIBUTORS[^/]*|CHANGELOG[^/]*|CODEOWNERS|[Dd]ockerfile[^/]*|[^/]*\.[Dd]ockerfile|Containerfile[^/]*|(?:docker-)?compose[^/]*\.ya?ml|[^/]*\.md|[^/]*\.adoc|[^/]*\.rst)$/;

/** What the texts of the project, of the file and of its scripts say. */
export interface Texts {
  /** Whether some of them names a word: a program, a file. */
  mentions(word: string): boolean;
  /** Whether a script names a program, or some code starts it. */
  starts(program: string): boolean;
  /** Whether the sources start a program; scripts, which may only build, are left out. */
  calls(program: string): boolean;
  /** Whether the sources read a folder that they do not name: the one in which they run. */
  readonly isOpen: boolean;
  /** Whether all that may name it could be read. */
  readonly isWhole: boolean;
}

/** The files that steps copy into the project, by their places in the image. */
export function landedIn(steps: readonly Step[], project: readonly string[]): Map<string, ContextFile> | undefined {
  const found = new Map<string, ContextFile>();
  for (const { instruction, takes } of steps) {
    if (!isTransfer(instruction)) continue;
    for (const { origin, landed, copied, target } of takes) {
      if (
        origin.kind !== 'context' ||
        (target !== undefined && !project.some((it) => isBelow(target, it) || isBelow(it, target)))
      )
        continue;
      if (!copied || copied.missing.length > 0) return undefined;
      for (const [path, file] of landed) found.set(path, file);
    }
  }
  return found;
}

/** What is written in the sources of the context, in ENV and in what starts. */
export function textsOf({ context, stage, model }: View, sources: RegExp): Texts {
  const started = stage.allSteps
    .filter(({ instruction: { kind } }) => telling.has(kind))
    .map(({ instruction: { span } }) => ({
      isScript: true,
      isSource: false,
      text: model.file.text.slice(span.start, span.end),
    }));
  const files =
    context?.files().filter(({ path }) => isMakefile(path) || (isText(path, sources) && !idle.test(path))) ?? [];
  const fits = files.length <= MOST_FILES && files.reduce((sum, { size }) => sum + size, 0) <= MOST_TEXT;
  const read = (fits ? files : []).map(({ path }) => ({ path, text: context!.read(path) }));
  const texts = [
    ...started,
    ...read.flatMap(({ path, text }) =>
      text === undefined
        ? []
        : {
            isScript: /\.(?:sh|bash)$/.test(path) || text.startsWith('#!'),
            isSource: sources.test(path) && !isTest(path),
            text: saidIn(path, text),
          },
    ),
  ];
  return {
    isWhole: context !== undefined && fits && read.every(({ text }) => text !== undefined),
    mentions: (word) => texts.some(({ text }) => namesWord(text, word)),
    calls: (program) => texts.some(({ text, isSource }) => isSource && startsIn(text, program)),
    isOpen: texts.some(({ text, isSource }) => isSource && opensAll.test(text)),
    starts: (program) =>
      texts.some(({ text, isScript }) => (isScript ? namesWord(text, program) : startsIn(text, program))),
  };
}

/** What a file says of others. */
function saidIn(path: string, text: string): string {
  if (isMakefile(path)) return definitions(text);
  // its keys are words of npm
  return /(?:^|\/)package\.json$/.test(path) ? text.replace(/"[\w:@/.-]+"[ \t]*:/g, '') : withoutImports(text);
}

const telling: ReadonlySet<string> = new Set(['Cmd', 'Entrypoint', 'Healthcheck', 'Env']);

const isTest = (path: string): boolean => /(?:^|\/)(?:tests?|testdata)\/|_test\.\w+$/.test(path);
const isMakefile = (path: string): boolean => /(?:^|\/)(?:GNU)?[Mm]akefile$/.test(path);
/** Of a Makefile, what it gives to the sources: `-DDATA=\"share\"`. */
const definitions = (text: string): string =>
  text
    .split('\n')
    .filter((it) => /(?:^|\s)-D|-X /.test(it))
    .join('\n');

/** `http.Dir(".")`, `read_dir("./")`, `glob("*.txt")`. */
const opensAll =
  /(?:Dir|FS|Walk|Glob|glob|dir|walk|iterator|Files|File|of|get|opendir|static|Static|path|Path|new)\(\s*["'](?:\.{1,2}\/?|(?:\.\/)?\*[^"']*)["']/;

/** `exec.Command("git", …)`, `subprocess.run(['git'`, `system("git …")`. */
const startsIn = (text: string, program: string): boolean =>
  text.includes(program) &&
  new RegExp(
    `(?:exec|spawn|system|popen|shell|Popen|Command|run|call|check_output|ProcessBuilder)[^\\n]{0,40}["'\`]${literal(program)}(?![\\w-])`,
  ).test(text);

const isText = (path: string, sources: RegExp): boolean =>
  sources.test(path) ||
  /\.(?:sh|bash|json|ya?ml|toml|ini|conf|cfg|properties|env|js|ts|py|rb|php|xml)$/.test(path) ||
  !/\./.test(baseName(path));

/** Lines that are nothing but a quoted path, as Go imports, and what a compiler takes in, are no reading at run time. */
const withoutImports = (text: string): string =>
  text.replace(
    /^[ \t]*\/\/go:embed.*$|^[ \t]*(?:import[ \t]+)?(?:[\w.]+[ \t]+)?"[^"\n]+"[ \t]*;?$|^[ \t]*#include.*$|\binclude(?:_str|_bytes)?!\([^)]*\)/gm,
    '',
  );

const namesWord = (text: string, word: string): boolean =>
  text.includes(word) && new RegExp(`(?<![\\w-])${literal(word)}(?![\\w-])`).test(text);

/** Libraries look for `config` with any ending, and modules of JavaScript are named without theirs. */
const stemOf = (name: string): string => (/^config[.-]/.test(name) ? 'config' : name.replace(/\.[cm]?js$/, ''));
/** Libraries that read `.env` need no name for it. */
const isEnvironment = (name: string, mentions: (word: string) => boolean): boolean =>
  /^\.env(?:\.|$)/.test(name) && ['godotenv', 'dotenv', 'dotenvy', 'Dotenv'].some(mentions);

/** A file or folder of the context, by its place below the project. */
export interface Asset {
  /** From the root of the context. */
  readonly source: string;
  readonly to: string;
  readonly isFolder: boolean;
}

/** What a recipe knows of files. */
interface Implied {
  readonly sources: RegExp;
  readonly implicit?: RegExp;
}

/** The files of the project that a program may read: those that are no sources, and are named in some text. */
export function assetsOf(
  landed: ReadonlyMap<string, ContextFile>,
  folder: string,
  { sources, implicit }: Implied,
  { mentions }: Texts,
): Asset[] {
  const groups = new Map<string, { base: string; first: string; files: [place: string, ContextFile][] }>();
  for (const [place, file] of landed) {
    if (!isBelow(place, folder)) continue;
    // the context may lie below it: `COPY . /go/src/app`, built in /go
    const root = place.endsWith(`/${file.path}`) ? place.slice(0, -file.path.length - 1) || '/' : folder;
    const base = isBelow(root, folder) ? root : folder;
    const first = below(place, base).split('/')[0]!;
    const to = `${base === '/' ? '' : base}/${first}`;
    const group = groups.get(to) ?? { base, first, files: [] };
    group.files.push([place, file]);
    groups.set(to, group);
  }
  return [...groups].flatMap(([to, { base, first, files }]): Asset[] => {
    const kept = files.filter(([, { path }]) => !sources.test(path) && !idle.test(`/${path}`));
    const isRead =
      implicit?.test(first) === true ||
      [first, ...kept.map(([, { path }]) => baseName(path))].some(
        (it) => mentions(it) || mentions(stemOf(it)) || isEnvironment(it, mentions),
      );
    if (kept.length === 0 || !isRead) return [];
    const [place, file] = files[0]!;
    const isFolder = below(place, base) !== first;
    const rest = below(place, to);
    const source = isFolder ? file.path.slice(0, file.path.length - rest.length - 1) : file.path;
    return [{ source, to, isFolder }];
  });
}
