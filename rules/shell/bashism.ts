import {
  type Command,
  dockerfile,
  type Finding,
  type Place,
  type Proposal,
  readerOf,
  rule,
  type Script,
  type ShellWord,
  type Span,
} from '../../src/engine/rule.ts';
import { bashBuiltins, bashVariables, type Feature, features, sharedVariables } from '../../src/knowledge/images/sh.ts';
import { type Construct, type Expansion, isReadable, type SyntaxWord, setsVariable } from '../lib/syntax.ts';

/** What is wrong with a piece of a script. */
interface Hit {
  readonly feature: Feature;
  readonly at: Span;
  /** The name or option, where the feature has several. */
  readonly detail?: string;
  /** What to do, where the advice for the feature does not help. */
  readonly instead?: string;
  readonly fix?: Proposal;
}

export default rule({
  id: 'bashism',
  aliases: [
    ...'SC3001 SC3002 SC3003 SC3004 SC3005 SC3006 SC3007 SC3008 SC3009 SC3010 SC3011 SC3014 SC3015 SC3018 SC3019'.split(
      ' ',
    ),
    ...'SC3020 SC3021 SC3022 SC3024 SC3025 SC3028 SC3029 SC3030 SC3032 SC3033 SC3034 SC3037 SC3039 SC3040 SC3044'.split(
      ' ',
    ),
    ...'SC3045 SC3046 SC3047 SC3050 SC3053 SC3054 SC3055 SC3056 SC3057 SC3059 SC3060 SC2112 SC2113 SC2127'.split(' '),
  ],
  severity: 'warning',
  preset: 'recommended',
  fix: 'safe',
  message: 'This is not part of sh.',
  why: `
    /bin/sh is dash on Debian and Ubuntu and BusyBox on Alpine: what only bash has fails there, or silently does something else.
    Which program sh is follows from the base image or the package manager in use, and what that program has is not reported;
    where neither is known, only POSIX counts. An earlier RUN that replaces /bin/sh counts.
  `,
  instead: 'Write it in plain sh, or set SHELL ["/bin/bash", "-c"] if bash is installed.',
  url: 'https://docs.docker.com/reference/dockerfile/#shell',
  examples: {
    'what dash does not have': dockerfile`
        FROM debian:12
      - RUN source /etc/os-release && echo "$VERSION_CODENAME" > /codename
            ~~~~~~
      + RUN . /etc/os-release && echo "$VERSION_CODENAME" > /codename
        ARG MODE
      - RUN if [ "$MODE" == dev ]; then touch /dev-mode; fi
                         ~~
      + RUN if [ "$MODE" = dev ]; then touch /dev-mode; fi
        RUN mkdir -p /srv/{data,logs}
                          ~~~~~~~~~~~
    `,
    'an option of echo that dash prints': dockerfile`
      FROM ubuntu:24.04
      RUN echo -e "[client]\nuser=root" > /root/.my.cnf
               ~~
    `,
    'BusyBox has some of them, and bash has all': dockerfile`
      FROM alpine:3.22
      ARG MODE
      RUN if [[ "$MODE" == dev ]]; then echo -e 'a\nb' > /dev-mode; fi
      FROM rockylinux:9
      RUN mkdir -p /srv/{data,logs}
      FROM debian:12
      SHELL ["/bin/bash", "-c"]
      RUN mkdir -p /srv/{data,logs}
    `,
  },
  visit: {
    Script(script, place) {
      if (!isReadable(script)) return undefined;
      const { syntax, dialect } = script;
      const hits = [
        ...syntax.constructs.flatMap((it) => (isPlain(it.dialect) ? constructHit(it) : [])),
        ...syntax.words.flatMap((it) => (isPlain(it.dialect) ? wordHits(it) : [])),
        ...syntax.expansions.flatMap((it) => (isPlain(it.dialect) ? expansionHit(it, script, place) : [])),
        ...(isPlain(dialect) ? script.commands.filter(isOwn).flatMap(commandHits) : []),
      ];
      const reader = readerOf(dialect, place.step);
      if (reader === 'other') return undefined;
      return hits
        .filter(({ feature }) => reader === 'unknown' || !feature.has.some((shell) => shell === reader))
        .map((hit) => finding(hit, reader));
    },
  },
});

const isPlain = (dialect: Script['dialect']): boolean => dialect === 'posix' || dialect === 'ash';

/** What another command is handed to run may be for another shell. */
const isOwn = ({ within }: Command): boolean => !within.includes('string');

const shells: Readonly<Record<string, string>> = { dash: 'dash', busybox: 'BusyBox', bash: 'bash' };

function finding({ feature, at, detail, fix, instead = feature.instead }: Hit, reader: string): Finding {
  const { code, what } = feature;
  const subject = detail === undefined ? what : `${what} ${detail}`;
  const shell = shells[reader];
  const lacks = feature.has.includes('dash') ? 'POSIX sh does not have it' : 'dash, as in Debian and Ubuntu, lacks it';
  const message = shell
    ? `${subject} is not part of sh, which is ${shell} here.`
    : `${subject} is not part of every sh: ${lacks}.`;
  // the sh of this image may be BusyBox, which has it
  const preset = !shell && feature.has.includes('busybox') ? { preset: 'strict' as const } : {};
  return { at, aliases: [code], ...preset, message, instead, ...(fix ? { fix } : {}) };
}

const regex = features['test-regex'].instead;

function constructHit({ kind, span, raw, detail }: Construct): Hit[] {
  const cut = (length: number): Span => ({ start: span.start, end: span.start + length });
  switch (kind) {
    case 'redirect-both':
      return [{ feature: features[detail === '>&' ? 'redirect-to-file' : 'redirect-both'], at: span }];
    case 'function-keyword':
      return [{ feature: features[detail === '' ? 'bare-function-keyword' : kind], at: span }];
    case 'arithmetic-operator':
      return [{ feature: features[detail === '**' ? 'power' : 'increment'], at: span }];
    case 'double-bracket':
      // a regular expression has no counterpart in [ ]
      return [{ feature: features['double-bracket'], at: span, ...(/\s=~\s/.test(raw) ? { instead: regex } : {}) }];
    case 'double-parenthesis':
      // two words side by side are no sum but a command in subshells, which is plain sh
      return /[A-Za-z]\s+[A-Za-z/]/.test(raw) ? [] : [{ feature: features['double-parenthesis'], at: cut(2) }];
    case 'case-fallthrough':
      return [{ feature: features['case-fallthrough'], at: { start: span.end - detail.length, end: span.end } }];
    default:
      return [{ feature: features[kind], at: span }];
  }
}

function wordHits(word: SyntaxWord): Hit[] {
  if (word.context === 'here-document') return [];
  const expandsNot = word.context === 'assignment' || word.context === 'declaration' || word.context === 'test';
  return word.parts.flatMap(({ kind, span }) => {
    if (kind === 'ansi') return [{ feature: features['ansi-quotes'], at: span }];
    if (kind === 'locale') return [{ feature: features['locale-quotes'], at: span }];
    if (kind === 'extglob') return [{ feature: features.extglob, at: span }];
    return kind === 'brace' && !expandsNot && word.context !== 'redirect' && word.context !== 'case'
      ? [{ feature: features.brace, at: span }]
      : [];
  });
}

function expansionHit(it: Expansion, script: Script, { step }: Place): Hit[] {
  const hit = (name: keyof typeof features, detail?: string): Hit[] => [
    { feature: features[name], at: it.span, ...(detail === undefined ? {} : { detail }) },
  ];
  const { kind, raw, name, operator = '', prefix, index } = it;
  if (kind === 'process') return hit('process-substitution');
  if (kind === 'arithmetic') return raw.startsWith('$[') ? hit('bracket-sum') : [];
  if (kind === 'command')
    return /^\$\(\s*<\s*[^<(]/.test(raw) && it.commands.length < 2 ? hit('file-substitution') : [];
  if (prefix === '!') {
    if (operator === '*' || operator === '@') return hit('name-prefix');
    return hit(index === '@' || index === '*' ? 'array-keys' : 'indirect');
  }
  if (index !== undefined) return hit('array-reference');
  if (operator === ':') return hit('substring');
  if (operator.startsWith('/')) return hit('string-replacement');
  if (/^[\^,]/.test(operator)) return hit('case-change');
  const given = operator !== '' || step.before.variable(name) || setsVariable(name, script);
  return bashVariables.has(name) && !given ? hit(sharedVariables.has(name) ? 'shared-variable' : 'variable', name) : [];
}

function commandHits(command: Command): Hit[] {
  const { name, word, args, wrappers } = command;
  // a program of its own has what the builtin of sh lacks, as has what sudo starts
  if (/[/\\]/.test(word.raw) || wrappers.some((it) => !builtinWrappers.has(it.name))) return [];
  const at = word.span;
  const options = args.filter(({ text }) => text.startsWith('-'));
  const option = (feature: Feature, shape: RegExp, detail: string): Hit[] =>
    options
      .filter(({ text }) => shape.test(text))
      .map((it) => ({ feature, at: it.span, detail: `${it.text}${detail}` }));
  switch (name) {
    case 'source': {
      const feature = features.source;
      // a dot looks a name without a slash up in PATH alone
      const sure = /^[^\s]*\/(?!.*bash)/.test(args[0]?.text ?? '');
      const fix: Proposal = {
        title: 'Write .',
        edits: [{ span: at, text: '.' }],
        safety: sure ? 'safe' : 'suggestion',
      };
      return [{ feature, at, ...(word.raw === 'source' ? { fix } : {}) }];
    }
    case 'echo':
      // -n is in every sh there is
      return /^-n*[eE][neE]*$/.test(args[0]?.text ?? '')
        ? [{ feature: features['echo-option'], at: args[0]!.span }]
        : [];
    case 'let':
      return [{ feature: features.let, at }];
    case 'set':
      return setOptions(args);
    case '[':
    case 'test':
      return testHits(args);
    case 'export':
      return option(features['builtin-option'], /^-[a-zA-Z]*[fn]/, ' of export');
    case 'read':
      return [
        ...option(features['builtin-option'], /^-[a-zA-Z]*[aidN]/, ' of read'),
        ...option(features['read-option'], /^-[b-ce-hj-mo-zA-MO-Z]*[nstu]/, ' of read'),
      ];
    case 'printf':
      return /%q/.test(args[0]?.text ?? '') ? [{ feature: features['printf-quote'], at: args[0]!.span }] : [];
    case 'trap':
      return args
        .slice(1)
        .filter(({ text }) => /^(?:ERR|DEBUG|RETURN)$/.test(text))
        .map((it) => ({ feature: features['trap-error'], at: it.span }));
    default:
      return name !== undefined && bashBuiltins.has(name) && word.raw === name
        ? [{ feature: features.declare, at, detail: name }]
        : [];
  }
}

/** What runs a builtin of the shell. */
const builtinWrappers: ReadonlySet<string> = new Set(['command', 'builtin', 'time', 'eval', '!']);

const setShared: ReadonlySet<string> = new Set(
  'allexport errexit ignoreeof monitor noclobber noexec noglob nolog notify nounset verbose vi xtrace'.split(' '),
);

function setOptions(args: readonly ShellWord[]): Hit[] {
  return args.flatMap((it, index) => {
    const takes = /^[-+][a-zA-Z]*o$/.test(args[index - 1]?.text ?? '');
    if (!takes || !it.literal || setShared.has(it.text)) return [];
    return [{ feature: features['set-option'], at: it.span, detail: it.text }];
  });
}

function testHits(args: readonly ShellWord[]): Hit[] {
  return args.flatMap((it): Hit[] => {
    if (it.raw === '=~') return [{ feature: features['test-regex'], at: it.span }];
    if (it.raw !== '==') return [];
    const fix: Proposal = { title: 'Write =', edits: [{ span: it.span, text: '=' }] };
    return [{ feature: features['double-equals'], at: it.span, fix }];
  });
}
