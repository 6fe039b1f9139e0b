import {
  closest,
  dockerfile,
  type Finding,
  inCaseOf,
  isUnsetByBase,
  isWritten,
  lazy,
  type Model,
  rule,
  type Stage,
  type Step,
} from '../../src/engine/rule.ts';
import { platformArguments } from '../../src/knowledge/builder/platforms.ts';
import { buildFacts, commonVariables, unreportedVariables } from '../../src/knowledge/images/variables.ts';
import { type Expanded, expandedWords } from './lib/expanded-words.ts';

type Heredoc = NonNullable<Expanded['heredoc']>;
type Use = ReturnType<Step['expand']>['uses'][number];

export default rule({
  id: 'undefined-variable',
  aliases: ['UndefinedVar'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'The variable is not set, so it expands to nothing.',
  why: `
    The builder replaces it with nothing, usually without an error. A base image may set a
    variable too, so only certain cases are reported: every unset name on scratch and on official images with known variables;
    on other images, names that this file sets somewhere else, parameters that only a shell has, and names in lower case. Lists
    that get a new entry, such as LD_LIBRARY_PATH, are in preset strict. All others, and those with a default such as
    \${NAME:-value}, are in preset all.
  `,
  instead: 'Declare it with ARG or ENV earlier in the same stage, or write \\$ for a literal dollar sign.',
  url: 'https://docs.docker.com/reference/build-checks/undefined-var/',
  examples: {
    'an ARG before FROM, which only FROM can use': dockerfile`
        ARG VERSION=1.2
        FROM registry.example.com/base:3
      + ARG VERSION
        LABEL org.opencontainers.image.version=$VERSION
                                               ~~~~~~~~
    `,
    'a typo, and a variable of the builder that no ARG declares': dockerfile`
        FROM debian:12
        ENV APP_HOME=/srv/app
        WORKDIR $APP_HOEM
                ~~~~~~~~~
      + ARG TARGETARCH
        COPY bin/$TARGETARCH/app /usr/local/bin/
                 ~~~~~~~~~~~
    `,
    'server variables in a file that the builder expands': dockerfile`
        FROM nginx:1.29
      - COPY <<EOF /etc/nginx/conf.d/default.conf
      + COPY <<'EOF' /etc/nginx/conf.d/default.conf
        try_files $uri /index.html;
                  ~~~~
        EOF
    `,
    'declared variables, a literal dollar sign, and a variable for the shell': dockerfile`
      FROM debian:12
      ARG PORT
      ENV PATH=/opt/bin:$PATH
      LABEL port=$PORT price=\$5 script='$HOME'
      RUN echo "$HOME"
    `,
  },
  notRecommended: {
    UndefinedVar:
      'The base image may set the variable, and dflint does not ask a registry; recommended only has certain cases.',
  },
  differs: {
    UndefinedVar: [
      {
        why: 'dflint does not ask a registry what the base image sets: recommended has the certain cases, strict and all have the rest; preset buildkit has all of them.',
      },
    ],
  },
  visit: {
    Stage(stage, model) {
      // the rest of the file may set it
      if (!isWritten(stage.from)) return [];
      const users = lazy(() => usersIn(stage));
      return stage.steps.flatMap((step) => {
        const found = new Map<string, Finding>();
        const own = lazy(() => pairsOf(step));
        for (const expanded of expandedWords(step)) {
          const seen = {
            ...{ ...expanded, own, users },
            asking: lazy(() => step.expand(expanded.word).uses.filter(({ variable }) => asks(variable))),
            isText: lazy(() => expanded.heredoc !== undefined && isMeantAsText(expanded.heredoc, step)),
          };
          for (const use of undefinedIn(expanded, step, model)) {
            if (found.has(use.name)) continue;
            const finding = judge(use, seen, step, stage, model);
            if (finding) found.set(use.name, finding);
          }
        }
        return [...found.values()];
      });
    },
  },
});

/** The uses of names that neither an instruction before this one nor an earlier name of the same ARG declares. */
function undefinedIn({ word, pair }: Expanded, step: Step, { options }: Model): readonly Use[] {
  const { instruction, before } = step;
  const own = new Set<string>();
  if (instruction.kind === 'Arg' && pair) {
    // the default is not looked at where the build has another
    if (options.buildArgs.has(pair.name.text)) return [];
    for (const it of instruction.pairs.slice(0, instruction.pairs.indexOf(pair))) own.add(it.name.text);
  }
  const { uses, error } = step.expand(word);
  // what cannot be expanded is another rule's
  if (error !== undefined) return [];
  return uses.filter(
    ({ name }) => before.variable(name) === undefined && !own.has(name) && !unreportedVariables.has(name),
  );
}

const EXPOSED = 'The builder replaces it with nothing, so the port that was meant is not exposed.';

/** A word with what is asked about it for each of its variables, found out once. */
interface Seen extends Expanded {
  /** The variables in it that say what stands for them if they are not set. */
  readonly asking: () => readonly Use[];
  /** Whether its here-document is meant for another program. */
  readonly isText: () => boolean;
  /** What the ENV itself sets, by name. */
  readonly own: () => ReadonlyMap<string, readonly Expanded['pair'][]>;
  /** How many steps of the stage use a variable that is not set there, by name. */
  readonly users: () => ReadonlyMap<string, number>;
}

function judge(use: Use, expanded: Seen, step: Step, stage: Stage, model: Model): Finding | undefined {
  const { name, variable } = use;
  const finding: Finding = {
    at: variable,
    aliases: expanded.checked ? ['UndefinedVar'] : [],
    message: `${name} is not set.`,
    ...(step.instruction.kind === 'Expose' && { why: EXPOSED }),
  };
  const quiet = (preset: 'strict' | 'all'): Finding | undefined =>
    // only what BuildKit reports as well
    preset === 'all' && !expanded.checked ? undefined : { ...finding, ...(!certain && uncertain(name)), preset };
  const certain = isUnsetByBase(name, stage);
  if (isDeliberate(use, expanded)) {
    const found = quiet('all');
    const operator = variable.operator?.text ?? '';
    if (found && operator.endsWith('?'))
      return { ...found, why: 'Unless the base image sets it, the build stops here.' };
    return found && operator.endsWith('-') ? { ...found, ...defaulted(name) } : found;
  }
  const own = ownPart(use, expanded);
  if (own) return own === 'same' && certain ? { ...finding, ...listMessage(name), preset: 'strict' } : quiet('all');
  const special = /^(?:\W|\d+)$/.test(name);
  const lower = /^[a-z][a-z0-9_]*$/.test(name) && !commonVariables.has(name);
  const declared = special ? undefined : declaration(name, stage, model);
  if (declared === 'later' && step.instruction.kind === 'Arg' && expanded.pair?.name.text === name) {
    const message = `The default of ${name} is made of ${name} itself, which is not set before this ARG.`;
    const instead = `Write ARG ${name}, and give it a value with --build-arg.`;
    return { ...finding, message, instead };
  }
  if (declared) {
    const message = messages[declared](name);
    if (!certain && declared !== 'builder' && mayBeOfImage(name, stage)) return quiet('all');
    const fix = declared === 'global' || declared === 'builder' ? takeOver(name, step, expanded) : undefined;
    return { ...finding, message, ...(fix && { fix }) };
  }
  const { heredoc } = expanded;
  if (heredoc && (special || certain || lower) && expanded.isText()) return { ...finding, ...quoting(name, heredoc) };
  if (special)
    return {
      ...finding,
      message: `$${name} is a parameter of a shell, and no shell reads this.`,
      instead: 'Write \\$ for a literal dollar sign.',
    };
  if (!certain && !lower && !buildFacts.has(name)) {
    const near = typoOf(name, stage);
    return near
      ? { ...finding, message: `${name} is not set in this stage; ${near} is.`, ...spelling(near) }
      : quiet('all');
  }
  const near = closest(name, step.before.variables.keys());
  return near && name.length > 3
    ? { ...finding, message: `${name} is not set; ${near} is likely meant.`, ...spelling(near) }
    : finding;
}

/** Of a name that the base image may set. */
const uncertain = (name: string): Pick<Finding, 'message' | 'why'> => ({
  message: `${name} is not set before this line.`,
  why: 'Unless the base image sets it, the builder replaces it with nothing.',
});

/** Of `${NAME:-value}`. */
const defaulted = (name: string): Pick<Finding, 'message' | 'why' | 'instead'> => ({
  message: `${name} is not set before this line, so its default is used.`,
  why: 'Unless the base image sets it, no build can give it another value.',
  instead: `Write ARG ${name} earlier in the stage, or only the default.`,
});

const spelling = (near: string): Pick<Finding, 'instead'> => ({
  instead: `Write ${near} if it was meant, or declare this one with ARG or ENV earlier in the stage.`,
});

const asks = ({ operator }: Use['variable']): boolean => operator !== undefined && /^:?[-+?]$/.test(operator.text);

/** `${NAME:-value}`, `${NAME:+value}`, `${NAME:?message}`, and a name inside of such a one about itself. */
function isDeliberate({ name, variable }: Use, { asking }: Seen): boolean {
  if (asks(variable)) return true;
  return asking().some(
    (it) =>
      it.name === name && it.variable.span.start < variable.span.start && variable.span.end < it.variable.span.end,
  );
}

/** `ENV LIST=/x:$LIST` is the same name; any other that the ENV sets is told by another rule. */
function ownPart({ name }: Use, { pair, own }: Seen): 'same' | 'other' | undefined {
  const pairs = own().get(name);
  return pairs && (pairs.includes(pair) ? 'same' : 'other');
}

function pairsOf({ instruction, expand }: Step): ReadonlyMap<string, readonly Expanded['pair'][]> {
  const found = new Map<string, Expanded['pair'][]>();
  for (const pair of instruction.kind === 'Env' ? instruction.pairs : []) {
    const { value } = expand(pair.name);
    if (value.state === 'known') found.set(value.text, [...(found.get(value.text) ?? []), pair]);
  }
  return found;
}

/** Lists in which an empty entry is the folder that the program is started in. */
const searched = /^(?:LD_LIBRARY_PATH|LIBRARY_PATH|CPATH|C_INCLUDE_PATH|CPLUS_INCLUDE_PATH|PYTHONPATH|CLASSPATH)$/;

const listMessage = (name: string): Pick<Finding, 'message' | 'why' | 'instead'> =>
  name.endsWith('PATH')
    ? {
        message: `${name} is not set yet, so the list gets an empty entry${searched.test(name) ? ', which means the current folder' : ''}.`,
        why: 'An empty entry can make programs load files from the folder in which they are started.',
        instead: 'Write only the new entries.',
      }
    : {};

/** Whether no variable of a here-document is one that the builder knows: it is text for another program. */
const isMeantAsText = ({ body }: Heredoc, { before, expand }: Step): boolean =>
  expand(body).uses.every(({ name, variable }) => before.variable(name) === undefined && !variable.operator);

function quoting(name: string, { delimiter, stripTabs, opener }: Heredoc): Partial<Finding> {
  const quoted = `${stripTabs ? '<<-' : '<<'}'${delimiter}'`;
  return {
    message: `The builder expands $${name} in this text, to nothing.`,
    why: 'The program that reads the text does not see the variable.',
    instead: `Write ${quoted}, so that the text stays as it is.`,
    fix: { title: 'Quote the delimiter', edits: [{ span: opener, text: quoted }] },
  };
}

/** Where a variable is declared that is not to be seen from here. */
type Declared = 'global' | 'builder' | 'later' | 'elsewhere';

const messages: Readonly<Record<Declared, (name: string) => string>> = {
  global: (name) => `${name} is declared before the first FROM, but not in this stage before this line.`,
  builder: (name) => `The builder sets ${name} only in a stage that declares it with ARG.`,
  later: (name) => `${name} is not set yet: a later instruction sets it.`,
  elsewhere: (name) => `${name} is only set in another stage.`,
};

/** The ARG, where one instruction alone needs it: the values of others would change too. */
function takeOver(name: string, { instruction }: Step, { users }: Seen): Finding['fix'] {
  const { keyword } = instruction;
  if (users().get(name)! > 1) return undefined;
  return {
    title: `Add ARG ${name}`,
    edits: [{ span: keyword.span, text: `${inCaseOf(keyword.raw, 'ARG')} ${name}\n${keyword.raw}` }],
    reaches: ['variables', 'user', 'workdir'],
  };
}

function usersIn({ steps }: Stage): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const step of steps) {
    const names = expandedWords(step).flatMap(({ word }) => step.expand(word).uses.map(({ name }) => name));
    for (const name of new Set(names))
      if (step.before.variable(name) === undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** Where else this file, or the builder, declares a variable. */
function declaration(name: string, stage: Stage, { globals, stages }: Model): Declared | undefined {
  if (
    globals.some(
      ({ instruction }) => instruction.kind === 'Arg' && instruction.pairs.some((it) => it.name.text === name),
    )
  )
    return 'global';
  if (platformArguments.has(name)) return 'builder';
  if (stage.end.variables.has(name)) return 'later';
  return stages.some((it) => it.end.variables.has(name)) ? 'elsewhere' : undefined;
}

/** Whether the base image may well set a variable of this name, which the file sets elsewhere. */
function mayBeOfImage(name: string, { lineage }: Stage): boolean {
  if (commonVariables.has(name)) return true;
  // node of NODE_VERSION
  const stem = name.toLowerCase().split('_')[0]!;
  const image = lineage[0]!.from.image?.text.toLowerCase() ?? '';
  return stem.length > 1 && image.includes(stem);
}

/** A variable of this stage whose name is so near that this one is a slip of the hand. */
function typoOf(name: string, { end }: Stage): string | undefined {
  if (name.length < 6 || commonVariables.has(name)) return undefined;
  const near = closest(name, end.variables.keys());
  const letters = (text: string): string => text.replace(/\d/g, '').toLowerCase();
  return near !== undefined && near[0] === name[0] && letters(near) !== letters(name) ? near : undefined;
}
