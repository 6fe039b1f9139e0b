import {
  baseName,
  clean,
  dockerfile,
  type Finding,
  folderBefore,
  type Instruction,
  isAbsolute,
  isBelow,
  lazy,
  lineOf,
  type Place,
  placeIn,
  rule,
  type Stage,
} from '../../src/engine/rule.ts';
import { imageFolders, onbuildTag } from '../../src/knowledge/images/folders.ts';
import { andMore } from '../lib/words.ts';
import { misread } from './lib/misread.ts';

type Transfer = Extract<Instruction, { kind: 'Copy' | 'Add' }>;

export default rule({
  id: 'relative-destination',
  aliases: ['DL3045'],
  severity: 'info',
  preset: 'recommended',
  message: 'The destination is relative, but no WORKDIR comes before it.',
  why: `
    The files land in the working directory of the base image, which this file does not show and which is often /. On scratch it
    is certainly /, and images such as tomcat or composer set a folder for this purpose; neither is reported. The finding is a
    warning if a later command looks for the file at the root.
  `,
  instead:
    'Set WORKDIR to an absolute path before it, or write an absolute destination, and adapt the lines that use the files.',
  url: 'https://docs.docker.com/reference/dockerfile/#workdir',
  examples: {
    'no WORKDIR': dockerfile`
      FROM node:22
      COPY . .
             ~
      RUN npm ci
    `,
    'one in the stage, and one in the stage that it is based on': dockerfile`
      FROM node:22 AS base
      WORKDIR /app
      COPY package.json .
      FROM base
      COPY src src
    `,
    'an image with a folder for this': dockerfile`
      FROM tomcat:11
      COPY shop.war webapps/
    `,
    'absolute, or known only to the build': dockerfile`
      FROM node:22
      ARG FOLDER
      COPY . /app
      COPY . $FOLDER
    `,
  },
  differs: {
    DL3045: [
      {
        why: 'A stage inherits the WORKDIR of the stage that it is based on, and scratch starts in /.',
        only: 'hadolint',
        text: 'FROM scratch\nCOPY a b',
      },
    ],
  },
  visit: {
    Stage(stage, model) {
      const first = lazy(() => firstFolder(stage, false));
      const triggered = lazy(() => firstFolder(stage, true));
      const found = stage.steps.flatMap((own) => {
        const onbuild = own.trigger !== undefined;
        const step = own.trigger ?? own;
        const { instruction } = step;
        if (instruction.kind !== 'Copy' && instruction.kind !== 'Add') return [];
        const names = instruction.kind === 'Copy' ? ['DL3045'] : [];
        const from = onbuild ? triggered : first;
        return judge(instruction, { model, step, stage, onbuild }, from, names) ?? [];
      });
      return together(found);
    },
  },
});

/** One WORKDIR mends them all, so the first tells of those for which nothing else is to be said. */
function together(found: readonly Relative[]): Finding[] {
  const alike = found.filter(({ said }) => said !== undefined);
  return found.map((it) => {
    const { said, ...finding } = it;
    if (said === undefined) return finding;
    if (it !== alike[0]) return { ...finding, message: `${said}.`, preset: 'strict' };
    return { ...finding, message: `${said}${andMore(alike.length - 1)}.` };
  });
}

interface Relative extends Finding {
  /** What is said where nothing is known but that it is relative. */
  readonly said?: string;
}

function judge(node: Transfer, place: Place, first: () => number, names: readonly string[]): Relative | undefined {
  const { destination, span } = node;
  const { step, stage, onbuild, model } = place;
  if (!destination || !stage || step.before.workdir.state === 'known' || first() < span.start) return undefined;
  // another rule has the reason
  if (misread(node)) return undefined;
  const { value } = step.expand(destination);
  // what begins with a plain character is relative whatever follows
  if (value.state === 'unset' || !/^[^$]/.test(value.text) || isAbsolute(value.text, stage.os === 'windows')) {
    return undefined;
  }
  // a drive letter is Windows', which the base image does not always tell
  if (/^[A-Za-z]:/.test(value.text) || hasFolder(place)) return undefined;
  const own = destination.text.startsWith('$') || onbuild ? [] : names;
  if (/^~(?:\/|$)/.test(destination.text)) {
    const message = `The builder does not expand ~, so ${value.text} is a relative path.`;
    return { at: destination, aliases: own, message, instead: 'Write the path of the home folder, such as /root.' };
  }
  const wanted = absoluteUse(node, value.text, place);
  const where = hasWorkdir(model) ? ' in this stage' : '';
  if (wanted === undefined) {
    const said = `${value.text} is relative, but no WORKDIR comes before it${where}`;
    const folder = folderBefore(step);
    if (folder === undefined) return { at: destination, aliases: own, said };
    const why = `The working directory of ${stage.rootImage?.name} is ${folder}, so this is ${placeIn(folder, value.text)}; another base may have another.`;
    return { at: destination, aliases: own, said, why };
  }
  const message = `${value.text} is relative, but no WORKDIR comes before it${where}, and line ${wanted.line} looks for ${wanted.path}.`;
  return { at: destination, aliases: own, severity: 'warning', message };
}

/** Whether some stage has a WORKDIR, which could be taken to count here. */
const hasWorkdir = ({ stages }: Place['model']): boolean =>
  stages.some(({ steps }) => steps.some(({ instruction }) => instruction.kind === 'Workdir'));

/** How many steps after a COPY are looked at. */
const WINDOW = 50;

/** Where a later command of the stage names by an absolute path what would be there if the working directory were the root. */
function absoluteUse(
  { sources }: Transfer,
  written: string,
  { step, stage, model }: Place,
): { readonly line: number; readonly path: string } | undefined {
  const root = clean(`/${written}`);
  const names = sources.map(({ text }) => baseName(text)).filter((name) => /^\w/.test(name));
  const places = root === '/' ? names.map((name) => `/${name}`) : [root];
  for (const { instruction, script } of stage!.steps.slice(step.index + 1, step.index + 1 + WINDOW))
    for (const { word, args } of script?.commands ?? []) {
      const path = [word, ...args].map(({ text }) => text).find((it) => places.some((place) => isBelow(it, place)));
      if (path !== undefined) return { line: lineOf(model, instruction), path };
    }
  return undefined;
}

/** Where the first WORKDIR stands, in a stage below too; one that is relative itself is another rule's. */
function firstFolder(stage: Stage, onbuild: boolean): number {
  for (const { stage: it, instruction } of stage.allSteps) {
    const triggered = it !== stage || onbuild ? innermost(instruction) : instruction;
    if (triggered.kind === 'Workdir') return instruction.span.start;
  }
  return Number.POSITIVE_INFINITY;
}

/** What an ONBUILD holds takes effect in the stages above. */
const innermost = (it: Instruction): Instruction => (it.kind === 'Onbuild' ? (it.instruction ?? it) : it);

function hasFolder({ stage }: Place): boolean {
  if (!stage?.rootImage) return false;
  const { name, official, tag = '' } = stage.rootImage;
  return onbuildTag.test(tag) || (official && (imageFolders[name]?.test(tag) ?? false));
}
