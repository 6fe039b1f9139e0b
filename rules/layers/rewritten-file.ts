import { baseName, dockerfile, type Finding, flagOf, type Model, rule, type Waste } from '../../src/engine/rule.ts';
import { ecosystems } from '../../src/knowledge/project/ecosystems/index.ts';
import { isScript, isSmallFile } from './lib/small-files.ts';
import { type Again, allCame, amount, bytesOf, isDownload, origin, paths, wasteByCommand } from './lib/wastes.ts';

/** Below this, in bytes, a second copy is no waste that anyone would ask about. */
const SMALL = 100_000;

export default rule({
  id: 'rewritten-file',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'A file in an earlier layer is written again.',
  why: `
    The image stores both versions, but a container sees only the later one. Small files are reported only in strict; a
    manifest that is copied before the rest of the project is not reported. Stages whose layers do not ship are not judged.
  `,
  instead: 'Write the final version of the file once, or put both commands into one RUN.',
  url: 'https://docs.docker.com/build/building/best-practices/#run',
  examples: {
    'downloaded twice': dockerfile`
      FROM debian:12
      RUN curl -fsSLo /usr/local/bin/tool https://example.com/tool-1
      RUN curl -fsSLo /usr/local/bin/tool https://example.com/tool-2
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    'a file copied over another': dockerfile`
      FROM eclipse-temurin:21-jre
      COPY target/app.jar /srv/app.jar
      COPY target/app-all.jar /srv/app.jar
           ~~~~~~~~~~~~~~~~~~
    `,
    'a manifest copied before the rest': dockerfile`
      FROM node:22
      WORKDIR /app
      COPY package.json package-lock.json ./
      RUN npm ci
      COPY . .
    `,
    'in one layer': dockerfile`
      FROM debian:12
      RUN curl -fsSLo /opt/tool https://example.com/tool && sed -i s/a/b/ /opt/tool
    `,
  },
  visit: {
    File: (model) => wasteByCommand(model, isRewritten).flatMap((it) => finding(it, model)),
  },
});

const isRewritten = (waste: Waste): boolean =>
  (waste.kind === 'rewritten' || (waste.kind === 'changed' && isEdit(waste))) &&
  waste.written.effect.means !== 'folder' &&
  waste.written.effect.means !== 'link' &&
  !isAhead(waste) &&
  !isLine(waste) &&
  !mayBeFolder(waste);

/** `sed -i` of this very file; what tools change in the folders of the system is theirs. */
const isEdit = ({ again: { effect } }: Waste): boolean => effect.means === 'edit' && !effect.deep;

/** A few lines that a command writes and another adds to. */
const isLine = ({ written: { effect }, bytes }: Waste): boolean =>
  (effect.means === 'redirect' || effect.means === 'file') && !isDownload(effect) && (bytes ?? 0) < SMALL;

/** `COPY a.txt /app` writes to a folder if there is one; a name without an ending does not tell. */
const mayBeFolder = ({ path, written, again }: Waste): boolean =>
  !baseName(path).includes('.') &&
  [written, again].some(({ effect: { means } }) => means === 'copy' || means === 'file' || means === 'move') &&
  again.effect.kind === 'write';

/** Whether a file is copied by its name before the folder that it is in, for an install between them. */
function isAhead({ path, written, again, bytes }: Waste): boolean {
  if (written.effect.means !== 'copy' || again.effect.means !== 'copy') return false;
  const name = baseName(path);
  if (manifests.has(name) || !written.step.stage) return true;
  return (again.effect.deep || again.effect.path !== path) && (bytes === undefined || bytes < SMALL);
}

const manifests: ReadonlySet<string> = new Set(
  ecosystems.flatMap((it) => [...it.manifests, ...it.locks, ...it.inputs.map(({ pattern }) => pattern)]),
);

function finding(it: Again, model: Model): Finding[] {
  const { at, wastes } = it;
  const [first] = wastes;
  const bytes = bytesOf(wastes);
  const small = bytes === undefined ? wastes.every(isSmall) : bytes < SMALL;
  const changed = first.kind === 'changed';
  const verb = changed ? 'changes' : 'overwrites';
  return [
    {
      at,
      related: first.written.effect.at,
      ...(small && { preset: 'strict' as const }),
      message: `This ${verb} ${paths(wastes)}${amount(wastes)}, ${origin(wastes, model)}: both versions ship.`,
      ...adviceFor(it, changed),
    },
  ];
}

/** What to do where it is not two commands of RUNs that meet. */
function adviceFor({ step, wastes }: Again, changed: boolean): Pick<Finding, 'instead'> {
  const byRun = step.instruction.kind === 'Run';
  if (allCame(wastes, 'made')) return byRun ? {} : { instead: 'Write only the final version of the file.' };
  if (allCame(wastes, 'fetched') && changed) return { instead: 'Download and change the file in one RUN.' };
  if (!allCame(wastes, 'copied', 'part')) return { instead: 'Write only the final version of the file.' };
  return {
    instead: changed
      ? 'Change the file before it is copied, or bind-mount it (--mount=type=bind) and let this RUN write the changed version to its place.'
      : 'Leave out the first version, or bind-mount it (--mount=type=bind) if a RUN needs it.',
  };
}

/** What is copied by its name and no program, or a script. */
const isSmall = ({ path, written: { step, effect } }: Waste): boolean => {
  if (isDownload(effect)) return isScript(path);
  const built = flagOf(step.instruction, 'from') !== undefined;
  return (effect.means === 'copy' || effect.means === 'move') && isSmallFile(path, built);
};
