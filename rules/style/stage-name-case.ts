import { dockerfile, type Edit, type Model, rule, type Stage } from '../../src/engine/rule.ts';

export default rule({
  id: 'stage-name-case',
  aliases: ['StageNameCasing'],
  severity: 'style',
  preset: 'recommended',
  fix: 'safe',
  message: 'The stage name has capitals.',
  why: `
    Builders compare stage names in lower case, except in FROM: there FROM Build does not find the stage Build. In lower case a
    name is the same everywhere.
  `,
  instead: 'Write the name in lower case, here and wherever it is used.',
  url: 'https://docs.docker.com/reference/build-checks/stage-name-casing/',
  examples: {
    'the name, and all that refer to it': dockerfile`
      - FROM golang:1.25 AS Build
                            ~~~~~
      + FROM golang:1.25 AS build
        RUN go build -o /app .
        FROM alpine:3.22
      - COPY --from=Build /app /app
      + COPY --from=build /app /app
    `,
    'in lower case': dockerfile`
      FROM golang:1.25 AS build
      FROM alpine:3.22
      COPY --from=build /app /app
    `,
  },
  visit: {
    Stage(stage, model) {
      const { name, from } = stage;
      if (name === undefined || !from.name || name === name.toLowerCase()) return undefined;
      const lower = name.toLowerCase();
      const edits = [{ span: from.name.span, text: lower }, ...references(stage, model)];
      return {
        at: from.name,
        message: `The stage name ${name} has capitals.`,
        instead: `Write ${lower}, here and wherever it is used.`,
        fix: { title: `Write ${lower}`, edits },
      };
    },
  },
});

/** What names the stage in the same letters further down; a name with a variable in it is left alone. */
function references(stage: Stage, { stages }: Model): Edit[] {
  const lower = stage.name!.toLowerCase();
  return stages.flatMap(({ needs }) =>
    needs.flatMap(({ stage: other, via, span, at }) =>
      other === stage && via !== 'from' && at.text.toLowerCase().includes(lower) ? [{ span, text: lower }] : [],
    ),
  );
}
