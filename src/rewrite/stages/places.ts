import type { Instruction } from '../../../grammar/index.ts';
import { isTransfer } from '../../model/files/takes.ts';
import type { Stage, Step } from '../../model/model.ts';
import { baseName, clean, folderOf, isBelow, withoutSlash } from '../../text/path.ts';
import type { Draft } from './draft.ts';
import { isBuilding, isInside, isProjectCopy, isRemoved, isSource, lastOf, type ProjectFiles } from './files.ts';
import type { View } from './view.ts';
import { Obstacle, type Work } from './work.ts';

/** Where each instruction goes. */
export interface Places {
  readonly build: ReadonlySet<Step>;
  readonly final: ReadonlySet<Step>;
  /** Of RUNs in the final stage, what is left of them; not in it: all. */
  readonly cut: ReadonlyMap<Step, string>;
  /** The last step that builds, or brings what is taken from the build stage. */
  readonly last: number;
}

/** What only says how the image runs. */
export const runOnly: ReadonlySet<Instruction['kind']> = new Set<Instruction['kind']>([
  'Cmd',
  'Entrypoint',
  'Healthcheck',
  'Expose',
  'Stopsignal',
  'Label',
  'Volume',
  'Maintainer',
]);

export function placesOf(draft: Draft, files: ProjectFiles): Places {
  const { view, works } = draft;
  const { steps, stage, at } = view;
  const workFor = new Map(works.map((it) => [it.step, it]));
  const last = lastOf(draft);
  const build = new Set<Step>();
  const final = new Set<Step>();
  const cut = new Map<Step, string>();
  for (const step of steps) {
    const { kind } = step.instruction;
    const isEarly = at(step) <= last;
    const work = workFor.get(step);
    const place = isRemoved(step, steps.slice(at(step) + 1))
      ? { build: true, final: false }
      : work
        ? placeOfRun(work, steps.slice(at(step) + 1, last + 1), isEarly, draft)
        : isTransfer(step.instruction)
          ? placeOfCopy(step, steps.slice(at(step) + 1, last + 1), isEarly, { draft, files })
          : { build: isEarly && !runOnly.has(kind), final: true };
    if (place.build) build.add(step);
    if (place.final && !isReplaced(step, stage)) final.add(step);
    if (
      work &&
      place.final &&
      (work.builds.length > 0 || work.packages.length > 0 || work.outputs.length > 0 || work.owned.length > 0)
    )
      cut.set(step, setupText(work, view));
  }
  prune(final, steps, { draft, cut });
  return { build, final, cut, last };
}

/** Whether the stage says anew what one that it stands on says of how it runs. */
const isReplaced = ({ instruction, stage: own }: Step, stage: Stage): boolean =>
  own !== stage && startKinds.has(instruction.kind) && !isInForce(instruction, stage);
const startKinds: ReadonlySet<string> = new Set(['Cmd', 'Entrypoint', 'Healthcheck', 'Stopsignal']);
const isInForce = (it: Instruction, { end: { cmd, entrypoint, healthcheck, stopsignal } }: Stage): boolean =>
  [cmd, entrypoint, healthcheck, stopsignal].includes(it);

interface Place {
  readonly build: boolean;
  readonly final: boolean;
}

/** Accounts and folders are made where they are used; the rest of a RUN stays where it builds. */
function placeOfRun(work: Work, later: readonly Step[], isEarly: boolean, draft: Draft): Place {
  const { setup, packages, owned } = work;
  const serves = isEarly && (setup.length > 0 || owned.length > 0) && isUsedInBuild(work, later, draft);
  const isElse = setup.length === 0 && owned.length === 0;
  return { build: isBuilding(work) || (isEarly && (packages.length > 0 || isElse)) || serves, final: setup.length > 0 };
}

/** Copies of the project build; others are for what runs, and for a build that names them. */
function placeOfCopy(
  step: Step,
  later: readonly Step[],
  isEarly: boolean,
  { draft, files }: { readonly draft: Draft; readonly files: ProjectFiles },
): Place {
  const { project, recipe } = draft;
  if (isProjectCopy(step, project))
    return {
      build: isEarly,
      final:
        !isEarly ||
        (files.mode !== 'whole' && isWritten(step, draft)) ||
        (files.mode === 'again' && !isSource(step, recipe) && !isCoveredLater(step, draft)),
    };
  const isOther = step.takes.some(({ origin }) => origin.kind === 'stage' || origin.kind === 'image');
  const isPassing = step.takes.every(({ target }) => target !== undefined && passing.test(target));
  const comesWhole = isOther && files.mode === 'whole' && step.takes.every((it) => isInside(it, project));
  return {
    build: isEarly && (isOther || isPassing || isNamedLater(step, later, draft) || mayBuild(step, draft)),
    final:
      !isPassing && !(comesWhole && isEarly) && !isToolOnly(step, draft) && !(isEarly && isSourceOnly(step, draft)),
  };
}

/** Whether a later copy of the whole context brings the same files once more. */
function isCoveredLater(step: Step, { view }: Draft): boolean {
  const all = view.stage.allSteps;
  return all
    .slice(all.indexOf(step) + 1)
    .some(
      ({ instruction, takes }) =>
        isTransfer(instruction) &&
        takes.some(
          ({ source, target, origin }) =>
            origin.kind === 'context' &&
            /^\.?\/?$/.test(source) &&
            target !== undefined &&
            step.takes.every((it) => it.target !== undefined && keepsPlace(it.source, it.target, target)),
        ),
    );
}

/** Whether a file of the context lands where the copy of the whole puts it. */
const keepsPlace = (source: string, target: string, folder: string): boolean => {
  const path = clean(`${folder}/${source}`);
  return isBelow(path, target) && (path === target || folderOf(path) === target || target === folder);
};

/** Whether a copy brings what stands in the file itself, and a compiler does not read it. */
const isWritten = ({ takes }: Step, { recipe }: Draft): boolean =>
  takes.every(({ origin, target }) => origin.kind === 'text' && target !== undefined && !recipe.sources.test(target));

/** Whether a build may read what a copy brings beside it: sources, and all that lands next to where it builds. */
const mayBuild = (step: Step, draft: Draft): boolean =>
  isSourceOnly(step, draft) ||
  step.takes.some(({ target }) => draft.project.some((it) => it === '/' || isBeside(target, it)));
const isBeside = (target: string | undefined, folder: string): boolean =>
  target !== undefined && folderOf(folder) !== '/' && isBelow(target, folderOf(folder));

/** Whether a copy of the context brings only what a compiler reads. */
const isSourceOnly = (step: Step, { recipe, parts }: Draft): boolean =>
  (parts.project === 'again' && isSource(step, recipe)) ||
  (parts.project === 'read' &&
    step.takes.every(
      ({ origin, landed }) =>
        origin.kind === 'context' &&
        landed.size > 0 &&
        [...landed.values()].every(({ path }) => recipe.sources.test(path)),
    ));

const passing = /^\/(?:tmp|root|var\/tmp)(?:\/|$)/;

/** Whether scripts that are not at hand may start anything: those that start, and those that take the place of the base's own. */
const mayStartScripts = ({ start, steps }: View): boolean =>
  start.programs.some(({ name }) => /\.(?:sh|bash)$|entrypoint/.test(name)) ||
  steps.some(({ takes }) => takes.some(({ origin, source }) => origin.kind === 'context' && /entrypoint/.test(source)));

/** A program that only builds, from an image of its own: `COPY --from=composer /usr/bin/composer /usr/bin/`. */
const isToolOnly = ({ takes }: Step, { recipe, texts, view }: Draft): boolean =>
  recipe.tools !== undefined &&
  (texts.isWhole || !mayStartScripts(view)) &&
  takes.every(
    ({ origin, source }) =>
      origin.kind === 'image' && recipe.tools!.test(source) && !texts.starts(source.split('/').at(-1)!),
  );

/** Whether a step of the build stage runs as, or names, an account that a RUN makes, or stands in what it makes. */
function isUsedInBuild({ setup, owned }: Work, later: readonly Step[], { view }: Draft): boolean {
  if (owned.length > 0 && later.some((step) => step.instruction.kind === 'Run' && step.isRoot === false)) return true;
  const words = setup.flatMap(({ args }) => args.map(({ text }) => text));
  const names = words.filter((it) => /^[\w./]{2,}$/.test(it) && !/^\d+$/.test(it));
  const { text } = view.model.file;
  return later.some(({ instruction: { span, kind } }) => {
    if (kind === 'Workdir' || kind === 'Env' || kind === 'Arg' || runOnly.has(kind)) return false;
    const own = text.slice(span.start, span.end);
    return names.some((it) => own.includes(it));
  });
}

/** Whether a later RUN of the build names what a copy brings. */
function isNamedLater({ takes }: Step, later: readonly Step[], { view }: Draft): boolean {
  const names = takes
    .flatMap(({ target, source }) => [target ?? '', ...[target ?? '', source].map((it) => baseName(withoutSlash(it)))])
    .filter((it) => it.length > 1);
  const { text } = view.model.file;
  return later.some(
    ({ instruction: { kind, span } }) =>
      kind === 'Run' && names.some((it) => text.slice(span.start, span.end).includes(it)),
  );
}

interface Pruning {
  readonly draft: Draft;
  readonly cut: ReadonlyMap<Step, string>;
}

/** Leaves out what nothing of the final stage uses: build variables, arguments, folders and users that another takes the place of. */
function prune(final: Set<Step>, steps: readonly Step[], { draft, cut }: Pruning): void {
  const { recipe, view } = draft;
  const { text } = view.model.file;
  const own = (step: Step): string =>
    cut.get(step) ?? text.slice(step.instruction.span.start, step.instruction.span.end);
  // a tool that stays reads its variables
  const hasTool = [...final].some(({ takes }) =>
    takes.some(({ origin, source }) => origin.kind === 'image' && recipe.tools?.test(source) === true),
  );
  const isUsed = (name: string, except: Step): boolean => [...final].some((it) => it !== except && uses(own(it), name));
  for (const step of steps.toReversed()) {
    const { instruction } = step;
    if (!final.has(step)) continue;
    if (instruction.kind === 'Arg' && !instruction.pairs.some(({ name }) => isUsed(name.text, step)))
      final.delete(step);
    if (instruction.kind !== 'Env' || instruction.pairs.length === 0) continue;
    const isForBuild = instruction.pairs.every(
      ({ name, value }) =>
        (!hasTool && recipe.variables.test(name.text)) || isToolSetting(name.text, value?.text ?? ''),
    );
    if (isForBuild && !instruction.pairs.some(({ name }) => isUsed(name.text, step))) final.delete(step);
  }
  for (const kind of ['User', 'Workdir'] as const) dropReplaced(final, steps, kind, text);
}

/** A USER or WORKDIR that the next takes the place of before anything is done. */
function dropReplaced(final: Set<Step>, steps: readonly Step[], kind: 'User' | 'Workdir', text: string): void {
  const kept = steps.filter((it) => final.has(it));
  for (const [index, step] of kept.entries()) {
    if (step.instruction.kind !== kind) continue;
    const next = kept.findIndex((it, at) => at > index && it.instruction.kind === kind);
    if (next < 0) continue;
    const isRelative = kind === 'Workdir' && !/^\S+\s+["']?[/$]/.test(text.slice(kept[next]!.instruction.span.start));
    const between = kept.slice(index + 1, next);
    if (!isRelative && between.every((it) => idle.has(it.instruction.kind))) final.delete(step);
  }
}

const idle: ReadonlySet<Instruction['kind']> = new Set<Instruction['kind']>(['Env', 'Arg', 'Label', 'Expose']);

/** Whether a text has a variable of that name in it. */
export const uses = (text: string, name: string): boolean => new RegExp(`\\$\\{?${name}(?!\\w)`).test(text);

/** A PATH that only leads to a toolchain, and the setting that keeps packages from asking. */
export const isToolSetting = (name: string, value: string): boolean =>
  name === 'DEBIAN_FRONTEND' ||
  (name === 'PATH' &&
    value
      .split(':')
      .every((it) =>
        /^"?\$\{?PATH\}?"?$|\/(?:go|cargo|rust|gradle|maven|\.cargo)\b|\$\{?(?:GOPATH|GOROOT|CARGO_HOME)\b/.test(it),
      ));

/** The commands of a RUN that the final stage does again. */
function setupText({ setup, step }: Work, { model }: View): string {
  const { text } = model.file;
  const nested = setup.find(({ within }) => within.length > 0);
  if (nested) throw new Obstacle(nested.span.start, `${nested.word.text} stands inside of another command`);
  const parts = setup.map(({ span }) => text.slice(span.start, span.end).trim());
  const keyword = text.slice(step.instruction.keyword.span.start, step.instruction.keyword.span.end);
  return `${keyword} ${parts.join(' \\\n && ')}`;
}
