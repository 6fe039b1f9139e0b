import { dockerfile, rule, type Step } from '../../src/engine/rule.ts';

const single = new Set(['Cmd', 'Entrypoint', 'Healthcheck']);

export default rule({
  id: 'overridden-instruction',
  aliases: ['DL4003', 'DL4004', 'DL3012', 'MultipleInstructionsDisallowed'],
  severity: 'warning',
  preset: 'recommended',
  message: 'A later instruction of the same kind overrides this one.',
  why: `
    Of several CMD, ENTRYPOINT or HEALTHCHECK in a stage only the last has an effect. The earlier ones read as if they ran.
  `,
  instead: 'One of them; start several programs from a script, or from containers of their own.',
  url: 'https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/',
  examples: {
    'two commands': dockerfile`
      FROM nginx:1.29
      CMD ["migrate"]
      ~~~
      CMD ["serve"]
    `,
    'one each, and one a stage': dockerfile`
      FROM nginx:1.29 AS base
      HEALTHCHECK CMD ["curl", "-f", "http://localhost/"]
      ENTRYPOINT ["/entry"]
      CMD ["serve"]
      FROM base
      CMD ["serve", "--debug"]
    `,
  },
  visit: {
    Stage({ steps }) {
      const last = new Map<string, Step>();
      for (const step of steps) last.set(step.instruction.kind, step);
      return steps.flatMap((step) => {
        const { kind, keyword } = step.instruction;
        const later = last.get(kind);
        if (!single.has(kind) || !later || later === step) return [];
        const message = `Another ${keyword.text} further down in this stage overrides this one.`;
        return [{ at: keyword, related: later.instruction, message }];
      });
    },
  },
});
