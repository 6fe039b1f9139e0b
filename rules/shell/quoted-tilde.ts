import { dockerfile, rule } from '../../src/engine/rule.ts';
import { isReadable } from '../lib/syntax.ts';

/** They print it, or hand it to another shell. */
const texts: ReadonlySet<string> = new Set([
  'echo',
  'printf',
  'sed',
  'grep',
  'sh',
  'bash',
  'su',
  'eval',
  'git',
  'awk',
  'perl',
  'python',
  'python3',
  'node',
  'alias',
  'tee',
  'find',
]);

export default rule({
  id: 'quoted-tilde',
  aliases: ['SC2088'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'In quotes ~ is not the home folder but a folder named ~.',
  why: `
    The shell expands ~ only outside quotes, so the path is below a folder of that name in the current one.
  `,
  instead: 'Write "$HOME/…".',
  url: 'https://www.shellcheck.net/wiki/SC2088',
  examples: {
    'a folder named ~': dockerfile`
        FROM debian:12
      - RUN mkdir -p "~/.config/app"
                      ~
      + RUN mkdir -p "$HOME/.config/app"
    `,
    'outside quotes, or text': dockerfile`
      FROM debian:12
      RUN mkdir -p ~/.config/app ~/"my app" && echo "~/.config/app" > /hint
    `,
  },
  visit: {
    Script(script) {
      if (!isReadable(script)) return undefined;
      return script.syntax.words.flatMap(({ context, command: owner, parts, exact }) => {
        const [first] = parts;
        if (context !== 'argument' && context !== 'redirect') return [];
        if (!first || (first.kind !== 'double' && first.kind !== 'single') || !/^["']~\//.test(first.raw)) return [];
        if (owner?.name === undefined || (context === 'argument' && texts.has(owner.name))) return [];
        const at = { start: first.span.start + 1, end: first.span.start + 2 };
        const edits = [{ span: at, text: '$HOME' }];
        const sure = exact && first.kind === 'double';
        return [{ at, ...(sure ? { fix: { title: 'Write $HOME', edits } } : {}) }];
      });
    },
  },
});
