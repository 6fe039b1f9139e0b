import type { Instruction } from '../../../grammar/index.ts';
import { droppingImages, rootImages } from '../../knowledge/images/users.ts';
import { baseName } from '../../text/path.ts';
import type { Span } from '../../text/span.ts';
import type { Model, Stage } from '../model.ts';
import { flagOf } from './flags.ts';
import { type ImageReference, parseReference } from './reference.ts';

/** An image that the builder fetches for a stage; what depends on an unknown argument is undefined. */
export interface NamedImage {
  readonly via: 'from' | 'copy' | 'mount';
  readonly at: Span;
  readonly registry: string | undefined;
  /** With `library/` for official images; undefined where a variable stands in it. */
  readonly repository: string | undefined;
  readonly version: Pick<ImageReference, 'text' | 'name' | 'tag' | 'digest'> | undefined;
}

/** The images of FROM, COPY --from and the mounts of RUN; stages and what may be a build context are none. */
export function imagesOf(stage: Stage, model: Model): NamedImage[] {
  const base = baseImage(stage);
  const copied = stage.steps.flatMap(({ instruction }) =>
    namedSources(instruction).flatMap(({ name, at, mount }): NamedImage[] => {
      const reference = isImage(name, stage, model) ? parseReference(name) : undefined;
      return reference ? [{ via: mount ? 'mount' : 'copy', at, ...named(reference) }] : [];
    }),
  );
  return base ? [base, ...copied] : copied;
}

/** A name that `--from` or a mount has. */
export interface NamedSource {
  readonly name: string;
  readonly at: Span;
  readonly mount: boolean;
}

/** What COPY and the mounts of RUN take files from, as written. */
export function namedSources(instruction: Instruction): NamedSource[] {
  if (instruction.kind === 'Copy') {
    const from = flagOf(instruction, 'from')?.value;
    return from ? [{ name: from.text, at: from.span, mount: false }] : [];
  }
  if (instruction.kind !== 'Run') return [];
  return instruction.flags.flatMap(({ mount }): NamedSource[] => {
    const from = mount?.options.findLast(({ key }) => key === 'from');
    return from?.value && from.valueSpan ? [{ name: from.value, at: from.valueSpan, mount: true }] : [];
  });
}

/** Whether the builder takes it for the number of a stage. */
export const isNumber = (name: string): boolean => /^[+-]?\d+$/.test(name);

/** Whether a bare name is known to be an image; any other may be a build context. */
export const isKnownName = (name: string): boolean => rootImages.has(name) || droppingImages.has(name);

const isImage = (name: string, stage: Stage, model: Model): boolean =>
  !model.stageNamed(name, stage) && !name.includes('$') && (/[/:@]/.test(name) || isKnownName(name));

/** The image of FROM; undefined for a stage, scratch, and a name of which nothing is certain. */
export function baseImage({ base, from, image }: Stage): NamedImage | undefined {
  if (!from.image) return undefined;
  const at = from.image.span;
  if (base.kind === 'image') return { via: 'from', at, ...named(base.reference) };
  return base.kind === 'unknown' && image.value.state === 'unknown'
    ? { via: 'from', at, ...knownParts(image.value.text) }
    : undefined;
}

const named = (reference: ImageReference): Pick<NamedImage, 'registry' | 'repository' | 'version'> => ({
  registry: reference.registry,
  repository: reference.repository,
  version: reference,
});

/** What is certain of a name in which variables stand: its registry or all but its tag in front of them, its tag behind them. */
function knownParts(text: string): Pick<NamedImage, 'registry' | 'repository' | 'version'> {
  const masked = text.replace(/\$\{[^{}]*\}|\$\w+/g, '$');
  const slash = masked.indexOf('/');
  const last = baseName(masked);
  const first = masked.slice(0, Math.max(slash, 0));
  const certain = (part: string): boolean => slash > 0 && !/[${}]/.test(part);
  const untagged = masked.replace(/[:@][^/]*$/, '');
  const whole = untagged.includes('$') ? undefined : parseReference(untagged);
  const version = certain(last) ? parseReference(`x/${last}`) : undefined;
  return {
    registry: whole?.registry ?? (certain(first) ? parseReference(`${first}/x`)?.registry : undefined),
    repository: whole?.repository,
    version: version && { ...version, text },
  };
}
