import { dockerfile, type Finding, type Instruction, type Place, rule, type Span } from '../../src/engine/rule.ts';
import { isRemote } from '../lib/paths.ts';

type Transfer = Extract<Instruction, { kind: 'Copy' | 'Add' }>;

export default rule({
  id: 'ignored-source',
  aliases: ['CopyIgnoredFile'],
  severity: 'error',
  preset: 'recommended',
  message: 'The ignore file keeps this source from the builder.',
  why: `
    What .dockerignore excludes is never sent, so the build does not find it; a pattern such as *.log silently copies nothing.
    This needs the build context. A folder of which a part remains is not reported.
  `,
  instead: 'A line in .dockerignore that takes it back, such as !dist, or another source.',
  url: 'https://docs.docker.com/reference/build-checks/copy-ignored-file/',
  examples: {
    'other stages and addresses have no ignore file': dockerfile`
      FROM node:22 AS build
      WORKDIR /app
      COPY . .
      RUN npm run build
      FROM nginx:1.29
      COPY --from=build /app/dist /usr/share/nginx/html
    `,
  },
  visit: {
    Copy: judge,
    Add: judge,
    Run({ flags }, place) {
      return flags.flatMap(({ mount }) => {
        if (mount?.type !== 'bind' || mount.from !== undefined || !mount.source || mount.source.includes('$'))
          return [];
        const at = mount.options.find(({ key }) => key === 'source' || key === 'src')?.valueSpan;
        return (at && ignored(mount.source, at, place, {})) ?? [];
      });
    },
  },
});

function judge(node: Transfer, place: Place): readonly Finding[] {
  const { sources, flags, heredocs } = node;
  if (flags.some(({ name }) => name.text === 'from')) return [];
  const values = (flag: string): string[] =>
    flags.flatMap(({ name, value }) => (name.text === flag && value ? [value.text] : []));
  const parents = flags.some(({ name, value }) => name.text === 'parents' && value?.text.toLowerCase() !== 'false');
  return sources.flatMap((source) => {
    const { value } = place.step.expand(source);
    if (
      value.state !== 'known' ||
      value.text === '' ||
      heredocs.some(({ opener }) => opener.start === source.span.start)
    )
      return [];
    if (node.kind === 'Add' && isRemote(value.text)) return [];
    const finding = ignored(value.text, source.span, place, { exclude: values('exclude'), parents });
    return finding ? [{ ...finding, aliases: ['CopyIgnoredFile'] }] : [];
  });
}

/** What an ONBUILD copies comes from the context of another build. */
function ignored(
  source: string,
  at: Span,
  { model, onbuild }: Place,
  options: { readonly exclude?: readonly string[]; readonly parents?: boolean },
): Finding | undefined {
  const { context } = model.options;
  const pattern = onbuild ? undefined : context?.copied([source], options).ignored[0]?.pattern;
  if (!pattern) return undefined;
  const where = `line ${pattern.line} of ${context?.ignoreFile?.path ?? '.dockerignore'}`;
  return { at, aliases: [], message: `${source} is kept from the builder by the pattern ${pattern.raw}, ${where}.` };
}
