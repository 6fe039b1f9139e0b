import type { Instruction } from '../../../grammar/index.ts';
import { position } from '../../text/lines.ts';
import type { Model } from '../model.ts';
import type { Part } from './keys.ts';
import type { Hit, Row, Verdict } from './walk.ts';

/** Why a row runs again, may run again or does not, naming the cause with its line; `old` is what the row was before. */
export function explain(verdict: Verdict, old: Row | undefined): string {
  const { row, rerun, culprit } = verdict;
  if (!row.step && row.stage.base.kind === 'stage') {
    if (rerun === 'no' || !culprit) return 'its base stage is the same';
    return `its base stage ${runs(rerun)} again from line ${lineOf(culprit)}`;
  }
  if (!row.key.vertex) return 'settings only: no step of its own';
  if (rerun === 'no') return unchanged(row);
  const setOff = row.trigger ? `its ONBUILD, line ${lineOf(row)}, runs again: ` : '';
  return setOff + ownCause(verdict, old);
}

function ownCause({ row, rerun, hits, culprit, stages }: Verdict, old: Row | undefined): string {
  if (!old) return culprit ? aboveText(culprit, row, rerun) : 'it is new';
  const different = difference(old, row);
  if (different) return different;
  const hit = hits.find(({ certain }) => certain) ?? hits[0];
  if (hit && (hit.certain || rerun === 'maybe')) return hitText(hit);
  if (row.key.linked && rerun === 'maybe' && culprit)
    return `line ${lineOf(culprit)} runs again; --link keeps this apart only where the image store can merge layers`;
  const [from] = stages;
  if (from && (rerun === 'maybe' || !culprit)) return sourceText(from);
  return culprit ? aboveText(culprit, row, rerun) : `it came after other steps then, in line ${lineOf(old)}`;
}

function aboveText(culprit: Row, row: Row, rerun: Verdict['rerun']): string {
  const line = lineOf(culprit);
  if (culprit.stage !== row.stage) return `its base stage ${runs(rerun)} again from line ${line}`;
  if (!culprit.step) return `the stage has another base image, line ${line}`;
  return `the ${culprit.instruction.keyword.text} above, line ${line}, ${runs(rerun)} again`;
}

const runs = (rerun: Verdict['rerun']): string => (rerun === 'maybe' ? 'may run' : 'runs');

function unchanged({ step, stage, key }: Row): string {
  if (!step) return stage.base.kind === 'scratch' ? 'scratch does not change' : 'the base image is the same';
  if (key.sources.length > 0) return 'the stage that it takes files from is the same';
  if (key.foreign === 'image') return 'the image that it takes files from is the same';
  if (key.foreign === 'network') return 'the download is checked again and assumed to be the same';
  if (key.taken.length > 0) return `what it ${key.taken[0]!.verb} is the same`;
  return 'nothing that it depends on changed';
}

function hitText({ taken, path, more, folder }: Hit): string {
  if (folder) return `it ${taken.verb} the folder ${path} if that is new`;
  const others = more > 0 ? ` and ${more} more` : '';
  if (taken.certain) return `it ${taken.verb} ${path}${others}`;
  return `it may ${taken.verb === 'copies' ? 'copy' : 'mount'} ${path}${others}: only the build knows`;
}

function sourceText({ source, rerun, culprit }: Verdict['stages'][number]): string {
  const name = source.stage.name ?? String(source.stage.index);
  const from = culprit ? ` from line ${lineOf(culprit)}` : '';
  const same = `if ${source.paths} comes out the same, this does not`;
  return `stage ${name} ${runs(rerun)} again${from}; ${same}`;
}

/** The first part of the keys that differs, as a sentence: what the step says, then its arguments and settings. */
function difference(old: Row, row: Row): string | undefined {
  const before = new Map(old.key.parts.map((it) => [nameOf(it), it]));
  const after = new Map(row.key.parts.map((it) => [nameOf(it), it]));
  if (old.key.vertex !== row.key.vertex || old.key.linked !== row.key.linked) return 'its text changed';
  const found: [number, string][] = [];
  for (const [name, part] of after) {
    const other = before.get(name);
    if (other?.value !== part.value) found.push([orderOf(part, other), partText(part, other, row, old)]);
  }
  for (const [name, part] of before)
    if (!after.has(name)) found.push([orderOf(part, undefined), partText(undefined, part, row, old)]);
  return found.sort(([a], [b]) => a - b)[0]?.[1];
}

const nameOf = ({ kind, name }: Part): string => `${kind} ${name}`;

const order: readonly Part['kind'][] = [
  ...(['text', 'image', 'platform', 'words', 'mount', 'variable'] as const),
  ...(['workdir', 'folder', 'user', 'shell'] as const),
];

/** An ARG before the ENV that is made of it, as that one is the cause. */
const orderOf = (part: Part, other: Part | undefined): number =>
  order.indexOf(part.kind) * 2 + ((part.source ?? other?.source)?.kind === 'Env' ? 1 : 0);

/** What a part that differs says; `part` is undefined where it is gone, `old` where it is new. */
function partText(part: Part | undefined, old: Part | undefined, row: Row, oldRow: Row): string {
  const { kind, name } = (part ?? old)!;
  const setter = part?.source
    ? placeOf(part.source, name, row)
    : old?.source && `${placeOf(old.source, name, oldRow)} before`;
  const use = part?.uses.find((it) => old?.uses.some((other) => other.name === it.name && other.value !== it.value));
  switch (kind) {
    case 'variable':
      return part ? `${setter ?? name}, is part of its environment` : `${setter ?? name}, is gone from its environment`;
    case 'workdir':
      return setter ? `${setter}, sets the folder in which it runs` : 'the folder in which it runs changed';
    case 'folder':
      return setter ? `${setter}, sets the folder to which it copies` : 'the folder to which it copies changed';
    case 'user':
      return setter ? `${setter}, sets the user who runs it` : 'the user who runs it changed';
    case 'shell':
      return setter ? `${setter}, sets the shell that runs it` : 'the shell that runs it changed';
    default: {
      const owner = kind === 'image' || kind === 'platform' ? `its ${kind}` : 'its text';
      if (!use) return `${owner} changed`;
      return `${use.source ? placeOf(use.source, use.name, row) : use.name}, is part of ${owner}`;
    }
  }
}

/** `ARG VERSION, line 3`. */
const placeOf = (instruction: Instruction, name: string, { model }: Row): string =>
  `${instruction.keyword.text}${name && ` ${name}`}, line ${lineIn(model, instruction)}`;

const lineIn = ({ file }: Model, { span }: Instruction): number => position(file.lines, span.start).line;

const lineOf = (row: Row): number => lineIn(row.model, row.step?.instruction ?? row.instruction);
