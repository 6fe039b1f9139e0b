import {
  type Command,
  dockerfile,
  type Finding,
  type Place,
  readOptions,
  rule,
  type ShellWord,
  shOf,
} from '../../src/engine/rule.ts';
import { quietWget, wgetValued } from '../../src/knowledge/commands/wget.ts';

export default rule({
  id: 'wget-progress-bar',
  aliases: ['DL3047'],
  severity: 'info',
  preset: 'all',
  fix: 'safe',
  message: 'wget writes its progress bar to the build log.',
  why: `
    A large download makes thousands of lines, which hide errors. A call whose messages go elsewhere is not judged.
  `,
  instead: 'Add -nv for one line per file (-q for the wget of BusyBox), or --progress=dot:giga for slow downloads.',
  url: 'https://www.gnu.org/software/wget/manual/html_node/Logging-and-Input-File-Options.html',
  examples: {
    'a download': dockerfile`
        FROM debian:12
      - RUN wget https://example.com/app.tar.gz
            ~~~~
      + RUN wget -nv https://example.com/app.tar.gz
    `,
    'BusyBox has -q': dockerfile`
        FROM alpine:3.22
      - RUN wget https://example.com/app.tar.gz
            ~~~~
      + RUN wget -q https://example.com/app.tar.gz
    `,
    'few or no messages': dockerfile`
      FROM debian:12
      RUN wget -qO- https://example.com/a.tar.gz | tar -xz
      RUN wget --progress=dot:giga https://example.com/b.tar.gz
      RUN wget -nv https://example.com/c.tar.gz
      RUN wget https://example.com/d.tar.gz 2>/dev/null
    `,
  },
  notRecommended: {
    DL3047: 'A progress bar only makes the build log long.',
  },
  differs: {
    DL3047: [{ why: 'Without a download there is no bar.', only: 'hadolint', text: 'FROM debian:12\nRUN wget --help' }],
  },
  visit: {
    Command(command, place): Finding | undefined {
      const { name, args, redirects, word, wrappers } = command;
      if (name !== 'wget' || place.step.instruction.kind !== 'Run' || args.length === 0) return undefined;
      const { dialect } = place.step.before.shell;
      if (dialect === 'cmd' || dialect === 'powershell') return undefined;
      if (redirects.some(({ descriptor, operator }) => descriptor === 2 || operator.startsWith('&>'))) return undefined;
      // a variable at the front may hold any option
      if (isQuiet(args) || /^\$\{?\w+\}?$/.test(args[0]!.raw)) return undefined;
      const option = quietOption(place, command, wrappers.at(-1)?.name === 'busybox');
      if (!option) return { at: word };
      const { end } = word.span;
      return { at: word, fix: { title: `Add ${option}`, edits: [{ span: { start: end, end }, text: ` ${option}` }] } };
    },
  },
});

/** `-nv` is a word of its own: `-n` begins several of two letters. */
const isQuiet = (args: readonly ShellWord[]): boolean =>
  args.some(({ text }) => /^-[a-zA-Z]*nv/.test(text)) ||
  readOptions(args, { options: wgetValued }).options.some(({ name }) => quietWget.has(name));

/** The option of the wget that is there; undefined where that is not known. */
function quietOption(place: Place, { span }: Command, busybox: boolean): string | undefined {
  if (busybox) return '-q';
  // one that is installed later is not there yet
  const installed = [...place.step.earlier, place.step].some(({ operations }) =>
    operations.some(
      ({ packages, command }) => command.span.start < span.start && packages.some((it) => it.name === 'wget'),
    ),
  );
  const sh = shOf(place);
  return installed ? '-nv' : sh && (sh === 'busybox' ? '-q' : '-nv');
}
