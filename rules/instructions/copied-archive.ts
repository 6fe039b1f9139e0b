import {
  baseName,
  type Command,
  dockerfile,
  type Finding,
  flagOf,
  rule,
  type Stage,
  type Step,
  type Word,
} from '../../src/engine/rule.ts';
import { archiveEndings } from '../../src/knowledge/commands/archives.ts';
import { decompressors, tars } from '../../src/knowledge/commands/extractors.ts';

export default rule({
  id: 'copied-archive',
  aliases: ['DL3010'],
  severity: 'info',
  preset: 'recommended',
  message: 'The archive is copied into one layer and unpacked in another.',
  why: `
    Both the archive and its content ship with the image; deleting the archive later does not change that. Archives from another
    stage, and those that ADD cannot unpack, are not judged.
  `,
  instead: 'Write ADD, which unpacks it, or run tar in a RUN with --mount=type=bind,source=….',
  url: 'https://docs.docker.com/build/building/best-practices/#add-or-copy',
  examples: {
    'copied and unpacked': dockerfile`
      FROM debian:12
      COPY app.tar.gz /tmp/
           ~~~~~~~~~~
      RUN mkdir /opt/app && tar -xzf /tmp/app.tar.gz -C /opt/app && rm /tmp/app.tar.gz
    `,
    'unpacked by ADD, or from a mount': dockerfile`
      FROM debian:12
      ADD app.tar.gz /opt/app/
      RUN --mount=type=bind,source=data.tar.gz,target=/tmp/data.tar.gz tar -xzf /tmp/data.tar.gz -C /srv
    `,
    'not unpacked, or not a tar archive': dockerfile`
      FROM debian:12
      COPY seed.tar.gz /srv/
      COPY dump.sql.gz tool.zip /tmp/
      RUN gunzip /tmp/dump.sql.gz && unzip /tmp/tool.zip && tar -tzf /srv/seed.tar.gz
    `,
  },
  differs: {
    DL3010: [
      {
        why: 'The options of tar need no dash, and every stage counts.',
        only: 'dflint',
        text: 'FROM debian:12\nCOPY app.tar.gz /opt/\nRUN tar xzf /opt/app.tar.gz',
      },
      {
        why: 'ADD does not unpack a single compressed file.',
        only: 'hadolint',
        text: 'FROM debian:12\nCOPY app.gz /opt/\nRUN gunzip /opt/app.gz',
      },
    ],
  },
  visit: {
    Stage: (stage) => stage.steps.flatMap((step, index) => copied(step).flatMap((it) => finding(it, stage, index))),
  },
});

/** Whether ADD unpacks what has this name: of other compressed files it makes a plain copy. */
const isTar = (name: string): boolean =>
  archiveEndings.some((ending) => ending.startsWith('.t') && name.toLowerCase().endsWith(ending));

interface Copied {
  readonly word: Word;
  /** The name that it has in the image. */
  readonly name: string;
}

/** The archives of the context that an instruction copies. */
function copied(step: Step): Copied[] {
  const { instruction } = step;
  if (instruction.kind !== 'Copy' || !instruction.destination) return [];
  if (flagOf(instruction, 'from')) return [];
  const destination = knownText(step, instruction.destination);
  return instruction.sources.flatMap((word): Copied[] => {
    const source = knownText(step, word);
    if (source === undefined) return [];
    const renamed = instruction.sources.length === 1 && destination && isTar(destination);
    const name = baseName(renamed ? destination : source);
    return isTar(name) || isTar(source) ? [{ word, name }] : [];
  });
}

function knownText(step: Step, word: Word): string | undefined {
  const { value } = step.expand(word);
  return value.state === 'known' ? value.text : value.state === 'unknown' ? word.text : undefined;
}

function finding({ word, name }: Copied, { steps }: Stage, index: number): Finding[] {
  for (const { instruction, script } of steps.slice(index + 1)) {
    if (instruction.kind !== 'Run') continue;
    const by = script?.commands.find((command) => unpacks(command, name));
    if (by) return [{ at: word, related: by, ...(isPartial(by) && { instead: fromMount }) }];
  }
  return [];
}

const fromMount = 'Run tar in a RUN with --mount=type=bind,source=…, which leaves the archive out of the image.';

const plainLong =
  /^--(?:extract|get|gzip|bzip2|xz|zstd|verbose|auto-compress|preserve-permissions|same-permissions|(?:file|directory)(?:=.*)?)$/;

/** Whether tar takes some members only, or changes their names or owners, which ADD cannot. */
function isPartial({ name, args }: Command): boolean {
  if (!tars.has(name ?? '')) return false;
  let values = 0;
  return args.some(({ text }, index) => {
    if (values > 0) return --values < 0;
    if (text.startsWith('--')) {
      values = /^--(?:file|directory)$/.test(text) ? 1 : 0;
      return !plainLong.test(text);
    }
    if (index > 0 && !text.startsWith('-')) return true;
    const letters = /^-?[xzjJavp]*([fC].*)?$/.exec(text);
    const valued = letters?.[1] ?? '';
    // a value may follow its letter without a space
    values = /^[xzjJavpfC]*$/.test(valued) ? valued.replace(/[^fC]/g, '').length : 0;
    return !letters;
  });
}

/** Whether a command unpacks the file of this name; a pattern may mean it too. */
function unpacks(command: Command, name: string): boolean {
  const { args, redirects } = command;
  const given = [...args.map(({ text }) => text), ...redirects.map(({ target }) => target?.text ?? '')];
  const meant = given.some((text) => matches(baseName(text.replace(/^--file=/, '')), name));
  if (!meant || command.name === undefined) return false;
  return (
    decompressors.has(command.name) ||
    (tars.has(command.name) && extracts(given)) ||
    (command.name === 'gzip' && given.some((it) => /^-[a-z]*d/.test(it)))
  );
}

/** `xf`, `-xzf`, `--extract`. */
const extracts = (args: readonly string[]): boolean =>
  args.some(
    (text, index) =>
      /^--(?:extract|get)$/.test(text) ||
      /^-(?!-)[a-zA-Z0-9]*x/.test(text) ||
      (index === 0 && /^[a-zA-Z]*x[a-zA-Z]*$/.test(text)),
  );

/** The name of a file against a word of a script, in which `*` and variables stand for anything. */
function matches(pattern: string, name: string): boolean {
  const parts = pattern.split(/\*|\$\{?\w+\}?/);
  if (parts.length === 1) return pattern === name;
  const [head, ...rest] = parts;
  const tail = rest.at(-1)!;
  return isTar(`x${tail}`) && name.startsWith(head!) && name.endsWith(tail) && (head !== '' || pattern === name);
}
