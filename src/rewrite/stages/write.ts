import type { Instruction } from '../../../grammar/index.ts';
import { factsOf } from '../../knowledge/images/facts.ts';
import { isTransfer } from '../../model/files/takes.ts';
import type { Model, Stage, Step } from '../../model/model.ts';
import { textOf } from '../../model/stages/expand.ts';
import { flagValues, type WithFlags } from '../../model/stages/flags.ts';
import { position } from '../../text/lines.ts';
import { below, isBelow } from '../../text/path.ts';
import { blocksOf } from '../moves.ts';
import { inItsWords } from './base.ts';
import type { Division, Draft } from './draft.ts';
import { isBuilding, isProjectCopy, type ProjectFiles, projectFiles } from './files.ts';
import { installOf } from './install.ts';
import { type Owners, ownersOf } from './owners.ts';
import { type Places, placesOf, runOnly, uses } from './places.ts';
import type { Taken } from './recipe.ts';
import { isAccount } from './sort.ts';
import { checkStarts } from './starts.ts';
import type { View } from './view.ts';
import { Obstacle } from './work.ts';

/** Puts the two stages in the place of the one. */
export function write(draft: Draft): Division {
  const { view, parts, packages } = draft;
  const { stage, model } = view;
  const { text } = model.file;
  const files = projectFiles(draft);
  const writing: Writing = {
    ...draft,
    files,
    owners: ownersOf(draft),
    places: placesOf(draft, files),
    ...namesFor(draft),
    lines: linesOf(view, text),
  };
  checkGain(draft, files);
  checkStarts(draft, files);
  const start = lineStart(text, stage.from.span.start);
  const { newline, end } = writing.lines;
  const build = writing.isNew
    ? [fromLine(stage, text, writing), ...buildLines(writing)].join('').replace(/\s+$/, newline) + newline
    : '';
  const whole = text.slice(0, start) + build + [finalFrom(writing), ...finalLines(writing)].join('') + text.slice(end);
  const taken = new Set(draft.works.flatMap(({ step, outputs }) => (outputs.length > 0 ? step : [])));
  return {
    text: text.endsWith('\n') ? whole : whole.replace(/\r?\n$/, ''),
    recipe: draft.recipe.id,
    stage: stage.index,
    name: writing.name,
    bases: { before: stage.image.value.state === 'unset' ? '' : stage.image.value.text, after: parts.base },
    takes: takesOf(writing),
    assets: files.mode === 'whole' ? 'folder' : files.mode === 'again' ? 'all' : files.assets.map(({ to }) => to),
    leaves: parts.leaves,
    dropped: packages.dropped,
    kept: packages.names,
    lines: view.steps
      .filter((it) => writing.places.build.has(it) && !writing.places.final.has(it) && !taken.has(it))
      .map((it) => position(model.file.lines, it.instruction.span.start).line),
    assumes: [...(parts.assumes ?? []), ...files.assumes],
  };
}

/** Two stages for nothing are worse than one. */
function checkGain({ view, parts, packages, project }: Draft, { mode }: ProjectFiles): void {
  const { steps } = view;
  const { rootImage, from } = view.stage;
  const leavesFiles = (mode === 'none' || mode === 'read') && steps.some((it) => isProjectCopy(it, project));
  const gains =
    parts.base !== rootImage?.text ||
    packages.dropped.some((it) => !isOfBase(it, view)) ||
    (parts.lastly ?? []).length > 0 ||
    parts.gains === true;
  if (!leavesFiles && !gains) throw new Obstacle(from.span.start, 'a stage of its own would leave nothing out');
}

/** Whether a base with compilers has the package anyway; those of PHP have no headers of others. */
const isOfBase = (name: string, { stage: { rootImage } }: View): boolean =>
  rootImage !== undefined &&
  factsOf(rootImage)?.has('gcc') === true &&
  (compilers.test(name) || (rootImage.name !== 'php' && usualHeaders.test(name)));
const compilers = /^(?:build-essential|gcc|g\+\+|make|libc6-dev|dpkg-dev|autoconf)$/;
/** What buildpack-deps has, on which other images stand: https://github.com/docker-library/buildpack-deps */
const usualHeaders =
  /^(?:automake|libtool|git|libffi-dev|libssl-dev|zlib1g-dev|libpq-dev|libxml2-dev|libxslt1?-dev|libyaml-dev)$/;

interface Writing extends Draft {
  readonly files: ProjectFiles;
  readonly places: Places;
  readonly owners: Owners;
  /** Of the build stage. */
  readonly name: string;
  /** Whether it is one that the file does not have yet. */
  readonly isNew: boolean;
  readonly lines: Lines;
}

/** The text of a stage, instruction by instruction. */
interface Lines {
  readonly newline: string;
  /** Where the last block ends. */
  readonly end: number;
  /** An instruction with the comments right above it. */
  block(step: Step): string;
  /** What stands between it and the one before it: comments, or one empty line. */
  gap(step: Step): string;
}

function linesOf({ stage, at }: View, text: string): Lines {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const blocks = stage.lineage.flatMap(({ steps, from }) => {
    const all = steps.map(({ instruction }): Instruction => instruction);
    return blocksOf(text, all, lineEnd(text, from.span.end));
  });
  return {
    newline,
    end: stage.steps.length > 0 ? blocks.at(-1)!.end : lineEnd(text, stage.from.span.end),
    block: (step) => ended(text.slice(blocks[at(step)]!.start, blocks[at(step)]!.end), newline),
    gap: (step) => {
      const { gap } = blocks[at(step)]!;
      return gap.trim() === '' ? (gap.includes('\n') ? newline : '') : gap;
    },
  };
}

function buildLines({ view, parts, places, lines }: Writing): string[] {
  const inserted = new Map(parts.before?.map((it) => [it.step, it.lines]));
  const ended = (it: string): string => it + lines.newline;
  return [
    ...view.stage.steps
      .filter((it) => places.build.has(it))
      .flatMap((step) => {
        const more = (inserted.get(step) ?? []).map(ended);
        return [lines.gap(step), ...more, lines.block(step)];
      }),
    ...(parts.lastly ?? []).map(ended),
  ];
}

/** The instructions of the final stage: settings and packages first, what is copied behind them, then how it runs. */
function finalLines(writing: Writing): string[] {
  const { view, parts, packages, places, lines } = writing;
  const out: string[] = [];
  const put = (...all: readonly string[]): void => {
    for (const it of all) out.push(it.replaceAll('\n', lines.newline).replaceAll('\r\r\n', '\r\n') + lines.newline);
  };
  put(...(parts.first ?? []));
  if (view.start.folder === undefined && view.home !== undefined && view.home !== '/') put(`WORKDIR ${view.home}`);
  const kept = view.steps.filter((it) => places.final.has(it));
  const accounts = accountsFor(writing);
  const isEarly = (step: Step): boolean =>
    (view.at(step) <= places.last && !runOnly.has(step.instruction.kind)) || accounts.has(step);
  const args = new Set(kept.filter(({ instruction: { kind } }) => kind === 'Arg'));
  const own = (step: Step): string => places.cut.get(step) ?? lines.block(step);
  const write = (step: Step): void => {
    // an argument stands right before what uses it, so that it changes nothing else
    for (const it of args)
      if (names(it).some((name) => uses(own(step), name)) && args.delete(it)) out.push(lines.block(it));
    const text = own(step);
    out.push(ended(text.replaceAll(/\r?\n/g, lines.newline), lines.newline));
  };
  const install = installOf(packages, view.model.file.text);
  let isInstalled = install.length === 0;
  const putInstall = (): void => {
    if (!isInstalled) put(...install);
    isInstalled = true;
  };
  const early = kept.filter(isEarly);
  const isDone = ({ instruction }: Step): boolean => instruction.kind === 'Run' || isTransfer(instruction);
  // what is copied is given to its owner by root: a USER before it waits, if nothing is done as that user
  const waiting = new Set(
    early.slice(early.findLastIndex(isDone) + 1).filter(({ instruction: { kind } }) => kind === 'User'),
  );
  for (const step of early.filter((it) => !waiting.has(it))) {
    const { kind } = step.instruction;
    if (kind === 'Arg') continue;
    if (isTransfer(step.instruction) || kind === 'Run' || kind === 'User' || kind === 'Workdir' || kind === 'Shell')
      putInstall();
    write(step);
  }
  putInstall();
  put(...copyLines(writing), ...(parts.finally ?? []));
  for (const step of waiting) write(step);
  let isFirst = true;
  for (const step of kept) {
    if (isEarly(step) || step.instruction.kind === 'Arg') continue;
    const gap = lines.gap(step);
    if (!isFirst || gap.trim() === '') out.push(isFirst ? lines.newline : gap);
    isFirst = false;
    write(step);
  }
  return out;
}

/** The steps that make the accounts to which files are given when they are copied. */
function accountsFor({ view, works, owners, places }: Writing): ReadonlySet<Step> {
  const given = [owners.project, ...works.flatMap(({ owned }) => owned.map(({ owner }) => owner))];
  const names = given.flatMap((it) => it?.split(':')[0] ?? []);
  const switched = view.steps.findIndex((it) => view.at(it) > places.last && it.instruction.kind === 'User');
  const steps = works.filter(({ setup }) =>
    setup.some(({ name, args }) => isAccount(name) && args.some(({ text }) => names.includes(text))),
  );
  return new Set(steps.map(({ step }) => step).filter((it) => switched < 0 || view.at(it) < switched));
}

const names = ({ instruction }: Step): string[] =>
  instruction.kind === 'Arg' ? instruction.pairs.map(({ name }) => name.text) : [];

/** What is taken from the build stage: what RUNs have installed, what the recipe names, folders of the project. */
function takesOf({ works, parts, files }: Writing): Taken[] {
  const installed = works.flatMap(({ outputs }) => outputs);
  const all: Taken[] = [
    ...installed.map((it) => ({ from: it, to: it, isFolder: true, what: 'what is installed' })),
    ...parts.takes,
    ...files.folders.map((it) => ({ from: it, to: it, isFolder: true, what: 'the project' })),
  ];
  const isWithin = (path: string, at: number): boolean =>
    files.folders.some((it) => isBelow(path, it)) && at < installed.length + parts.takes.length;
  const own = all.filter(({ from, to }, at) => from !== to || !isWithin(from, at));
  return own.filter(({ from, to }, at) => own.findIndex((it) => it.from === from && it.to === to) === at);
}

function copyLines(writing: Writing): string[] {
  const { view, project, name, files, places, owners } = writing;
  const owner = owners.project;
  const own = (path: string): string => {
    const found = owners.of(path);
    return found === undefined ? '' : ` --chown=${found}`;
  };
  const out: string[] = [];
  // what is copied gets its owner, but the folder itself is there before
  if (owner !== undefined && owners.hasFolder) {
    const isMade = (path: string, it: Step): boolean =>
      places.final.has(it) &&
      view.at(it) <= places.last &&
      it.instruction.kind === 'Workdir' &&
      isBelow(textOf(it.after.workdir) ?? '', path);
    const made =
      (view.start.folder === undefined && view.home !== undefined) ||
      project.every((path) => view.steps.some((it) => isMade(path, it)));
    out.push(`RUN ${made ? '' : `mkdir -p ${project.join(' ')} && `}chown ${owner} ${project.join(' ')}`);
  }
  // the builder makes a folder for the user that is set, who comes last here
  if (!owners.hasFolder)
    for (const { instruction, before, after, isRoot } of view.steps.filter(
      (it) => places.final.has(it) && view.at(it) <= places.last,
    )) {
      const path = textOf(after.workdir);
      const user = textOf(before.user);
      if (instruction.kind === 'Workdir' && isRoot === false && path !== undefined && user !== undefined)
        out.push(`RUN chown ${user.includes(':') ? user : `${user}:`} ${path}`);
    }
  // a WORKDIR that comes later is not yet there
  const isLate = view.steps.some(
    (it) => places.final.has(it) && it.instruction.kind === 'Workdir' && view.at(it) > places.last,
  );
  const home = isLate ? '\0' : (view.home ?? '\0');
  const short = (path: string): string =>
    path !== home && home !== '/' && isBelow(path, home) ? `./${below(path, home)}` : path;
  for (const { from, to } of takesOf(writing))
    out.push(`COPY --from=${name}${own(to)} ${from} ${isFolderName(to) ? to : short(to)}`);
  for (const { source, to, step } of files.assets)
    out.push(
      step
        ? `COPY${modeOf(step)}${own(to)} ${source} ${short(to)}`
        : `COPY --from=${name}${own(to)} ${to} ${short(to)}`,
    );
  return [...out, ...modesOf(writing)];
}

/** The modes that the build gives to folders that come whole: a COPY brings those of what is in them. */
function modesOf({ files, works }: Writing): string[] {
  const wanted = new Map<string, string>();
  for (const { step, builds } of works)
    for (const { path, means, command } of step.effects.all) {
      if (means !== 'mode' || !command || !builds.includes(command) || !files.folders.includes(path)) continue;
      const mode = command.args.find(
        ({ text, literal }) => literal && /^(?:[0-7]{3,4}|[ugoa]*[-+=][rwxX]+)$/.test(text),
      );
      if (mode) wanted.set(path, mode.text);
    }
  return [...wanted].map(([path, mode]) => `RUN chmod ${mode} ${path}`);
}

/** The mode that a COPY gives. */
const modeOf = ({ instruction }: Step): string => {
  const [mode] = flagValues(instruction as WithFlags, 'chmod');
  return mode === undefined ? '' : ` --chmod=${mode}`;
};

const isFolderName = (path: string): boolean => path.endsWith('/');

const ended = (text: string, newline: string): string => (text.endsWith('\n') ? text : text + newline);
const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;
function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}

/** FROM as it is written, with the name of the new stage. */
function fromLine({ from, name }: Stage, text: string, { name: newName, lines }: Writing): string {
  const start = lineStart(text, from.span.start);
  const line = text.slice(start, lineEnd(text, from.span.end));
  if (name !== undefined && from.name) {
    const at = from.name.span.start - start;
    return line.slice(0, at) + newName + line.slice(at + name.length);
  }
  const end = from.span.end - start;
  const as = isLower(from.keyword.raw) ? 'as' : 'AS';
  return `${line.slice(0, end).trimEnd()} ${as} ${newName}${ended(line.slice(end), lines.newline)}`;
}

/** The new FROM, with the name that the stage had, and its platform where that is not the one of the builder. */
function finalFrom({ view: { stage }, parts, lines }: Writing): string {
  const { from, name, platform } = stage;
  const text = platform && platform.value.state !== 'unset' ? platform.value.text : '';
  const flag =
    text === '' || /BUILDPLATFORM|TARGETPLATFORM/.test(from.flags.map(({ value }) => value?.raw ?? '').join())
      ? ''
      : ` --platform=${from.flags.find((it) => it.name.text === 'platform')?.value?.raw ?? text}`;
  const lower = isLower(from.keyword.raw);
  const as = name === undefined ? '' : ` ${lower ? 'as' : 'AS'} ${name}`;
  return `${lower ? 'from' : 'FROM'}${flag} ${inItsWords(parts.base, stage)}${as}${lines.newline}`;
}

const isLower = (keyword: string): boolean => keyword === keyword.toLowerCase();

/** The stage that builds: a new one, or the one that the stage stands on, where all that builds is in that. */
function namesFor({ view: { stage, model }, works, parts }: Draft): { readonly name: string; readonly isNew: boolean } {
  const own = works.some((it) => it.step.stage === stage && isBuilding(it)) || (parts.lastly ?? []).length > 0;
  const foreign = parts.before?.find(({ step }) => step.stage !== stage);
  if (foreign)
    throw new Obstacle(
      stage.from.span.start,
      `it stands on the stage ${foreign.step.stage?.name ?? ''}, which is not divided`,
    );
  const below = stage.base.kind === 'stage' ? stage.base.stage.name : undefined;
  return below === undefined || own ? { name: nameFor(model), isNew: true } : { name: below, isNew: false };
}

/** `build`, or another name where a stage has that. */
function nameFor({ stages }: Model): string {
  const taken = new Set(stages.flatMap(({ name }) => name?.toLowerCase() ?? []));
  return ['build', 'builder', 'compile', 'build-app'].find((it) => !taken.has(it)) ?? `build-${stages.length}`;
}
