import { parse } from '../../grammar/index.ts';
import { analyze } from '../../src/model/index.ts';
import type { Base, BuildOptions, Model } from '../../src/model/model.ts';
import type { Value } from '../../src/model/stages/expand.ts';

/** The model of a Dockerfile, written with ` ⏎ ` or line ends between lines. */
export const modelOf = (text: string, options: Partial<BuildOptions> = {}): Model =>
  analyze(parse(lines(text)).ast, options);

export const lines = (text: string): string => `${text.replace(/ ?⏎ ?/g, '\n')}\n`;

/** `=text` known, `?text` unknown, `unset`. */
export const said = (value: Value | undefined): string =>
  !value ? 'none' : value.state === 'known' ? `=${value.text}` : value.state === 'unknown' ? `?${value.text}` : 'unset';

export const baseOf = (base: Base): string =>
  base.kind === 'stage'
    ? `stage ${base.stage.index}`
    : base.kind === 'image'
      ? `image ${base.reference.text}`
      : base.kind === 'unknown'
        ? `unknown ${base.text}`
        : base.kind;

/** Asks a model for everything it has. */
export function force(model: Model): void {
  void model.target;
  for (const stage of model.stages) {
    void [
      stage.base,
      stage.image,
      stage.platform,
      stage.os,
      stage.lineage,
      stage.reachable,
      stage.shipped,
      stage.needs,
      stage.allSteps,
      stage.triggers,
      stage.waste,
      stage.takesCode,
    ];
    for (const step of [model.step(stage.from)!, ...stage.steps]) {
      for (const state of [step.before, step.after]) {
        for (const name in state) void state[name as keyof typeof state];
        state.variable('PATH');
        state.variable('nowhere');
      }
      for (const one of [step, step.trigger].filter((it) => it !== undefined))
        void [
          ...[one.script, one.operations, one.stage, one.takes, one.mounts, one.effects, one.linked, one.changes],
          ...[one.installs, one.account, one.isRoot, one.home, one.earlier],
        ];
    }
    for (const name in stage.end) void stage.end[name as keyof typeof stage.end];
    model.stageNamed('a', stage);
    model.stageNamed('0', stage);
  }
  for (const step of model.globals) void [step.before.variables, step.after.user, step.script];
}
