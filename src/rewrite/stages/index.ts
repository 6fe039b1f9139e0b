import { parse } from '../../../grammar/index.ts';
import { analyze } from '../../model/index.ts';
import type { BuildOptions, Model, Stage } from '../../model/model.ts';
import { position } from '../../text/lines.ts';
import { compose } from './compose.ts';
import type { Division } from './draft.ts';
import { givenBy } from './given.ts';
import { recipes } from './recipes/index.ts';
import { Obstacle } from './work.ts';

/** The multi-stage version of a file, or why there is none. */
export interface Split {
  /** The new text; the one given where nothing is divided. */
  readonly text: string;
  /** What is divided; undefined where nothing is. */
  readonly division: Division | undefined;
  /** Why a stage that builds is not divided; undefined where it is, and where nothing builds. */
  readonly refusal: Refusal | undefined;
}

export interface Refusal {
  /** The kind of project, where it was recognised: `go`. */
  readonly recipe: string | undefined;
  /** 1-based. */
  readonly line: number;
  readonly reason: string;
}

export interface SplitOptions {
  readonly build?: Partial<BuildOptions>;
}

/**
 * A Dockerfile whose last stage only runs: what it builds goes to a stage of its own, and what the program needs is copied from
 * there. Instructions keep their words and comments. Where it cannot be shown that the container does the same, nothing is divided,
 * and the reason is told. Pure; never throws on any text.
 */
export function split(text: string, options: SplitOptions = {}): Split {
  const { ast, errors } = parse(text);
  const build = { ...options.build, given: givenBy };
  const model = analyze(ast, build);
  const { target } = model;
  if (!target || errors.length > 0) return { text, division: undefined, refusal: undefined };
  let refusal: Refusal | undefined;
  for (const recipe of recipes) {
    try {
      const division = compose(target, model, recipe);
      if (!division) continue;
      const reason = difference(division.text, target, model, build);
      if (reason !== undefined) throw new Obstacle(target.from.span.start, reason);
      return { text: division.text, division, refusal: undefined };
    } catch (error) {
      if (!(error instanceof Obstacle)) throw error;
      const { line } = position(model.file.lines, error.offset);
      refusal ??= { recipe: recipe.id, line, reason: error.message };
    }
  }
  return { text, division: undefined, refusal };
}

/** What of the container would differ after the rewrite; undefined where nothing does. */
function difference(text: string, stage: Stage, model: Model, build: Partial<BuildOptions>): string | undefined {
  const { ast, errors } = parse(text);
  if (errors.length > 0) return 'the new text has a syntax error';
  const now = analyze(ast, build);
  const other = now.target;
  if (!other || now.stages.length - model.stages.length > 1) return 'the new text has other stages';
  const [before, after] = [stage.end, other.end];
  for (const kind of ['cmd', 'entrypoint', 'healthcheck', 'stopsignal'] as const) {
    const [one, two] = [before[kind], after[kind]].map(
      (it, index) => it && (index === 0 ? model : now).file.text.slice(it.span.start, it.span.end),
    );
    if (one !== two) return `${kind.toUpperCase()} would differ`;
  }
  const texts = (values: readonly { readonly state: string }[]): string => JSON.stringify(values);
  if (texts(before.exposed) !== texts(after.exposed)) return 'EXPOSE would differ';
  if (texts(before.volumes) !== texts(after.volumes)) return 'VOLUME would differ';
  if (JSON.stringify([...before.labels]) !== JSON.stringify([...after.labels])) return 'LABEL would differ';
  if (before.user.state === 'known' && JSON.stringify(before.user) !== JSON.stringify(after.user))
    return 'USER would differ';
  if (before.workdir.state === 'known' && JSON.stringify(before.workdir) !== JSON.stringify(after.workdir))
    return 'WORKDIR would differ';
  return undefined;
}
