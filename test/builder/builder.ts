import { copyFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Builder as Kind } from '../../src/knowledge/builder/builders.ts';

/** The name that the fixtures give to an image of one static busybox. */
export const BASE = 'localhost/dflint-base:1';

export type Judged = Exclude<Kind, 'kaniko'>;

export interface Built {
  /** Stage by stage, in the order of the file. */
  readonly steps: readonly BuiltStep[];
  readonly diffIds: readonly string[];
}

/** A step of the file as the builder names it; FROM has no say. */
export interface BuiltStep {
  readonly stage: number;
  readonly text: string;
  /** Whether it was taken from the cache; undefined where the builder made it one with the same step of another stage. */
  readonly cached: boolean | undefined;
}

export interface BuildOptions {
  readonly args?: Readonly<Record<string, string>>;
  readonly target?: string | undefined;
  /** Relative to the context. */
  readonly dockerfile?: string;
  /** The ignore file in force, relative to the context: not every builder looks beside the Dockerfile. */
  readonly ignoreFile?: string | undefined;
  /** False: every step runs; buildah then makes all layers one. */
  readonly cache?: boolean;
  /** More of the builder's own: secrets, other contexts, platforms. */
  readonly flags?: readonly string[];
}

/** `exported` is what BuildKit's own docker exporter writes. */
export type Form = 'docker-archive' | 'exported' | 'oci-archive' | 'oci';

/** A real builder with images of its own, gone when `dispose` is called. */
export interface Builder {
  readonly kind: Judged;
  readonly busybox: string;
  /** What `writeImage` can write. */
  readonly forms: readonly Form[];
  /** A copy of a folder of `fixtures` that may be changed, where the last of that name is replaced. */
  contextOf(fixture: string): string;
  /** Makes a stand-in of that kind (a stage of the stand-ins) under this name; no two names are one image. */
  base(name: string, kind: string): Promise<void>;
  build(context: string, options?: BuildOptions): Promise<Built>;
  /** The line of the Dockerfile, from 1, at which a build that threw has failed; undefined where it does not say. */
  failedLine(message: string, text: string): number | undefined;
  /** Writes the image that was built last to a file or folder. */
  writeImage(form: Form, path: string): Promise<void>;
  /** Layers of an image under the name that a Dockerfile has for it. */
  layersOf(image: string): Promise<number>;
  /** What the program of the image that was built last prints; `argv` takes the place of its own. */
  run(argv?: readonly string[]): Promise<string>;
  dispose(): void;
}

/** Makes `contextOf` for a builder that keeps its files in a folder. */
export function contextsIn(folder: string): Builder['contextOf'] {
  let contexts = 0;
  return (fixture) => {
    contexts += 1;
    const context = join(folder, 'contexts', String(contexts), fixture);
    cpSync(join('fixtures', fixture), context, { recursive: true });
    return context;
  };
}

/** A copy of the context of the stand-ins, with their busybox. */
export function standInsIn(folder: string, busybox: string): string {
  const standIns = join(folder, 'stand-ins');
  cpSync('fixtures/builder/stand-ins', standIns, { recursive: true });
  copyFileSync(busybox, join(standIns, 'busybox'));
  return standIns;
}
