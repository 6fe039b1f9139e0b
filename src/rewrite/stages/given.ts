import type { Model, Stage, Step } from '../../model/model.ts';
import { textOf } from '../../model/stages/expand.ts';
import type { ImageReference } from '../../model/stages/reference.ts';

/** Variables of official images, by which files name folders. */
const variables: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  golang: { GOPATH: '/go' },
  rust: { CARGO_HOME: '/usr/local/cargo' },
  php: { PHP_INI_DIR: '/usr/local/etc/php' },
  ruby: { GEM_HOME: '/usr/local/bundle' },
};

const of = ({ official, name }: ImageReference): Readonly<Record<string, string>> =>
  official && Object.hasOwn(variables, name) ? variables[name]! : {};

export const givenBy = (image: ImageReference, name: string): string | undefined => {
  const own = of(image);
  return Object.hasOwn(own, name) ? own[name] : undefined;
};

/** The value that an ENV gives to containers. */
export function variableOf(stage: Stage, name: string): string | undefined {
  const variable = stage.end.variable(name);
  return variable?.kind === 'env' ? textOf(variable.value) : undefined;
}

/** The same, or what the base image is known to give. */
export const valueIn = (stage: Stage, name: string): string | undefined =>
  variableOf(stage, name) ?? (stage.rootImage && givenBy(stage.rootImage, name));

/** Whether PATH has a folder of that name in it. */
export function isOnPath(folder: string, { end }: Stage): boolean {
  const path = end.variable('PATH')?.value;
  return path !== undefined && path.state !== 'unset' && path.text.includes(folder);
}

interface Named {
  readonly stage: Stage;
  readonly steps: readonly Step[];
  readonly model: Model;
}

/** ENV lines for the variables of the old base that instructions of the final stage may name. */
export function stillNamed({ stage, steps, model }: Named): string[] {
  const own = Object.entries(stage.rootImage ? of(stage.rootImage) : {});
  const isNamed = (name: string): boolean =>
    steps.some(
      ({ instruction: { kind, span } }) =>
        kind !== 'Run' && new RegExp(`\\$\\{?${name}\\b`).test(model.file.text.slice(span.start, span.end)),
    );
  return own.flatMap(([name, value]) =>
    variableOf(stage, name) === undefined && isNamed(name) ? [`ENV ${name}=${value}`] : [],
  );
}
