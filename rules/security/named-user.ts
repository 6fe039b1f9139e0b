import {
  type Command,
  dockerfile,
  type Finding,
  isRoot,
  literal,
  readOptions,
  rule,
  type Stage,
} from '../../src/engine/rule.ts';
import { busyboxAdduserValued, useraddValued } from '../../src/knowledge/commands/user-tools.ts';

export default rule({
  id: 'named-user',
  aliases: ['DL3066'],
  severity: 'info',
  preset: 'strict',
  message: 'USER is a name; its number is known only inside the image.',
  why: `
    Kubernetes does not start a container with runAsNonRoot unless USER is a number, and files on a volume belong to
    numbers, not names. Only the last USER of the image is judged. Root, a user from an argument, and a name to which the
    file gives a number are not reported.
  `,
  instead: 'Write the numbers of the account and its group, as in USER 1000:1000.',
  url: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  examples: {
    'a name of the base image': dockerfile`
      FROM node:22
      USER node
           ~~~~
      CMD ["node", "server.js"]
    `,
    'a number, or a name created with one': dockerfile`
      FROM debian:12 AS tool
      USER nobody
      FROM debian:12 AS base
      USER 10001:10001
      FROM base
      RUN useradd --uid 10002 --create-home app
      USER app
    `,
    'a name from a build argument': dockerfile`
      FROM debian:12
      ARG APP_USER=app
      USER \${APP_USER}
    `,
  },
  notRecommended: {
    DL3066: 'A name works as well as a number, except in Kubernetes with runAsNonRoot.',
  },
  differs: {
    DL3066: [
      {
        why: 'Only the last USER of the image that ships counts.',
        only: 'hadolint',
        text: 'FROM debian:12\nUSER app\nUSER 1000',
      },
      {
        why: 'The file gives the user a number.',
        only: 'hadolint',
        text: 'FROM debian:12\nRUN useradd -u 1000 app\nUSER app',
      },
    ],
  },
  visit: {
    File({ target }): Finding | undefined {
      if (!target || target.os === 'windows') return undefined;
      const steps = target.allSteps;
      const last = steps.findLast(({ instruction }) => instruction.kind === 'User' && instruction.user);
      if (last?.instruction.kind !== 'User') return undefined;
      const user = last.instruction.user!;
      const { value, uses } = last.expand(user);
      if (value.state !== 'known' || isRoot(value.text)) return undefined;
      if (uses.some(({ name }) => last.before.variable(name)?.kind === 'arg')) return undefined;
      const name = value.text.trim().split(':')[0]!;
      return /^\d*$/.test(name) || hasNumber(name, target)
        ? undefined
        : { at: user, message: `The number of USER ${name} is known only inside the image.` };
    },
  },
});

/** Whether the file says the number of an account: `useradd -u 10001 app`, or a line for /etc/passwd. */
function hasNumber(user: string, { allSteps }: Stage): boolean {
  const line = new RegExp(`(?:^|\\n|\\\\n)${literal(user)}:[^:]*:\\d+:`);
  return allSteps.some(({ script }) =>
    script?.commands.some(({ name, args }) => {
      if (name === 'useradd' || name === 'adduser' || name === 'usermod') return numbers(args, user, name);
      return args.some(({ text }) => line.test(text));
    }),
  );
}

function numbers(args: Command['args'], user: string, name: string): boolean {
  const tables = name === 'adduser' ? [useraddValued, busyboxAdduserValued] : [useraddValued];
  return tables.some((table) => {
    const { options, positionals } = readOptions(args, { options: table });
    // what a variable holds is a number as well
    return positionals.some(({ text, literal }) => text === user || !literal) && options.some((it) => it.name === '-u');
  });
}
