import { listed } from '../../text/prose.ts';
import { sized, wrap } from '../layout.ts';
import type { Paint } from '../paint.ts';
import type { Head, Shown, StageTitle } from './cache-rows.ts';
import type { Builder, CostCounts } from './model.ts';

export const builderNames: Readonly<Record<Builder, string>> = {
  buildkit: 'BuildKit',
  classic: 'the classic builder',
  buildah: 'buildah and podman',
  kaniko: 'kaniko',
};

export const instructionText = ({ keyword, text }: Shown): string => `${keyword} ${text}`;

/** Whether an instruction is no step of its own, such as CMD. */
export const isSetting = ({ keyword, cost }: Shown): boolean => cost === 'none' && keyword.toUpperCase() !== 'FROM';

/** The line above the steps of a stage; none where there is one stage only. */
export function stageHead(
  stages: readonly StageTitle[],
  stage: number,
  last: number,
  paint: Paint,
  width: number,
): string[] {
  if (stages.length < 2) return [];
  const title = paint.dim(sized(stages.find((it) => it.stage === stage)!.title, width - 2).trimEnd());
  return [...(last < 0 ? [] : ['']), `  ${title}`];
}

const classes: readonly (readonly [keyof CostCounts, string, string])[] = [
  ['install', 'install', 'installs'],
  ['compile', 'build', 'builds'],
  ['download', 'download', 'downloads'],
  ['other', 'other command', 'other commands'],
  ['copy', 'copy', 'copies'],
  ['trivial', 'small step', 'small steps'],
];

/** `1 install, 2 builds and 3.5 copies`. */
export function countsText(counts: CostCounts): string {
  const parts = classes.flatMap(([key, one, many]) => {
    const count = counts[key];
    if (count < 0.05) return [];
    const text = Math.abs(count - Math.round(count)) < 0.05 ? String(Math.round(count)) : count.toFixed(1);
    return [`${text} ${text === '1' ? one : many}`];
  });
  return listed(parts);
}

export const adviceText = ({ advice }: Head, width: number): string[] =>
  advice.length === 0 ? [] : ['', ...advice.flatMap((it) => wrapped(it, width))];

export const wrapped = (text: string, room: number): string[] => wrap(text, Math.max(20, room), '');
