import { dockerfile, isUnsetByBase, rule } from '../../src/engine/rule.ts';
import { isReadable, literalValues } from '../lib/syntax.ts';

export default rule({
  id: 'removal-of-root',
  aliases: ['SC2115'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'If the variable is empty, this removes folders of the root.',
  why: `
    The shell goes on with an empty variable, and rm -rf "$dir"/* becomes rm -rf /*. With \${dir:?} it stops instead. Variables
    that are known to have a value are not reported, and those that the base image may set only in preset strict.
  `,
  instead: 'Write rm -rf "${dir:?}"/*, which stops if dir is empty.',
  url: 'https://www.shellcheck.net/wiki/SC2115',
  examples: {
    'a variable that may be empty': dockerfile`
        FROM debian:12
        ARG CACHE
      - RUN rm -rf "$CACHE"/*
                    ~~~~~~
      + RUN rm -rf "\${CACHE:?}"/*
    `,
    'with a value, or a folder below': dockerfile`
      FROM debian:12
      ENV CACHE=/srv/cache
      ARG DIR
      RUN rm -rf "$CACHE"/* "$DIR/tmp/cache" && dir=$(mktemp -d) && rm -rf "\${dir:?}"/*
      RUN rm -f "$DIR"/*
    `,
  },
  visit: {
    Script(script, place) {
      if (!isReadable(script)) return undefined;
      const { expansions } = script.syntax;
      return expansions.flatMap((it) => {
        const { word, name, kind, operator, prefix, span, exact, raw } = it;
        const owner = word.command;
        if (owner?.name !== 'rm' || word.context !== 'argument' || kind !== 'variable' || operator || prefix) return [];
        const recursive = owner.args.some(({ text }) => /^-[a-zA-Z]*[rR]|^--recursive$/.test(text));
        const rest = word.text.slice(word.text.indexOf(raw) + raw.length);
        const folders =
          /^\/+(?:\*|(?:bin|boot|dev|etc|home|lib|media|mnt|opt|proc|root|sbin|srv|sys|tmp|usr|var)\/?\*?)?$/;
        if (!recursive || !word.text.startsWith(raw) || !folders.test(rest)) return [];
        if (/^(?:HOME|PWD|TMPDIR|PREFIX|\d|[@*])$/.test(name)) return [];
        const values = literalValues(name, script, place);
        if (values?.every((text) => text !== '')) return [];
        const set = script.commands.some(({ assignments }) =>
          assignments.some((given) => given.name === name && given.value?.text),
        );
        if (set) return [];
        const isGiven =
          place.step.before.variable(name) === undefined && (!place.stage || !isUnsetByBase(name, place.stage));
        const edits = [{ span, text: `\${${name}:?}` }];
        return [
          {
            at: it,
            ...(isGiven && { preset: 'strict' as const }),
            message: `If ${name} is empty, this removes ${rest}.`,
            why: `${isGiven ? `Unless the base image sets ${name}, the` : 'The'} shell goes on with nothing in its place.`,
            instead: `Write \${${name}:?}, which stops if ${name} is empty.`,
            ...(exact ? { fix: { title: 'Stop if it is empty', edits } } : {}),
          },
        ];
      });
    },
  },
});
