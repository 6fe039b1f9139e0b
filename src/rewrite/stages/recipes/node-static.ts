import { absoluteIn } from '../../../model/stages/folder.ts';
import { isBelow } from '../../../text/path.ts';
import { plainBase } from '../base.ts';
import type { Parts } from '../recipe.ts';
import type { View } from '../view.ts';
import { Obstacle, type Work } from '../work.ts';

/** Sites that are built with Node.js, and sent by something else. */

const servers = /^(?:nginx|caddy|httpd|apache2(?:ctl)?|apachectl|lighttpd)$/;

/** A server of static files that no program of Node.js is: what is built is copied to it. */
export function behindServer(view: View, works: readonly Work[], project: readonly string[]): Parts | undefined {
  const { programs } = view.start;
  if (programs.length === 0 || !programs.every(({ name }) => servers.test(name))) return undefined;
  const base = plainBase(view.system);
  if (base === undefined)
    throw new Obstacle(view.stage.from.span.start, 'the distribution of the base image is not known');
  const outputs = works.flatMap((it) => it.outputs);
  const named = namedFolders(view, project);
  if (outputs.length === 0 && named.length === 0)
    throw new Obstacle(view.stage.from.span.start, 'which files the server sends is not known');
  return {
    base,
    takes: named.map((it) => ({ from: it, to: it, isFolder: true, what: 'the built site' })),
    project: 'none',
    runs: servers,
    leaves: ['Node.js', 'the dependencies', 'the sources'],
  };
}

/** Folders of the project that settings of the server name. */
function namedFolders({ context, stage, model }: View, project: readonly string[]): string[] {
  const texts = [
    ...(context
      ?.files()
      .filter(({ path }) => /nginx|Caddyfile|httpd|\.conf$/.test(path))
      .map(({ path }) => context.read(path) ?? '') ?? []),
    ...stage.steps.flatMap(({ instruction: { span, kind } }) =>
      kind === 'Copy' || kind === 'Run' ? [model.file.text.slice(span.start, span.end)] : [],
    ),
  ];
  const found = texts.flatMap((text) =>
    [...text.matchAll(/\b(?:root|alias|DocumentRoot)\s+"?\*?\s*(\/[^\s;"']+)/g)].map(([, path]) =>
      path!.replace(/\/+$/, ''),
    ),
  );
  return [...new Set(found.filter((path) => project.some((it) => path !== it && isBelow(path, it))))];
}

/** `serve -s build`, `http-server dist`: a program that is installed for all, and the folder that it sends. */
export function servedBy(view: View, project: readonly string[], base: string): Parts | undefined {
  const [program] = view.start.programs;
  if (!program || !fileServers.test(program.name) || program.path !== undefined) return undefined;
  const isInstalled = view.steps.some(({ operations }) =>
    operations.some(
      (it) =>
        (it.flags.has('global') || it.command.args[0]?.text === 'global') &&
        it.packages.some(({ name }) => name === program.name),
    ),
  );
  const folder = program.args
    .map((it) =>
      /^[\w./-]+$/.test(it) && !it.startsWith('-') && !/^\d+$/.test(it) ? absoluteIn(view.home, it) : undefined,
    )
    .find((it) => it !== undefined);
  if (!isInstalled || folder === undefined || !project.some((it) => folder !== it && isBelow(folder, it)))
    return undefined;
  return {
    base,
    takes: [{ from: folder, to: folder, isFolder: true, what: 'the built site' }],
    project: 'none',
    runs: /^(?:serve|http-server|sirv|superstatic|node)$/,
    leaves: ['the dependencies', 'the sources'],
  };
}
const fileServers = /^(?:serve|http-server|sirv|superstatic)$/;
