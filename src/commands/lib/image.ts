import { resolve } from 'node:path';
import type { Failure } from '../../engine/diagnostic.ts';
import { visible } from '../../report/layout.ts';
import { imageScreen } from '../../report/screens/image.ts';
import type { Analyzed } from '../../report/screens/model.ts';
import type { Screen } from '../../report/screens/screen.ts';
import { analyzeFiles, type BuildArguments } from './analyze.ts';
import { show } from './show.ts';
import { type Terminal, UsageError } from './terminal.ts';

export interface ImageArguments extends BuildArguments {
  /** A file or a folder. */
  readonly image: string;
  readonly format: string;
}

/** Prints the layers that an image archive has, beside the lines of a Dockerfile where one is named. 0, or 2 where one cannot be read. */
export async function showImage(args: ImageArguments, terminal: Terminal): Promise<number> {
  if (args.path.length > 1) throw new UsageError('--image takes only one Dockerfile');
  const { files, failures } = args.path.length > 0 ? await analyzeFiles(args, terminal) : { files: [], failures: [] };
  if (files.length > 1) throw new UsageError(`--image takes only one Dockerfile; ${args.path[0]} has several`);
  const { screen, failure } = failures.length > 0 ? none : await read(args.image, files[0], terminal);
  return show(screen, { format: args.format, failures: failure ? [failure] : failures }, terminal);
}

const none: { readonly screen: Screen; readonly failure?: Failure } = {
  screen: { json: () => ({ files: [] }), text: () => '' },
};

async function read(archive: string, file: Analyzed | undefined, { cwd }: Terminal): Promise<typeof none> {
  // what reads archives is loaded only here
  const { ImageError, matchImage, readImage } = await import('../../image/index.ts');
  try {
    const image = await readImage(resolve(cwd, archive), { platform: hostPlatform() });
    const match = file && matchImage(image, file.model);
    return { screen: imageScreen(archive, image, match && { file, match }) };
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    return { ...none, failure: { path: archive, message: visible(error.message) } };
  }
}

/** What docker would run here: containers are Linux also on other systems. */
const hostPlatform = (): string => `linux/${process.arch === 'x64' ? 'amd64' : process.arch}`;
