import {
  cachesInLayer,
  dockerfile,
  type Effect,
  emptyingOf,
  type Finding,
  fits,
  flagOf,
  isBelow,
  lineOf,
  type Model,
  removalOf,
  rule,
  type Step,
  type Waste,
} from '../../src/engine/rule.ts';
import { listed, size } from '../lib/words.ts';
import { isLargeFile } from './lib/small-files.ts';
import { allCame, bytesOf, isDownload, origin, paths, wasteByCommand } from './lib/wastes.ts';

export default rule({
  id: 'cleanup-in-later-layer',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'The files removed here still ship in an earlier layer.',
  why: `
    A layer is written when its instruction ends; a later removal only hides the files. They count towards the size of the
    image, and anyone who has the image can read them. Stages whose layers do not ship are not judged.
  `,
  instead:
    'Remove the files in the RUN that creates them, bind-mount them instead of copying them, or create them in a stage that does not ship.',
  url: 'https://docs.docker.com/build/building/best-practices/#run',
  examples: {
    'the package index': dockerfile`
      FROM debian:12
      RUN apt-get update && apt-get install -y --no-install-recommends curl
      RUN rm -rf /var/lib/apt/lists/*
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    'a copied file': dockerfile`
      FROM debian:12
      WORKDIR /tmp
      COPY installer.sh .
      RUN sh installer.sh && rm installer.sh
                             ~~~~~~~~~~~~~~~
    `,
    'packages needed only for the build': dockerfile`
      FROM alpine:3.22
      RUN apk add --no-cache --virtual .build-deps gcc musl-dev
      RUN cc -o /app /src/app.c
      RUN apk del .build-deps
          ~~~~~~~~~~~~~~~~~~~
    `,
    'in the same layer': dockerfile`
      FROM debian:12
      RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
    `,
    'each RUN removes its own index': dockerfile`
      FROM debian:12
      RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
      RUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*
    `,
    'a stage that does not ship': dockerfile`
      FROM debian:12 AS build
      COPY source.tar /src/
      RUN tar -xf /src/source.tar -C /src && rm /src/source.tar
      FROM scratch
      COPY --from=build /src/app /app
    `,
  },
  visit: {
    File: (model) => [...removedFiles(model), ...removedPackages(model)],
  },
});

/** Files by what is known of them; the caches of package managers by what their commands leave. */
function removedFiles(model: Model): Finding[] {
  const found = new Map<number, Finding>();
  const emptied = new Map<number, Map<string, number[]>>();
  const changes = (model.target?.allSteps ?? []).flatMap(({ effects }) => effects.all.filter(isChange));
  for (const { at, wastes } of wasteByCommand(model, isRemoval)) {
    found.set(at.start, {
      at,
      related: wastes[0].written.effect.at,
      ...(wastes.every(isTrifle) && { preset: 'strict' as const }),
      message: `${paths(wastes)}, ${origin(wastes, model)}, ${fate(wastes)}.`,
      ...(isMove(wastes)
        ? {
            why: 'mv stores the content again in this layer, and the old copy still ships.',
            instead: moveAdvice(wastes),
          }
        : { instead: adviceFor(wastes, changes) }),
    });
  }
  let filled: { readonly path: string; readonly made: Step }[] = [];
  for (const step of model.target?.allSteps ?? []) {
    if (step.instruction.kind !== 'Run') continue;
    for (const { path, made } of filled) {
      const command = removalOf(path, made, step);
      if (!command) continue;
      const start = command.span.start;
      const lines = emptied.get(start) ?? new Map<string, number[]>();
      emptied.set(start, lines.set(path, [...(lines.get(path) ?? []), lineOf(model, made.instruction)]));
      // a rm of several paths is one finding; the cache is the bigger part of it
      const { message, instead } = found.get(start) ?? {};
      const files = message !== undefined && instead !== undefined && { message, instead };
      found.set(start, { at: command.span, related: commandOf(made), ...files });
    }
    // a second command finds nothing there
    filled = filled.filter(({ path, made }) => !emptyingOf(path, made, step));
    const caches = step.operations.flatMap((operation) => cachesInLayer(operation, step));
    filled.push(...[...new Set(caches)].map((path) => ({ path, made: step })));
  }
  return [...found].map(([start, finding]) => {
    const lines = emptied.get(start);
    return lines ? { ...finding, ...emptiedWords(lines, finding) } : finding;
  });
}

/** The words about emptied caches, each with the lines that filled it, after those about the files. */
function emptiedWords(lines: ReadonlyMap<string, readonly number[]>, { message, instead }: Finding): Partial<Finding> {
  const caches = [...lines].map(
    ([path, at]) => `${path}, filled in ${at.length > 1 ? 'lines' : 'line'} ${listed(at.map(String))}`,
  );
  const all = caches.length > 2 ? caches.join('; ') : caches.join(' and ');
  if (message !== undefined)
    return {
      message: `${message.replace(/\.$/, '')}; so do the contents of ${all}.`,
      instead: `${instead} Fill, use and empty ${listed([...lines.keys()])} in one RUN.`,
    };
  return {
    message: `${all}, ${caches.length > 1 ? 'are emptied here, but their' : 'is emptied here, but its'} contents still ship.`,
    instead: `Fill, use and empty ${caches.length > 1 ? 'them' : 'it'} in one RUN, or mount a cache on ${lines.size > 1 ? 'each folder' : 'the folder'}.`,
  };
}

const isMove = (wastes: readonly Waste[]): boolean => wastes[0]?.again.effect.command?.name === 'mv';

const isOne = (wastes: readonly Waste[]): boolean => new Set(wastes.map(({ path }) => path)).size === 1;

/** What to do instead of removing files that came as these did. */
function adviceFor(wastes: readonly Waste[], changes: readonly Effect[]): string {
  const it = isOne(wastes) ? 'it' : 'them';
  if (allCame(wastes, 'made', 'fetched', 'written'))
    return `${makingVerb(wastes)}, use and remove ${it} in one RUN, or use a stage that does not ship.`;
  if (allCame(wastes, 'part')) return `List ${it} in .dockerignore, or bind-mount ${it} into the RUN that needs ${it}.`;
  if (allCame(wastes, 'unpacked'))
    return `Bind-mount the archive (--mount=type=bind), and unpack, use and remove ${it} in one RUN.`;
  return allCame(wastes, 'copied', 'part', 'unpacked')
    ? mountAdvice(wastes, it, changes.filter(isBetween(wastes)))
    : 'Remove what a RUN creates in that RUN and bind-mount what is copied, or use a stage that does not ship.';
}

function mountAdvice(wastes: readonly Waste[], it: string, changes: readonly Effect[]): string {
  // a mounted file cannot be edited
  if (changes.some(({ means }) => means === 'edit')) return `Use ${it} in a stage that does not ship.`;
  const obsolete = obsoleteIn(wastes, it, changes);
  const froms = new Set(wastes.map(({ written }) => flagOf(written.step.instruction, 'from')?.value?.text));
  const [from] = froms;
  // a mount does not know stages by their numbers
  const source = froms.size === 1 && from ? `,from=${/^\d+$/.test(from) ? '…' : from}` : '';
  const mount = `--mount=type=bind${source}`;
  const start = `Bind-mount ${it} into the RUN that uses ${it}`;
  if (wastes.some(mayBeFolder))
    return `${start} (${mount}, with rw if that RUN writes there) instead of copying ${it}, and ${obsolete}; or use a stage that does not ship.`;
  const isScript = wastes.every(({ path }) => /\.(?:ba)?sh$/.test(path));
  const mode = isScript
    ? `; run ${it} with sh or bash`
    : `; set the mode where ${it === 'it' ? 'it comes' : 'they come'} from`;
  return `${start} (${mount}) instead of copying ${it}, and ${obsolete}, as the mount is read-only${changes.length > 0 ? mode : ''}.`;
}

/** What of the commands goes when files are mounted: `leave out chmod and rm`; a removal of others too stays for those. */
function obsoleteIn(wastes: readonly Waste[], it: string, changes: readonly Effect[]): string {
  const { step, effect } = wastes[0]!.again;
  const removal = effect.command?.name ?? 'rm';
  const hasOthers = step.effects.all.some(
    ({ command, kind, path }) =>
      command === effect.command &&
      kind === 'remove' &&
      !wastes.some((of) => fits(path, of.path) || isBelow(of.path, path)),
  );
  const changing = changes.flatMap(({ command }) => command?.name ?? []);
  const gone = [...new Set([...changing, ...(hasOthers ? [] : [removal])])];
  const rest = hasOthers ? [`take ${it} out of ${removal}`] : [];
  return [...(gone.length > 0 ? [`leave out ${listed(gone)}`] : []), ...rest].join(' and ');
}

const mayBeFolder = ({ path, written }: Waste): boolean => written.effect.deep && !/\.[a-z]\w*$/i.test(path);

const makingVerbs = { download: 'Download', clone: 'Clone', extract: 'Unpack' } as const;

function makingVerb(wastes: readonly Waste[]): string {
  const found = new Set(
    wastes.map(({ written: { effect } }) =>
      isDownload(effect) ? 'Download' : makingVerbs[effect.means as keyof typeof makingVerbs],
    ),
  );
  const [verb] = found;
  return found.size === 1 && verb ? verb : 'Create';
}

/** What a bind mount does not allow. */
const isChange = ({ kind }: Effect): boolean => kind === 'change';

/** Whether something is done to one of the files between its copy and its removal. */
const isBetween =
  (wastes: readonly Waste[]) =>
  (it: Effect): boolean =>
    wastes.some(
      ({ path, written, again }) =>
        it.at.start > written.effect.at.start &&
        it.at.start < again.effect.at.start &&
        (fits(it.path, path) || isBelow(it.path, path) || (it.deep && isBelow(path, it.path))),
    );

/** What to do instead of moving files that came as these did. */
function moveAdvice(wastes: readonly Waste[]): string {
  const one = isOne(wastes);
  const place = one ? 'its final place' : 'their final places';
  if (allCame(wastes, 'made'))
    return `Create ${one ? 'it' : 'them'} in ${place}, or move ${one ? 'it in the RUN that creates it' : 'them in the RUN that creates them'}.`;
  if (allCame(wastes, 'fetched')) return `Let ADD write ${one ? 'it' : 'them'} to ${place}.`;
  if (allCame(wastes, 'unpacked')) return `Let ADD unpack the archive in ${place}.`;
  if (allCame(wastes, 'copied', 'part', 'written')) return `Copy ${one ? 'it' : 'them'} to ${place}.`;
  return `Create or copy ${one ? 'it in' : 'them in'} ${place}.`;
}

/** `is deleted here, but its 3.4 MB still ship`. */
function fate(wastes: readonly Waste[]): string {
  const one = isOne(wastes);
  const bytes = bytesOf(wastes);
  const [is, it, its, ships] = one ? ['is', 'it', 'its', 'ships'] : ['are', 'they', 'their', 'ship'];
  if (isMove(wastes)) return `${is} moved here, so ${it} ${ships} twice`;
  return `${is} deleted here, but ${bytes === undefined ? `still ${ships}` : `${its} ${size(bytes)} still ship`}`;
}

/** A folder or a link of its own takes no room, and an install is told by its packages and its cache. */
const isRemoval = ({ kind, written: { effect } }: Waste): boolean =>
  kind === 'removed' && effect.means !== 'folder' && effect.means !== 'link';

/** A few lines that a command wrote for others to read: a setting, a list. */
const isTrifle = ({ path, written: { effect } }: Waste): boolean =>
  (effect.means === 'redirect' || effect.means === 'file') && !isDownload(effect) && !isLargeFile(path);

function removedPackages(model: Model): Finding[] {
  const findings: Finding[] = [];
  const installed = new Map<string, Step>();
  for (const step of model.target?.allSteps ?? []) {
    if (step.instruction.kind !== 'Run') continue;
    for (const { action, packages, command } of step.operations) {
      if (action !== 'remove') continue;
      const named = packages.find(({ name }) => installed.has(name ?? ''));
      const made = named && installed.get(named.name!);
      if (made)
        findings.push({
          at: command.span,
          related: commandOf(made),
          message: `${named.name}, installed in line ${lineOf(model, made.instruction)}, is removed here, but still ships.`,
          instead: 'Install, use and remove it in one RUN, or use it in a stage that does not ship.',
        });
    }
    for (const { action, packages, flags } of step.operations) {
      if (action !== 'install') continue;
      for (const { name } of packages) if (name) installed.set(name, step);
      for (const { value } of flags.get('virtual') ?? []) if (value) installed.set(value.text, step);
    }
    for (const { action, packages } of step.operations)
      if (action === 'remove') for (const { name } of packages) if (name) installed.delete(name);
  }
  return findings;
}

/** The command of a RUN, without the keyword. */
const commandOf = ({ instruction }: Step): Finding['at'] =>
  instruction.kind === 'Run' && instruction.command ? instruction.command : instruction;
