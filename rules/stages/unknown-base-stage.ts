import { closest, dockerfile, type Finding, isKnownName, rule, type Stage } from '../../src/engine/rule.ts';

export default rule({
  id: 'unknown-base-stage',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'FROM names a stage that is not above it.',
  why: `
    The builder then looks for an image with that name, and gets an unrelated one or stops. FROM can use only the stages
    above it. A short name that may be an image is not judged.
  `,
  instead: 'Name a stage above, or an image with its tag.',
  url: 'https://docs.docker.com/reference/dockerfile/#from',
  examples: {
    'a mistyped stage': dockerfile`
        FROM node:22 AS dependencies
      - FROM dependancies AS test
             ~~~~~~~~~~~~
      + FROM dependencies AS test
    `,
    'a stage further down': dockerfile`
      FROM builder AS test
           ~~~~~~~
      FROM golang:1.25 AS builder
    `,
    'stages and images': dockerfile`
      FROM golang:1.25 AS golang
      FROM golang AS test
      FROM gorgon:1
    `,
  },
  visit: {
    File: ({ stages }) => {
      const byName = new Map<string, Stage[]>();
      for (const it of stages) {
        const name = it.name?.toLowerCase();
        if (name !== undefined) byName.set(name, [...(byName.get(name) ?? []), it].slice(0, 2));
      }
      const names = new Set<string>();
      return stages.flatMap((stage) => {
        const found = judge(stage, byName, names);
        if (stage.name !== undefined) names.add(stage.name.toLowerCase());
        return found ?? [];
      });
    },
  },
});

/** Below this length a near name is as likely another image. */
const shortest = 5;

/** `byName` has the first two stages of a name, `above` the names of those that came before. */
function judge(
  { from, image, index, base, name: own }: Stage,
  byName: ReadonlyMap<string, readonly Stage[]>,
  above: ReadonlySet<string>,
): Finding | undefined {
  if (!from.image || base.kind !== 'image' || image.uses.length > 0) return undefined;
  const name = base.reference.text;
  if (/[/:@]/.test(name) || isKnownName(name)) return undefined;
  const at = from.image;
  const later = byName.get(name)?.find((it) => it.index > index)?.from.name;
  if (later) return { at, related: later, message: `The stage ${name} is further down in the file.` };
  if (own?.toLowerCase() === name || name.length < shortest) return undefined;
  const near = closest(name, above);
  if (!near) return undefined;
  return {
    at,
    message: `There is no stage ${name} above; ${near} is likely meant.`,
    fix: { title: `Write ${near}`, edits: [{ span: at.span, text: near }] },
  };
}
