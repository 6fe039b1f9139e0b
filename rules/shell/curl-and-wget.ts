import { type Command, dockerfile, type Finding, rule } from '../../src/engine/rule.ts';

const tools = new Set(['curl', 'wget']);

export default rule({
  id: 'curl-and-wget',
  aliases: ['DL4001'],
  severity: 'info',
  preset: 'strict',
  message: 'Both curl and wget are used in this stage.',
  why: `
    Both do the same, and both take space and need updates. The first use of the second one is reported; that both are installed
    is not.
  `,
  instead: 'Use only one of the two.',
  url: 'https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages',
  examples: {
    'both in a stage': dockerfile`
      FROM debian:12
      RUN curl -fsSLO https://example.com/a.tar.gz
      RUN wget -q https://example.com/b.tar.gz
          ~~~~
    `,
    'one per stage': dockerfile`
      FROM debian:12 AS fetch
      RUN curl -fsSLO https://example.com/a.tar.gz
      FROM alpine:3.22
      RUN wget -q https://example.com/b.tar.gz
    `,
    'the check of a service does not count': dockerfile`
      FROM alpine:3.22
      RUN apk add --no-cache curl
      RUN curl -fsSLO https://example.com/a.tar.gz
      HEALTHCHECK CMD wget -q --spider http://localhost/ || exit 1
    `,
  },
  notRecommended: {
    DL4001: 'It costs little space if both are installed, and none if the base image has them.',
  },
  differs: {
    DL4001: [{ why: 'One finding per stage, where the second of the two is first used.' }],
  },
  visit: {
    Stage({ steps }): Finding | undefined {
      const calls = steps.flatMap((own) => {
        const { instruction, script } = own.trigger ?? own;
        return instruction.kind === 'Run' ? (script?.commands ?? []).filter(isDownload) : [];
      });
      const first = calls[0];
      const other = calls.find(({ name }) => name !== first?.name);
      if (!first || !other) return undefined;
      return {
        at: other.word,
        related: first.word,
        message: `This stage uses ${other.name} here and ${first.name} before.`,
      };
    },
  },
});

const isDownload = ({ name, args, wrappers }: Command): boolean =>
  name !== undefined &&
  tools.has(name) &&
  wrappers.at(-1)?.name !== 'busybox' &&
  !args.some(({ text }) => /^(?:--version|-V|--help|-h)$/.test(text));
