import { dockerfile, type Finding, type Instruction, rule, type Step } from '../../src/engine/rule.ts';

/** What a stage may have once, with hadolint's code for it. */
const single: ReadonlyMap<Instruction['kind'], string> = new Map([
  ['Cmd', 'DL4003'],
  ['Entrypoint', 'DL4004'],
  ['Healthcheck', 'DL3012'],
]);

/** Where it differs from hadolint. */
const place = 'Reported at the instruction that is overridden, together with the later one; comments count at both.';

export default rule({
  id: 'overridden-instruction',
  aliases: ['DL4003', 'DL4004', 'DL3012', 'MultipleInstructionsDisallowed'],
  severity: 'warning',
  preset: 'recommended',
  message: 'A later instruction of the same kind overrides this one.',
  why: `
    Of several CMD, ENTRYPOINT or HEALTHCHECK in a stage only the last has an effect. The earlier ones look as if they ran. An
    empty array, as in ENTRYPOINT [], removes what the base image has; it is written on purpose and is neither reported nor
    counted.
  `,
  instead: 'Keep one of them; to start several programs, use a script or separate containers.',
  url: 'https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/',
  examples: {
    'two commands': dockerfile`
      FROM nginx:1.29
      CMD ["migrate"]
      ~~~
      CMD ["serve"]
    `,
    'one of each kind, and one per stage': dockerfile`
      FROM nginx:1.29 AS base
      HEALTHCHECK CMD ["curl", "-f", "http://localhost/"]
      ENTRYPOINT ["/entry"]
      CMD ["serve"]
      FROM base
      CMD ["serve", "--debug"]
    `,
    'a reset of what the base image has': dockerfile`
      FROM hashicorp/terraform:1.13
      ENTRYPOINT []
      RUN terraform version
      ENTRYPOINT ["/usr/local/bin/deploy"]
    `,
  },
  differs: {
    DL3012: [
      {
        why: place,
      },
    ],
    DL4003: [
      {
        why: place,
      },
    ],
    DL4004: [{ why: 'As DL4003; an empty array is a reset on purpose.' }],
    MultipleInstructionsDisallowed: [
      {
        why: 'An empty array is a reset on purpose.',
        only: 'BuildKit',
        text: 'FROM debian:12\nENTRYPOINT ["a"]\nENTRYPOINT []',
      },
    ],
  },
  silencing: 'related',
  visit: {
    Stage({ steps }) {
      const next = new Map<Instruction['kind'], Step>();
      const found: Finding[] = [];
      for (const step of steps.toReversed()) {
        const { instruction } = step;
        const code = single.get(instruction.kind);
        if (!code || isReset(instruction)) continue;
        const later = next.get(instruction.kind);
        if (later) found.unshift(overridden(instruction, later.instruction, code));
        next.set(instruction.kind, step);
      }
      return found;
    },
  },
});

const isReset = (instruction: Instruction): boolean =>
  'command' in instruction && instruction.command?.kind === 'ExecForm' && instruction.command.items.length === 0;

/** `related` is the very next one: there BuildKit and hadolint look for a comment that ignores this. */
const overridden = ({ keyword }: Instruction, later: Instruction, code: string): Finding => ({
  at: keyword,
  related: later,
  aliases: [code, 'MultipleInstructionsDisallowed'],
  message: `A later ${keyword.text} in this stage overrides this one.`,
});
