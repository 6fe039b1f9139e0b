import {
  dockerfile,
  type Finding,
  flagOf,
  isDigest,
  type Place,
  rule,
  type Step,
  type Word,
} from '../../src/engine/rule.ts';

export default rule({
  id: 'invalid-checksum',
  aliases: [],
  severity: 'error',
  preset: 'recommended',
  always: true,
  message: 'The builder does not accept this checksum.',
  why: `
    The build stops before its first step. ADD --checksum is for a single download: the sha256, sha384 or sha512 of a file, or
    the commit of a Git repository. A value that only the build knows is not judged.
  `,
  instead: 'Write sha256: and its 64 hexadecimal digits.',
  url: 'https://docs.docker.com/reference/dockerfile/#add---checksum',
  examples: {
    'a digest that is cut off': dockerfile`
      FROM scratch
      ADD --checksum=sha256:24454f83 https://example.com/x.tgz /x.tgz
                     ~~~~~~~~~~~~~~~
    `,
    'a local source, and two of them': dockerfile`
      FROM scratch
      ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d x.tgz /x
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d a.txt b.txt /y/
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    'a file, and a commit': dockerfile`
      FROM scratch
      ARG SUM
      ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/x /x
      ADD --checksum=24454f830cdb571e2c4ad15481119c43b3cafd48 https://github.com/moby/buildkit.git /y
      ADD --checksum=$SUM https://example.com/z /z
    `,
  },
  visit: {
    Add(node, { step }: Place): Finding | undefined {
      const flag = flagOf(node, 'checksum');
      if (!flag?.value || isEmpty(flag.value, step)) return undefined;
      const [source, ...others] = node.sources;
      if (!source) return undefined;
      if (others.length > 0 || node.heredocs.length > 0) {
        return {
          at: flag,
          message: '--checksum is for a single download, and this ADD has several sources.',
          instead: 'Write one ADD for each source.',
        };
      }
      const from = step.expand(source).value;
      if (from.state !== 'known') return undefined;
      if (isGit.test(from.text)) return undefined;
      if (!/^https?:\/\//.test(from.text)) {
        return {
          at: flag,
          message: `--checksum is for downloads, and ${from.text || 'this'} is a local source.`,
          instead: 'Remove --checksum.',
        };
      }
      const { value } = step.expand(flag.value);
      return value.state !== 'known' || isDigest(value.text)
        ? undefined
        : { at: flag.value, message: `${value.text} is not a checksum${reason(value.text)}.` };
    },
  },
});

const isEmpty = (word: Word, { expand }: Step): boolean => {
  const { value } = expand(word);
  return value.state === 'known' && value.text === '';
};

const isGit = /^(?:(?:git|ssh):\/\/|[\w.-]+@[\w.-]+:|https?:\/\/[^?#]*\.git(?:[?#]|$))/;
const lengths = new Map([
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
]);

function reason(text: string): string {
  const [algorithm = '', digits] = text.split(':');
  if (digits === undefined) return ': the algorithm is missing, as in sha256:…';
  const length = lengths.get(algorithm);
  if (length === undefined) return '; the algorithms are sha256, sha384 and sha512';
  if (digits.length !== length) return `: ${algorithm} has ${length} digits, not ${digits.length}`;
  return ': its digits are 0 to 9 and a to f';
}
