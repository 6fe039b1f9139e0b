#!/usr/bin/env node
import * as module from 'node:module';

(module as { enableCompileCache?: () => void }).enableCompileCache?.();

/** A command line of nothing but paths needs no option parser, and most are that: a file, or what pre-commit passes. */
const isPlain = (words: readonly string[]): boolean =>
  words.length > 0 &&
  words.every((word) => word === '-' || (word !== '' && !word.startsWith('-'))) &&
  !commands.has(words[0]!);
const commands = new Set(['layers', 'cache', 'stages', 'parse', 'explain', 'rules', 'init']);

async function main(words: readonly string[]): Promise<number> {
  if (words.length === 1 && (words[0] === '--version' || words[0] === '-v')) {
    const { version } = await import('./commands/version.ts');
    process.stdout.write(`${version}\n`);
    return 0;
  }
  if (!isPlain(words)) {
    const { run } = await import('./commands/arguments.ts');
    return run(words);
  }
  const { lintCommand, lintDefaults, processTerminal } = await import('./commands/index.ts');
  return lintCommand({ ...lintDefaults, paths: words }, processTerminal());
}

// a reader that closes the pipe early is no error of ours
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    process.stderr.write(`dflint: ${error.name === 'UsageError' ? error.message : (error.stack ?? error.message)}\n`);
    process.exitCode = 2;
  },
);
