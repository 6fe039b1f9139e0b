import type { Context } from '../../model/context/context.ts';
import type { Model, Stage, Step } from '../../model/model.ts';
import { type Start, startOf } from '../../model/process/program.ts';
import { folderBefore } from '../../model/stages/folder.ts';
import { releaseOf } from '../../model/stages/release.ts';
import type { Command } from '../../shell/command.ts';
import { clean, isBelow } from '../../text/path.ts';

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
  readonly start: Start;
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
const folders: Readonly<Record<string, string>> = { golang: '/go', gradle: '/home/gradle', composer: '/app' };

export function viewOf(stage: Stage, model: Model, system: System | undefined): View {
  const { rootImage } = stage;
  const base = rootImage?.official ? (folders[rootImage.name] ?? '/') : undefined;
  const folderOf = (step: Step): string | undefined => {
    const known = folderBefore(step);
    if (known !== undefined || base === undefined) return known;
    const { workdir } = step.before;
    return workdir.state === 'unknown' && !workdir.text.includes('$') ? clean(`${base}/${workdir.text}`) : undefined;
  };
  const start = startOf(stage, model);
  const { workdir } = stage.end;
  const home =
    start.folder ??
    (base !== undefined && workdir.state === 'unknown' && !workdir.text.includes('$')
      ? clean(`${base}/${workdir.text}`)
      : undefined);
  return {
    ...{ model, stage, start, system, folderOf, home },
    context: model.context,
    folderAt: (step, command) => step.effects.folders.get(command) ?? folderOf(step),
  };
}

/** The release of the base: what its name says, else what is known of the tag. */
export function systemOf(stage: Stage, listed: System | undefined): System | undefined {
  const release = releaseOf({ stage });
  if (!release) return listed;
  if (listed && listed.distribution === release.distribution && release.version === undefined) return listed;
  return { distribution: release.distribution, version: release.version, codename: codenameOf(release) };
}

const codenames: Readonly<Record<string, string>> = {
  ...{ 'debian 10': 'buster', 'debian 11': 'bullseye', 'debian 12': 'bookworm', 'debian 13': 'trixie' },
  ...{ 'ubuntu 18.04': 'bionic', 'ubuntu 20.04': 'focal', 'ubuntu 22.04': 'jammy', 'ubuntu 24.04': 'noble' },
};

const codenameOf = ({ distribution, version }: { distribution: string; version: string | undefined }) =>
  version === undefined ? undefined : codenames[`${distribution} ${version}`];

/** The topmost of some folders. */
export const topmost = (paths: readonly string[]): string[] =>
  [...new Set(paths)].filter((path, _, all) => !all.some((other) => other !== path && isBelow(path, other)));
