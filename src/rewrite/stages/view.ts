import type { Context } from '../../model/context/context.ts';
import type { Model, Stage, Step } from '../../model/model.ts';
import { type Start, type Started, startOf } from '../../model/process/program.ts';
import { folderBefore } from '../../model/stages/folder.ts';
import type { Command } from '../../shell/command.ts';
import { clean, isBelow } from '../../text/path.ts';
import { type Scripted, scriptedBy, withVariables } from './scripts.ts';

/** The release that an image is built of, with the name that tags use for it. */
export interface System {
  readonly distribution: string;
  /** `12`, `3.22`; undefined for the newest. */
  readonly version: string | undefined;
  /** `bookworm`; undefined where the distribution has none. */
  readonly codename: string | undefined;
}

/** What is looked at to divide a stage in two. */
export interface View {
  readonly model: Model;
  readonly stage: Stage;
  /** Its steps, behind those of the stages that it stands on. */
  readonly steps: readonly Step[];
  /** The place of a step among them. */
  at(step: Step): number;
  readonly start: Start;
  /** What the scripts of the project among them start in turn, as far as the context tells. */
  readonly scripted: readonly Scripted[];
  readonly context: Context | undefined;
  readonly system: System | undefined;
  /** The folder in which a step begins, that of the base image too; undefined where it is not known. */
  folderOf(step: Step): string | undefined;
  /** Where a command of a RUN runs. */
  folderAt(step: Step, command: Command): string | undefined;
  /** The folder in which the container starts. */
  readonly home: string | undefined;
}

/** Official images whose own working directory is not the root. */
const folders: Readonly<Record<string, string>> = {
  golang: '/go',
  gradle: '/home/gradle',
  composer: '/app',
  'php-server': '/var/www/html',
};
/** Images of PHP with a server start in its folder. */
const serverOf = (tag = ''): string => (/(?:^|-)(?:apache|fpm)(?:-|$)/.test(tag) ? '-server' : '');

export function viewOf(stage: Stage, model: Model, system: System | undefined): View {
  const { rootImage } = stage;
  const base = rootImage?.official ? (folders[`${rootImage.name}${serverOf(rootImage.tag)}`] ?? '/') : undefined;
  const folderOf = (step: Step): string | undefined => {
    const known = folderBefore(step);
    if (known !== undefined || base === undefined) return known;
    const { workdir } = step.before;
    return workdir.state === 'unknown' && !workdir.text.includes('$') ? clean(`${base}/${workdir.text}`) : undefined;
  };
  const written = startOf(stage, model);
  const { workdir } = stage.end;
  const home =
    written.folder ??
    (base !== undefined && workdir.state === 'unknown' && !workdir.text.includes('$')
      ? clean(`${base}/${workdir.text}`)
      : undefined);
  const { context } = model;
  const [programs, checks] = [written.programs, written.checks].map((all) =>
    all.map((it) => withVariables(it, stage, home)),
  ) as [Started[], Started[]];
  const start = { ...written, programs, checks };
  const steps = stage.allSteps;
  const order = new Map(steps.map((it, index) => [it, index]));
  return {
    ...{ steps, at: (step) => order.get(step) ?? -1 },
    ...{ model, stage, start, system, folderOf, home, context },
    scripted: scriptedBy(start, { stage, context, home }),
    folderAt: (step, command) => step.effects.folders.get(command) ?? folderOf(step),
  };
}

/** Whether a path lies in the project; of one in the root folder, what systems have there is none of it. */
export const isIn = (path: string, project: readonly string[]): boolean =>
  project.some((it) => (it === '/' ? path !== '/' && !ofSystem.test(path) : isBelow(path, it)));
const ofSystem = /^\/(?:usr|etc|bin|sbin|lib\w*|opt|var|root|home|srv|tmp|dev|proc|sys|run|boot|mnt|media|go)(?:\/|$)/;

/** The topmost of some folders. */
export const topmost = (paths: readonly string[]): string[] =>
  [...new Set(paths)].filter((path, _, all) => !all.some((other) => other !== path && isBelow(path, other)));
