#!/usr/bin/env node
import * as module from 'node:module';
import { run } from './commands/lib/arguments.ts';
import { defaultsOf, nameOf } from './commands/lib/command.ts';
import { processTerminal } from './commands/lib/terminal.ts';
import { version } from './commands/lib/version.ts';
import { commands, lint } from './commands/table.ts';

(module as { enableCompileCache?: () => void }).enableCompileCache?.();

/** A command line of nothing but paths needs no option parser, and most are that: a file, or what pre-commit passes. */
const isPlain = (words: readonly string[]): boolean =>
  words.length > 0 &&
  words.every((word) => word === '-' || (word !== '' && !word.startsWith('-'))) &&
  commands.every((it) => nameOf(it) !== words[0]);

async function main(words: readonly string[]): Promise<number> {
  try {
    process.cwd();
  } catch {
    throw new Error('the working directory is not there any more');
  }
  if (words.length === 1 && (words[0] === '--version' || words[0] === '-v')) {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  if (!isPlain(words)) return run(words, commands);
  return lint.run({ ...defaultsOf(lint), path: [...words] }, processTerminal(), await import('./commands/lib/work.ts'));
}

/** Said in lines without control characters; a stack is of use to us only, and asked for. */
function fail(error: Error): void {
  const stack = process.env['DFLINT_DEBUG'] && error.stack;
  process.stderr.write(`${safe(stack || `dflint: ${error.message}`)}\n`);
  process.exitCode = 2;
}

const safe = (text: string): string => text.replaceAll(/[^\P{Cc}\n\t]/gu, '\ufffd');

// a reader that closes the pipe early is no error of ours; a full disk is
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  fail(new Error(`the output could not be written: ${error.code}`));
  process.exit();
});

main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
}, fail);
