import {
  counted,
  dockerfile,
  type Finding,
  isCostly,
  lineOf,
  type Model,
  rule,
  type Stage,
  type Step,
} from '../../src/engine/rule.ts';

export default rule({
  id: 'repeated-stage-steps',
  aliases: [],
  severity: 'info',
  preset: 'strict',
  message: 'Two stages do the same.',
  why: `
    What stands twice is edited twice. BuildKit runs instructions once where all of the stage up to them is the same, and again
    where anything before them differs. Judged are stages on the same base: their first instructions, and a RUN that installs
    packages by name or downloads.
  `,
  instead: 'Put the common instructions in a stage of their own, and begin both with FROM that stage.',
  url: 'https://docs.docker.com/build/building/multi-stage/#use-a-previous-stage-as-a-new-stage',
  examples: {
    'run twice': dockerfile`
      FROM python:3.13-slim AS build
      ENV PIP_NO_CACHE_DIR=1
      RUN apt-get update && apt-get install -y --no-install-recommends libpq5
      RUN pip install build && python -m build
      FROM python:3.13-slim
      RUN apt-get update && apt-get install -y --no-install-recommends libpq5
      ~~~
      COPY --from=build /dist /dist
    `,
    'the same beginning': dockerfile`
      FROM node:22 AS deps
      WORKDIR /app
      COPY package.json package-lock.json ./
      RUN npm ci
      FROM node:22 AS build
           ~~~~~~~
      WORKDIR /app
      COPY package.json package-lock.json ./
      RUN npm ci
      COPY . .
      RUN npm run build
    `,
    'another base, or other packages': dockerfile`
      FROM node:22 AS build
      WORKDIR /app
      RUN npm ci && npm run build
      FROM node:22-slim
      WORKDIR /app
      RUN npm ci --omit=dev
    `,
  },
  visit: {
    File(model) {
      if (model.stages.length < 2) return undefined;
      const seen = new Seen(model);
      return model.stages.flatMap((stage) => seen.judge(stage));
    },
  },
});

interface Place {
  readonly stage: Stage;
  readonly step: Step;
}

/** What the stages above have, by how they begin, and their costly instructions by base. */
class Seen {
  readonly #model: Model;
  /** The number of each beginning: of a base, and of what stands before an instruction together with it. */
  readonly #chains = new Map<string, number>();
  readonly #first = new Map<number, Place>();
  readonly #ends = new Map<Stage, number>();
  readonly #runs = new Map<string, Place>();

  constructor(model: Model) {
    this.#model = model;
  }

  judge(stage: Stage): Finding[] {
    const { base, lineage } = stage;
    let chain = base.kind === 'stage' ? this.#ends.get(base.stage)! : this.#number(`${baseOf(stage)}`);
    let same: Place | undefined;
    const common: Step[] = [];
    const again: Finding[] = [];
    for (const step of stage.steps) {
      const text = textOf(step, this.#model);
      chain = this.#number(`${chain} ${text}`);
      const first = this.#first.get(chain);
      if (first && common.length === step.index) {
        same ??= first;
        common.push(step);
      } else again.push(...this.#again(step, text, stage));
      if (!first) this.#first.set(chain, { stage, step });
      const key = `${baseOf(lineage[0]!)} ${text}`;
      if (!this.#runs.has(key)) this.#runs.set(key, { stage, step });
    }
    this.#ends.set(stage, chain);
    return [
      ...(same && common.length > 1 && common.some(isCostly) ? [this.#begin(stage, same, common)] : []),
      ...again,
    ];
  }

  #number(key: string): number {
    const known = this.#chains.get(key) ?? this.#chains.size;
    this.#chains.set(key, known);
    return known;
  }

  /** Stages that begin in the same way share a cache; only who edits them has the work twice. */
  #begin({ from }: Stage, { stage: other }: Place, common: readonly Step[]): Finding {
    return {
      at: from.image ?? from.keyword,
      related: other.from.keyword,
      severity: 'style',
      message: `The first ${counted(common.length, 'instruction')} are those of ${nameOf(other, this.#model)}.`,
    };
  }

  #again(step: Step, text: string, stage: Stage): Finding[] {
    const root = stage.lineage[0]!;
    const first = this.#runs.get(`${baseOf(root)} ${text}`);
    if (!first || stage.lineage.includes(first.stage) || !isAlike(step, first.step)) return [];
    return [
      {
        at: step.instruction.keyword,
        related: first.step.instruction.keyword,
        message: `Line ${lineOf(this.#model, first.step.instruction)} of ${nameOf(first.stage, this.#model)} runs the same on the same base; as what stands before it differs, it runs twice.`,
      },
    ];
  }
}

const nameOf = ({ name, from }: Stage, model: Model): string =>
  name === undefined ? `the stage of line ${lineOf(model, from)}` : `the stage ${name}`;

/** The base and the platform, as they are written where they are not known. */
function baseOf({ base, image, platform, index }: Stage): string {
  const on = platform === undefined || platform.value.state === 'unset' ? '' : platform.value.text;
  if (base.kind === 'image') return `${base.reference.text} ${on}`;
  return image.value.state === 'unknown'
    ? `${image.value.text} ${on}`
    : `${base.kind} ${base.kind === 'scratch' ? '' : index}`;
}

const textOf = ({ instruction: { span, keyword } }: Step, { file }: Model): string =>
  `${keyword.text.toUpperCase()} ${file.text.slice(keyword.span.end, span.end).replace(/\s+/g, ' ')}`;

/** Whether two RUNs of one text do the same: they read no files of a project, and no variable that has another value. */
function isAlike(step: Step, other: Step): boolean {
  const { instruction, operations, installs, script } = step;
  if (instruction.kind !== 'Run' || !isCostly(step) || installs.length > 0) return false;
  if (
    operations.some(
      ({ action, runsProject, packages }) => runsProject || (action === 'install' && packages.length === 0),
    )
  )
    return false;
  if (operations.every(({ action }) => action !== 'install')) return false;
  const names = new Set(
    (script?.commands ?? []).flatMap(({ args }) =>
      args.flatMap(({ text }) => [...text.matchAll(/\$\{?(\w+)/g)].map((it) => it[1]!)),
    ),
  );
  return [...names].every((name) => valueIn(name, step) === valueIn(name, other));
}

function valueIn(name: string, { before }: Step): string {
  const value = before.variable(name)?.value;
  return value === undefined || value.state === 'unset' ? '' : `${value.state} ${value.text}`;
}
