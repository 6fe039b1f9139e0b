import { closest, dockerfile, type Finding, isKnownName, type Model, rule, type Stage } from '../../src/engine/rule.ts';

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
    Stage: (stage, model) => judge(stage, model),
  },
});

/** Below this length a near name is as likely another image. */
const shortest = 5;

function judge({ from, image, index, base }: Stage, { stages }: Model): Finding | undefined {
  if (!from.image || base.kind !== 'image' || image.uses.length > 0) return undefined;
  const name = base.reference.text;
  if (/[/:@]/.test(name) || isKnownName(name)) return undefined;
  const at = from.image;
  const later = stages.slice(index + 1).find((it) => it.name?.toLowerCase() === name)?.from.name;
  if (later) return { at, related: later, message: `The stage ${name} is further down in the file.` };
  if (stages[index]!.name?.toLowerCase() === name || name.length < shortest) return undefined;
  const near = closest(
    name,
    stages.slice(0, index).flatMap((it) => it.name?.toLowerCase() ?? []),
  );
  if (!near) return undefined;
  return {
    at,
    message: `There is no stage ${name} above; ${near} is likely meant.`,
    fix: { title: `Write ${near}`, edits: [{ span: at.span, text: near }] },
  };
}
