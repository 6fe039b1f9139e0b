/** How a report may colour words; handed in, so that reports know of no terminal. */
export interface Paint {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly info: (text: string) => string;
  readonly style: (text: string) => string;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

const same = (text: string): string => text;
export const noPaint: Paint = { error: same, warning: same, info: same, style: same, bold: same, dim: same };
