import { dockerfile, rule } from '../../src/engine/rule.ts';
import { isReadable } from '../lib/syntax.ts';

export default rule({
  id: 'broken-quotes',
  aliases: ['SC2027', 'SC2140'],
  severity: 'warning',
  preset: 'strict',
  message: 'This is between two quoted texts, outside the quotes.',
  why: `
    The quotes before it end one text and those after it begin another, so they are not part of the text, and a value is split
    at spaces. Usually quotes inside quotes were meant.
  `,
  instead: 'Put one pair of quotes around all of it, and write \\" for a quote inside.',
  url: 'https://www.shellcheck.net/wiki/SC2027',
  examples: {
    'quotes in quotes': dockerfile`
      FROM debian:12
      RUN echo "export LC_ALL="C"" >> /root/.bashrc
                               ~
      RUN echo "deb https://example.com/ "$CODENAME" main" > /etc/apt/sources.list.d/example.list
                                          ~~~~~~~~~
    `,
    'escaped, or a plain sequence': dockerfile`
      FROM debian:12
      RUN echo "export LC_ALL=\"C\"" >> /root/.bashrc && cp "$A"/"$B" "$A/$B"
    `,
  },
  visit: {
    Script(script) {
      if (!isReadable(script)) return undefined;
      const { words, expansions } = script.syntax;
      return words.flatMap(({ parts, context }) => {
        if (context === 'here-document') return [];
        return parts.flatMap((part, index) => {
          const [before, after] = [parts[index - 1], parts[index + 1]];
          if (before?.kind !== 'double' || after?.kind !== 'double') return [];
          if (part.kind === 'literal' && /^\w[\w.-]*$/.test(part.raw)) return [{ at: part, aliases: ['SC2140'] }];
          const it = part.kind === 'expansion' && expansions.find(({ span }) => span.start === part.span.start);
          // "a"$b"c" with texts, not only the quotes of a neighbour
          const spoken = before.raw.length > 2 && after.raw.length > 2;
          return it && spoken && (it.kind === 'variable' || it.kind === 'command')
            ? [{ at: part, aliases: ['SC2027'] }]
            : [];
        });
      });
    },
  },
});
