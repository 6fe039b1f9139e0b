import { dockerfile, type Finding, rule, type Span, type Step } from '../../src/engine/rule.ts';
import { type Expanded, expandedWords } from './lib/expanded-words.ts';

export default rule({
  id: 'broken-expansion',
  aliases: [],
  severity: 'error',
  preset: 'recommended',
  always: true,
  message: 'The builder cannot expand this word.',
  why: `
    The build stops before its first step. The builder removes quotes and expands variables in every instruction but RUN, CMD,
    ENTRYPOINT, HEALTHCHECK, SHELL and MAINTAINER, and it knows fewer modifiers than a shell. A quote has to be closed or
    escaped. In ONBUILD it stops the builds that are based on the image. VOLUME also stops the build if its path expands to
    nothing.
  `,
  instead: 'Close what is open, or escape a quote or dollar sign that is meant as text.',
  url: 'https://docs.docker.com/reference/dockerfile/#environment-replacement',
  examples: {
    'an apostrophe, and a brace': dockerfile`
      FROM debian:12
      LABEL org.opencontainers.image.description=it's
                                                 ~~~~
      WORKDIR \${HOME
              ~~~~~~
    `,
    'a modifier of bash, and a variable that must be set': dockerfile`
      FROM scratch
      ENV VERSION=1.2.3
      LABEL major=\${VERSION:0:1}
                  ~~~~~~~~~~~~~~
      COPY \${APP:?} /app
           ~~~~~~~~
    `,
    'closed quotes, known modifiers, and what a shell expands': dockerfile`
      FROM debian:12
      ARG VERSION=1.2.3
      LABEL description="it's" major=\${VERSION%%.*} minor=\${VERSION:-1} price=\\$5
      RUN echo \${VERSION:0:1}
    `,
  },
  visit: {
    File: ({ globals }) => globals.flatMap(judge),
    Stage: ({ steps, from }, model) => [model.step(from), ...steps].flatMap((step) => (step ? judge(step) : [])),
  },
});

/** The first word of an instruction that stops it: BuildKit gets no further. */
function judge(step: Step): readonly Finding[] {
  const { instruction, trigger } = step;
  for (const { word } of expandedWords(step)) {
    const { error, value } = step.expand(word);
    if (error !== undefined) {
      const instead = word.problem
        ? {}
        : { instead: 'Give the variable a value before it, or pass one with --build-arg.' };
      return [{ at: place(word, step), message: said(word, error), ...instead }];
    }
    const empty = instruction.kind === 'Volume' && value.state === 'known' && value.text.trim() === '';
    // without anything to expand it is an error of syntax
    if (empty && word.parts.length > 0)
      return [
        {
          at: word,
          message: 'The path of this VOLUME is empty.',
          instead: 'Write a path, or set its variable before.',
        },
      ];
  }
  // variables are those of another build
  const broken = trigger && expandedWords(trigger).find(({ word }) => word.problem);
  return broken
    ? [
        {
          at: broken.word,
          message: said(broken.word, trigger.expand(broken.word).error ?? ''),
          why: 'It stops the builds that are based on this image.',
        },
      ]
    : [];
}

/** An open quote or brace is shown with its word, anything else where it stands. */
function place(word: Expanded['word'], step: Step): Span {
  if (word.kind === 'Word') return word.span;
  const { problem } = word;
  const asked = step.expand(word).uses.find(({ variable }) => /^:?\?$/.test(variable.operator?.text ?? ''));
  return problem?.span ?? asked?.variable.span ?? word.span;
}

function said({ kind, problem }: Expanded['word'], error: string): string {
  if (!problem) return `The build stops because this variable has no value: ${error.trim()}.`;
  return `The builder cannot expand this ${kind === 'Word' ? 'word' : 'text'}: ${error}.`;
}
