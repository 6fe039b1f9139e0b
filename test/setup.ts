import { bundle } from '../src/dev/bundle.ts';

/** The command line is tested as people get it: bundled. */
export async function setup(): Promise<void> {
  await bundle();
}
