import { dockerfile, type Finding, type Heredoc, rule, type Word } from '../../src/engine/rule.ts';

export default rule({
  id: 'crlf-heredoc',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'The lines of this here-document end in CRLF.',
  why: `
    The builder keeps the carriage returns in the text, and a shell takes each for part of the last word of its line. Elsewhere
    in a Dockerfile such line ends do no harm. COPY is reported only if it writes a script.
  `,
  instead: 'Save the file with Unix line ends (LF).',
  url: 'https://docs.docker.com/reference/dockerfile/#here-documents',
  examples: {
    'plain line ends': dockerfile`
      FROM alpine:3.22
      RUN <<EOF
      set -eux
      EOF
    `,
  },
  visit: {
    Run: ({ heredocs }) => heredocs.flatMap(judge),
    Copy: ({ heredocs, destination }) => heredocs.filter((it) => isScript(it, destination)).flatMap(judge),
    Add: ({ heredocs, destination }) => heredocs.filter((it) => isScript(it, destination)).flatMap(judge),
  },
});

const isScript = ({ body, delimiter }: Heredoc, destination: Word | undefined): boolean =>
  body.raw.startsWith('#!') || /\.sh$/.test(delimiter) || /\.sh["']?$/.test(destination?.raw ?? '');

function judge({ body, opener }: Heredoc): Finding[] {
  if (!body.raw.includes('\r\n')) return [];
  const text = body.raw.replaceAll('\r\n', '\n');
  return [{ at: opener, fix: { title: 'Write LF in the text', edits: [{ span: body.span, text }] } }];
}
