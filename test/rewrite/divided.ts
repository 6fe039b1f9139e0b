import { context, memoryHost, type Split, split } from '../../src/index.ts';

/** What the tests of `split` have in common. */

/** A text without the indentation that the test has. */
export const dockerfile = ({ raw: [text = ''] }: TemplateStringsArray): string =>
  `${text.replace(/^\s+/gm, '').replaceAll('\\${', '${').trimEnd()}\n`;

export type Files = Readonly<Record<string, string>>;

export const divided = (text: string, files?: Files): Split =>
  split(text, files ? { build: { context: context(memoryHost({ Dockerfile: text, ...files }), 'Dockerfile') } } : {});

/** The lines of the last stage. */
export const lastStage = (text: string): string[] =>
  text
    .slice(text.toLowerCase().lastIndexOf('\nfrom ') + 1)
    .trimEnd()
    .split('\n')
    .filter((it) => it !== '');

/** The last stage where a file is divided, else the line and the reason. */
export function outcome(text: string, files?: Files): string[] {
  const { text: after, division, refusal } = divided(text, files);
  if (division) return lastStage(after);
  return [refusal ? `line ${refusal.line}: ${refusal.reason}` : 'nothing builds'];
}

export const certificates = 'COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt';
