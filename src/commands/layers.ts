import { command } from './lib/command.ts';
import { build, builder, format, paths } from './lib/options.ts';

/** Prints what each instruction adds to the image and what several images share, or what an image archive has. */
export const layers = command({
  usage: 'layers [path..]',
  describe: 'Show what each instruction adds to the image',
  positionals: { path: paths('Dockerfile') },
  options: {
    ...build,
    builder,
    format,
    image: { type: 'string', describe: 'Image archive (file or folder) whose layers to show instead' },
  },
  async run(args, terminal, { analyzeFiles, independent, layersScreen, show, showImage }) {
    if (args.image !== undefined) return showImage({ ...args, image: args.image }, terminal);
    const { files, failures } = await analyzeFiles(args, terminal);
    return show(layersScreen(files, args.builder, independent), { format: args.format, failures }, terminal);
  },
});
