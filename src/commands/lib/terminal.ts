import { readFileSync } from 'node:fs';
import type { Paint } from '../../report/paint.ts';
import { noPaint } from '../../report/paint.ts';
import { version } from './version.ts';

/** What a command may do to the world: say things, know its place. Tests hand in another. */
export interface Terminal {
  readonly cwd: string;
  readonly version: string;
  /** In cells; what reports are wrapped to. */
  readonly width: number;
  print(text: string): void;
  complain(line: string): void;
  /** With or without colours; `color: false` of a config counts where the command line does not say. */
  paint(color?: boolean): Promise<Paint>;
  /** All of standard input, as bytes. */
  input(): Buffer;
  environment(name: string): string | undefined;
}

/** What the person at the keyboard has to correct; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Colours follow the terminal, NO_COLOR, FORCE_COLOR and `--color`; chalk is loaded only where there are any. */
export function processTerminal(color?: boolean): Terminal {
  const { env, stdout } = process;
  const forced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0' && env['FORCE_COLOR'] !== 'false';
  const coloured = color ?? (env['NO_COLOR'] ? false : forced || (stdout.isTTY === true && env['TERM'] !== 'dumb'));
  return {
    cwd: process.cwd(),
    version,
    width: Math.min(stdout.columns ?? 100, 120),
    print: (text) => void stdout.write(text),
    complain: (line) => void process.stderr.write(`${line}\n`),
    paint: async (configured) => (coloured && (color ?? configured ?? true) ? chalkPaint() : noPaint),
    input: () => readFileSync(0),
    environment: (name) => env[name],
  };
}

async function chalkPaint(): Promise<Paint> {
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: 1 });
  return {
    error: (text) => chalk.red.bold(text),
    warning: (text) => chalk.yellow(text),
    info: (text) => chalk.cyan(text),
    style: (text) => chalk.magenta(text),
    bold: (text) => chalk.bold(text),
    dim: (text) => chalk.dim(text),
  };
}
