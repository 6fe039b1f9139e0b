import { resolve } from 'node:path';
import type { Model } from '../model/index.ts';
import { command } from './lib/command.ts';
import { build, builder, format, paths, words } from './lib/options.ts';
import { UsageError } from './lib/terminal.ts';

/** Prints which steps a change runs again; without one, which steps typical changes do; with --rewrite, the order that runs less again. */
export const cache = command({
  usage: 'cache [path..]',
  describe: 'Show which steps run again after a change, by default after typical ones',
  positionals: { path: paths('Dockerfile') },
  options: {
    ...build,
    changed: words('Path in the build context that changed; repeatable'),
    arg: words('Build argument whose value changed; repeatable'),
    since: { type: 'string', describe: 'Git commit that was built last, with its cache still there' },
    rewrite: { type: 'boolean', default: false, describe: 'Print a cheaper order of the instructions as a diff' },
    write: { type: 'boolean', default: false, describe: 'With --rewrite, write the cheaper order to the file' },
    history: { type: 'boolean', default: true, describe: 'Use git history to see how often files change' },
    builder,
    format,
  },
  async run(args, terminal, work) {
    if (args.rewrite) return work.rewriteFiles(args, terminal);
    if (args.write) throw new UsageError('--write needs --rewrite');
    const { changed, arg, since, builder, format } = args;
    const { files, failures } = await work.analyzeFiles(args, terminal);
    for (const { path, model } of files)
      for (const name of arg.filter((it) => !declares(model, it)))
        terminal.complain(`dflint: ${path}: there is no ARG ${name}`);
    if (since !== undefined) {
      const compared = await work.compareFiles(files, { ...args, since }, terminal);
      const all = [...failures, ...compared.failures];
      return work.show(work.cacheChangeScreen(compared.rows), { format, failures: all }, terminal);
    }
    if (changed.length + arg.length > 0) {
      const rows = files.map((file) => work.changeRows(file, { changed, args: arg }, builder));
      return work.show(work.cacheChangeScreen(rows), { format, failures }, terminal);
    }
    // what starts processes is loaded only here
    const { lastCommits } = await import('./lib/git.ts');
    const commits = args.history && files.length > 0 ? lastCommits(resolve(terminal.cwd, args.context)) : [];
    const tables = files.map((file) => work.tableRows(file, commits, builder));
    return work.show(work.cacheTableScreen(tables), { format, failures }, terminal);
  },
});

const declares = ({ globals, stages }: Model, name: string): boolean =>
  [...globals, ...stages.flatMap(({ steps }) => steps)].some(
    ({ instruction }) => instruction.kind === 'Arg' && instruction.pairs.some((pair) => pair.name.text === name),
  );
