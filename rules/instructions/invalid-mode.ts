import { dockerfile, type Finding, flagOf, type Instruction, type Place, rule } from '../../src/engine/rule.ts';

export default rule({
  id: 'invalid-mode',
  aliases: [],
  severity: 'error',
  preset: 'recommended',
  always: true,
  message: 'The builder does not accept this mode.',
  why: `
    The build stops before its first step. A mode is an octal number up to 7777, or symbolic as in chmod: u=rwX,go=rX. A mode
    that only the build knows is not judged.
  `,
  instead: 'Write a mode such as 755, 0644 or u=rwX,go=rX.',
  url: 'https://docs.docker.com/reference/dockerfile/#copy---chown---chmod',
  examples: {
    'digits that are not octal, too many of them, and half a symbol': dockerfile`
      FROM scratch
      COPY --chmod=888 a /a
                   ~~~
      COPY --chmod=100755 b /b
                   ~~~~~~
      COPY --chmod=rwx c /c
                   ~~~
    `,
    'octal and symbolic': dockerfile`
      FROM scratch
      ARG MODE
      COPY --chmod=0755 a /a
      COPY --chmod=u=rwX,go=rX b /b
      COPY --chmod=$MODE c /c
    `,
  },
  visit: {
    Copy: (node, place) => judge(node, place),
    Add: (node, place) => judge(node, place),
  },
});

const symbolic = /^[ugoa]*(?:[-+=][rwxXstugo]*)+$/;

function judge(node: Instruction, { step }: Place): Finding | undefined {
  const flag = flagOf(node, 'chmod')?.value;
  const value = flag && step.expand(flag).value;
  if (!flag || value?.state !== 'known' || value.text === '') return undefined;
  const { text } = value;
  const number = /^\d/.test(text);
  if (number ? /^0*[0-7]{1,4}$/.test(text) : text.split(',').every((part) => symbolic.test(part))) return undefined;
  const why = /^\d+$/.test(text) ? (/[89]/.test(text) ? ': its digits go from 0 to 7' : ': the highest is 7777') : '';
  return { at: flag, message: `${text} is not a mode${why}.` };
}
