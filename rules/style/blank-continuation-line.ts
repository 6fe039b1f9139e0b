import { dockerfile, type Edit, type Finding, type Proposal, rule } from '../../src/engine/rule.ts';
import { leavesOf } from '../lib/syntax.ts';

const kinds: ReadonlySet<string> = new Set(['Blank', 'Continuation', 'Text', 'Comment', 'Space', 'LineEnd']);
type Leaf = ReturnType<typeof leavesOf>[number];

/** In capitals; words of a shell command are hardly ever one of these. */
const keywords: ReadonlySet<string> = new Set([
  ...['FROM', 'RUN', 'CMD', 'LABEL', 'EXPOSE', 'ENV', 'ADD', 'COPY', 'ENTRYPOINT', 'VOLUME', 'USER', 'WORKDIR', 'ARG'],
  ...['ONBUILD', 'STOPSIGNAL', 'HEALTHCHECK', 'SHELL', 'MAINTAINER'],
]);

export default rule({
  id: 'blank-continuation-line',
  aliases: ['NoEmptyContinuation'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'safe',
  message: 'A blank line is inside an instruction.',
  why: `
    docker build warns of it and announces that it will become an error. The instruction goes on after the line, whatever
    follows, while a reader thinks that it has ended.
  `,
  instead: 'Delete the line, or make it a comment (#).',
  url: 'https://docs.docker.com/reference/build-checks/no-empty-continuation/',
  examples: {
    'a blank line': dockerfile`
        FROM debian:12
        RUN apt-get update && \
      -
        ~
            apt-get upgrade --yes
    `,
    'an instruction that was meant to end': dockerfile`
        FROM debian:12
      - RUN apt-get update && apt-get upgrade --yes \
      + RUN apt-get update && apt-get upgrade --yes

        ~
        CMD ["bash"]
    `,
    'a comment, and a here-document': dockerfile`
      FROM debian:12
      RUN apt-get update && \
          #
          apt-get upgrade --yes
      RUN <<EOF
      echo one

      echo two
      EOF
    `,
  },
  differs: {
    NoEmptyContinuation: [{ why: 'It is reported at the first blank line, BuildKit at the next line.' }],
  },
  silencing: 'top',
  visit: {
    File({ file }) {
      const inside = file.instructions.flatMap((it) => together(judge(leavesOf(it, ...kinds))));
      return [...inside, ...atEnd(file.trivia.filter(({ kind }) => kinds.has(kind)))];
    },
  },
});

/** One finding for all blank lines of an instruction, as one edit removes them; those that swallow an instruction are their own. */
function together(findings: readonly Finding[]): Finding[] {
  const plain = findings.filter(({ message }) => message === undefined);
  const [first] = plain;
  if (!first?.fix || plain.length === 1) return [...findings];
  const message = `${plain.length} gaps of blank lines are inside this instruction.`;
  const fix = { title: 'Remove the lines', edits: plain.flatMap(({ fix }) => fix?.edits ?? []) };
  return findings.flatMap((it) => (it === first ? { ...it, message, fix } : it.message === undefined ? [] : it));
}

/** What stands behind each continuation, up to the text that goes on. */
const judge = (leaves: readonly Leaf[]): Finding[] =>
  leaves.flatMap(({ kind }, index) => {
    if (kind !== 'Continuation') return [];
    let behind = index + 1;
    while (behind < leaves.length && leaves[behind]!.kind !== 'Text' && leaves[behind]!.kind !== 'Continuation')
      behind++;
    const gap = leaves.slice(index + 1, behind);
    const first = gap.find((leaf) => leaf.kind === 'Blank');
    const keyword = /^\s*([A-Z]+)\s/.exec(leaves[behind]?.raw ?? '')?.[1];
    if (!first || keyword === undefined || !keywords.has(keyword)) return blankRuns(gap);
    const message = `The trailing backslash above goes past this blank line and makes ${keyword} part of the instruction.`;
    return [
      {
        at: first,
        message,
        instead: 'Remove the backslash.',
        fix: parted(leaves.slice(Math.max(index - 1, 0), behind + 1)),
      },
    ];
  });

/** One finding for blank lines that follow one another. */
function blankRuns(gap: readonly Leaf[]): Finding[] {
  return gap.flatMap((first, index): Finding[] => {
    if (first.kind !== 'Blank' || gap[index - 1]?.kind === 'Blank') return [];
    let end = index + 1;
    while (gap[end]?.kind === 'Blank') end++;
    const last = gap[end - 1]!;
    const title = first === last ? 'Remove the line' : 'Remove the lines';
    const span = { start: first.span.start, end: last.span.end };
    return [{ at: first, fix: { title, edits: [{ span, text: '' }] } }];
  });
}

/** Ends the instruction behind the first of `leaves`, where its continuation stands; the last begins the next instruction. */
function parted([said, , ...leaves]: readonly Leaf[]): Proposal {
  const { span, raw } = leaves.at(-1)!;
  const start = said!.span.start + said!.raw.trimEnd().length;
  const end = span.start + raw.length - raw.trimStart().length;
  const lines = leaves.slice(0, -1).map((leaf) => leaf.raw);
  return {
    title: 'End the instruction',
    edits: [{ span: { start, end }, text: `\n${lines.join('')}` }],
    safety: 'suggestion',
    reaches: ['user', 'workdir', 'shell', 'variables'],
  };
}

/** A continuation that leads to the end of the file. */
function atEnd(leaves: readonly Leaf[]): Finding[] {
  const open = leaves.findIndex(({ kind }) => kind === 'Continuation');
  const blank = leaves.slice(open + 1).find(({ kind }) => kind === 'Blank');
  if (open < 0 || !blank) return [];
  const message = 'The line above is continued, but only blank lines follow.';
  return [
    {
      at: blank,
      message,
      instead: 'Remove the backslash.',
      fix: { title: 'End the instruction', edits: [withoutEscape(leaves[open]!)] },
    },
  ];
}

/** The escape character goes, the line end stays. */
const withoutEscape = ({ raw, span }: Leaf): Edit => ({
  span: { start: span.start, end: span.start + raw.length - /\r*\n?$/.exec(raw)![0].length },
  text: '',
});
