import { type Command, dockerfile, type Finding, rule, swallowed } from '../../src/engine/rule.ts';

export default rule({
  id: 'swallowed-instruction',
  aliases: [],
  severity: 'warning',
  preset: 'recommended',
  message: 'This instruction is part of another one.',
  why: `
    After a backslash at the end of a line the instruction goes on in the next line, where a keyword is a word like any other.
    Only keywords in capitals with suitable arguments are reported. Where the build stops because of it, the finding is that of
    the error.
  `,
  instead: 'Remove the backslash before it, or the keyword.',
  url: 'https://docs.docker.com/reference/dockerfile/#format',
  examples: {
    'RUN in a RUN': dockerfile`
      FROM debian:12
      RUN ./test.sh \
       && RUN ls
          ~~~
    `,
    'a backslash too many': dockerfile`
      FROM debian:12
      RUN pip install --no-cache-dir flask==3.0.3 \
      CMD ["flask", "run"]
      ~~~
    `,
    'instructions taken for sources': dockerfile`
      FROM debian:12
      COPY a.txt b.txt \
      RUN ls
      ~~~
    `,
    'keywords that belong there': dockerfile`
      FROM debian:12
      HEALTHCHECK --interval=5m \
        CMD ["check"]
      ONBUILD \
        RUN make
    `,
    'text in quotes, and programs': dockerfile`
      FROM debian:12
      RUN printf "FROM scratch\n\
      COPY a /a\n" > Dockerfile && psql -c \
        "CREATE TABLE t; GRANT ALL TO PUBLIC"
    `,
  },
  visit: {
    File({ file }) {
      const told = new Set(file.errors.map(({ span }) => span.start));
      return file.instructions.flatMap((instruction): Finding[] => {
        // a port or a signal that is none stops the build
        if (['Expose', 'Stopsignal', 'Unknown'].includes(instruction.kind)) return [];
        const inner = swallowed(instruction);
        if (!inner || told.has(inner.span.start)) return [];
        const { text } = instruction.keyword;
        const message = `The trailing backslash above makes this ${inner.keyword} part of the ${text} before it.`;
        return [{ at: inner, message }];
      });
    },
    Command(command, { step: { instruction }, stage }) {
      if (instruction.kind !== 'Run' || stage?.os === 'windows' || !isKeyword(command)) return undefined;
      const { text } = command.word;
      return {
        at: command.word,
        message: `${text} is part of a RUN here, so the shell looks for a program named ${text}.`,
        why: 'There is hardly ever such a program, and without it the command fails.',
        instead: text === 'RUN' ? 'Remove RUN.' : `End the RUN before ${text}, without && or a backslash.`,
      };
    },
  },
});

const isKeyword = ({ word, args, within }: Command): boolean =>
  word.literal && keywords.has(word.text) && args.length > 0 && !within.includes('string');
const keywords = new Set(
  'FROM RUN COPY ADD ENV ARG LABEL EXPOSE WORKDIR USER VOLUME ENTRYPOINT HEALTHCHECK'.split(' '),
);
