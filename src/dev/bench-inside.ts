import { parse, print } from '../../grammar/index.ts';
import { lexerFor } from '../../grammar/lexer.ts';
import { readLines } from '../../grammar/lines.ts';
import { allRules } from '../../rules/index.ts';
import { enable } from '../config/presets.ts';
import { lint } from '../engine/lint.ts';
import { dockerfiles } from './files.ts';

/** The part of the benchmark that runs inside one process. */
const folder = process.argv[2]!;
const files = dockerfiles(folder);
const megabytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) / 1e6;
const enabled = enable(allRules, 'recommended');
const lexers = { '\\': lexerFor('\\'), '`': lexerFor('`') };

const subjects: Record<string, (text: string) => unknown> = {
  lines: (text) => readLines(text),
  'lines and tokens': (text) => {
    const lines = readLines(text);
    return lexers[lines.escape].tokenize(lines.source.text);
  },
  parse: (text) => parse(text),
  'parse and print': (text) => print(parse(text).ast),
  lint: (text) => lint(text, enabled, { rules: allRules }),
};

console.log(`${files.length} files, ${megabytes.toFixed(2)} MB; warm, median of 7 passes after 3`);
for (const [name, work] of Object.entries(subjects)) {
  const passes: number[] = [];
  for (let pass = 0; pass < 10; pass++) {
    const start = performance.now();
    for (const { text } of files) work(text);
    passes.push(performance.now() - start);
  }
  const time = passes.slice(3).sort((a, b) => a - b)[3]!;
  const perFile = (time / files.length).toFixed(3);
  const rate = `${Math.round((files.length / time) * 1000)} files/s, ${((megabytes / time) * 1000).toFixed(1)} MB/s`;
  console.log(`  ${name.padEnd(18)} ${perFile} ms a file, ${rate}`);
}

const generated: Record<string, (size: number) => string> = {
  'long continuations': (size) => `FROM a\nRUN x${' \\\n  && echo hello world # no'.repeat(size / 28)}\n`,
  'continued ENV': (size) => `FROM a\nENV a=1${' \\\n  # note\n  abc="d e"'.repeat(size / 26)}\n`,
  instructions: (size) =>
    `FROM a\n${'RUN echo a very plain command\nENV NAME=value OTHER="a b"\nCOPY --from=0 one two /three/\n'.repeat(size / 87)}`,
  'here-documents': (size) => `FROM a\n${'RUN <<EOF\necho a\nEOF\n'.repeat(size / 21)}`,
  'nested variables': (size) => `FROM a\nENV X=${'${a:-\\\n'.repeat(size / 8)}x${'}'.repeat(size / 8)}\n`,
  'one long quoted word': (size) => `FROM a\nLABEL x="${'a b \\\n'.repeat(size / 6)}"\n`,
};
console.log('\nParsing of generated files: 1 MB, 10 MB, and how many times longer the second takes');
for (const [name, make] of Object.entries(generated)) {
  const times = [1e6, 1e7].map((size) => {
    const text = make(size);
    const runs = Array.from({ length: size > 1e6 ? 1 : 3 }, () => {
      const start = performance.now();
      const { ast } = parse(text);
      const time = performance.now() - start;
      if (print(ast) !== text) throw new Error(`${name}: printed otherwise`);
      return time;
    });
    return Math.min(...runs);
  });
  const [small, large] = times as [number, number];
  console.log(
    `  ${name.padEnd(22)} ${small.toFixed(0).padStart(6)} ms ${large.toFixed(0).padStart(7)} ms  × ${(large / small).toFixed(1)}`,
  );
}
