import type { Step, Take } from '../../model/model.ts';
import type { Started } from '../../model/process/program.ts';
import { baseName, isBelow, joined } from '../../text/path.ts';
import type { Draft } from './draft.ts';
import { isProjectCopy, type ProjectFiles } from './files.ts';
import { Obstacle } from './work.ts';

/** Programs of every small image. */
const everywhere: ReadonlySet<string> = new Set(
  `sh ash echo cat sleep true false test [ exit cd exec env ls mkdir chown chmod cp mv rm ln touch head tail grep sed awk printf set
  export if id date pwd hostname kill wait trap read`.split(/\s+/),
);

/** Packages whose programs have other names, as health checks call them. */
const packagesOf: Readonly<Record<string, RegExp>> = {
  ...{ nc: /^(?:netcat|ncat)/, pgrep: /^procps/, ps: /^procps/, pidof: /^(?:procps|sysvinit-utils)/, ss: /^iproute2/ },
  ...{ envsubst: /^gettext/, 'redis-cli': /^redis/, pg_isready: /^postgresql/, psql: /^postgresql/ },
  ...{ mysqladmin: /^(?:default-)?(?:mysql|mariadb)-client/, mysql: /^(?:default-)?(?:mysql|mariadb)-client/ },
  ...{ dig: /^(?:dnsutils|bind9)/, ping: /^iputils/, netstat: /^net-tools/, killall: /^psmisc/ },
};

/** Throws an `Obstacle` for a program that containers start and that the final image is not shown to have. */
export function checkStarts(draft: Draft, files: ProjectFiles): void {
  const { view, parts, packages, works } = draft;
  const outputs = works.flatMap((it) => it.outputs);
  const copies = view.steps.filter((it) => isKept(it, draft, files)).flatMap(({ takes }) => takes);
  for (const started of [...view.start.programs, ...view.start.checks]) {
    const { name, path, step, word } = started;
    if (path === undefined && /[$`].*\//.test(word) && parts.runs?.test(name) !== true)
      throw new Obstacle(step.instruction.span.start, `${word} is not known by its path`);
    const isTaken = parts.takes.some(({ to, isFolder }) =>
      path === undefined ? baseName(to) === name : to === path || (isFolder && isBelow(path, to)),
    );
    const isOutput = outputs.some((it) =>
      path === undefined ? baseName(it) === name || it === '/usr/local' : isBelow(path, it),
    );
    const copied = copies.some((it) => isCopied(started, it));
    const isPackage = packages.names.some(
      (it) =>
        it === name ||
        it.startsWith(`${name}-`) ||
        it.split(/[=@]/)[0] === name ||
        (Object.hasOwn(packagesOf, name) && packagesOf[name]!.test(it)),
    );
    const isFound = isTaken || isOutput || copied || isPackage || isOfProject(path, files) || isOfBase(started, draft);
    if (!isFound) throw new Obstacle(step.instruction.span.start, `${name} is not shown to be in the final image`);
    const isScript = /\.(?:sh|bash)$/.test(name) || (copied && !/\./.test(name));
    if (isScript && !isTaken && !view.context && parts.base !== view.stage.rootImage?.text)
      throw new Obstacle(step.instruction.span.start, `what ${name} starts is not known without the build context`);
  }
}

/** Whether a copy of the old stage is in the final one as well. */
const isKept = (step: Step, { project }: Draft, { mode }: ProjectFiles): boolean =>
  !isProjectCopy(step, project) || mode === 'again';

function isCopied({ name, path }: Started, { target, source, into, via }: Take): boolean {
  if (target === undefined || via === 'mount') return false;
  const place = into ? joined(target, baseName(source)) : target;
  return path === undefined ? baseName(place) === name : place === path || isBelow(path, target);
}

const isOfProject = (path: string | undefined, { folders, assets }: ProjectFiles): boolean =>
  path !== undefined && (folders.some((it) => isBelow(path, it)) || assets.some(({ to }) => isBelow(path, to)));

const isOfBase = ({ name, path }: Started, { parts }: Draft): boolean =>
  (path === undefined || /^\/(?:usr\/)?(?:local\/)?s?bin\/[^/]+$/.test(path)) &&
  (everywhere.has(name) || (name === 'bash' && !parts.base.includes('alpine')) || parts.runs?.test(name) === true);
