import {
  dockerfile,
  type Finding,
  type Instruction,
  leaves,
  quoteAfter,
  rule,
  type Span,
} from '../../src/engine/rule.ts';

export default rule({
  id: 'lost-comment-line',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'The builder takes this line for a comment and drops it.',
  why: `
    A line that begins with # is a comment anywhere in an instruction, even in quotes, so the text is written without it. Only
    lines that end in a backslash are reported, as others are meant as comments.
  `,
  instead: 'Write the text in a here-document, or put something before the #.',
  url: 'https://docs.docker.com/reference/dockerfile/#format',
  examples: {
    'a comment for another file': dockerfile`
      FROM debian:12
      RUN printf "\n\
      # arrow up\n\
      ~~~~~~~~~~~~~
      key\n" >> /etc/inputrc
    `,
    'between commands, and in a here-document': dockerfile`
      FROM debian:12
      RUN echo "a" && \
          # isn't it
          echo "b"
      COPY <<EOF /etc/x
      # "a
      b"
      EOF
    `,
  },
  visit: {
    File: ({ file }) => file.instructions.flatMap(judge),
  },
});

function judge(instruction: Instruction): Finding[] {
  const lost: Span[] = [];
  let quote = '';
  for (const { kind, raw, span } of leaves(instruction)) {
    if (kind === 'HeredocBody' || kind === 'Skipped') return [];
    if (kind === 'Comment') {
      // with a backslash at its end it is meant as text, without one as a comment
      if (quote !== '' && /[\\`]\s*$/.test(raw)) lost.push(span);
    } else if (kind !== 'Continuation' && kind !== 'Blank') quote = quoteAfter(raw, quote);
  }
  // an apostrophe that opens nothing ends nowhere
  const [at] = lost;
  if (quote !== '' || !at) return [];
  if (lost.length === 1) return [{ at }];
  return [{ at, message: `The builder takes ${lost.length} lines of this text for comments and drops them.` }];
}
