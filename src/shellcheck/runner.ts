import type { Finding } from './finding.ts';

/** A ShellCheck that can be asked. */
export interface Runner {
  /** Which one it is, version included: answers of one are not those of another. */
  readonly version: string;
  /** Whether it knows BusyBox's shell, as ShellCheck does from 0.10 on. */
  readonly busybox: boolean;
  /** How many scripts it takes at a time. */
  readonly slots: number;
  /** Rejects where ShellCheck breaks down; with GaveUp where it takes too long, or where nobody waits any more. */
  check(script: string, limits: Limits): Promise<readonly Finding[]>;
  close(): Promise<void>;
}

export interface Limits {
  /** Milliseconds for one script. */
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
}

/** It is of no use to ask again. */
export class GaveUp extends Error {
  override readonly name = 'GaveUp';
}

/** Rejects after the time, or when nobody waits any more; `stop` is called in both cases. */
export function limited<T>(work: Promise<T>, { timeout, signal }: Limits, stop: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (why: string): void => {
      stop();
      settle();
      reject(new GaveUp(why));
    };
    const abort = (): void => giveUp('it was called off');
    const timer = setTimeout(() => giveUp(`it took longer than ${timeout / 1000} s`), timeout);
    const settle = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    signal?.addEventListener('abort', abort);
    work.finally(settle).then(resolve, reject);
    if (signal?.aborted) abort();
  });
}
