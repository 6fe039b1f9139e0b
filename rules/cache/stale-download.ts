import {
  anyBefore,
  type Command,
  dockerfile,
  type Finding,
  rule,
  type Script,
  type ShellWord,
  type Step,
} from '../../src/engine/rule.ts';
import {
  branches,
  codeHosts,
  fixedReference,
  hostsOfScripts,
  movingParts,
  notVersions,
  releaseEndings,
  settingEndings,
} from '../../src/knowledge/commands/downloads.ts';
import { changesEachBuild } from '../../src/knowledge/project/volatility.ts';

export default rule({
  id: 'stale-download',
  aliases: [],
  severity: 'info',
  preset: 'strict',
  message: 'The download can change while this RUN stays cached.',
  why: `
    Each builder keeps what it downloaded when the RUN first ran there, so builds of the same file differ. The cache key of
    a RUN is its text and what comes before it. Downloads with a full version, a tag, a commit or a checksum are not
    reported, nor are RUNs that run again with each commit anyway or that follow an ADD of a URL, which is checked in each
    build.
  `,
  instead: 'Use a version or a commit with a checksum, or ADD with the URL, which asks the server in each build.',
  url: 'https://docs.docker.com/build/cache/invalidation/#run-instructions',
  examples: {
    'a branch': dockerfile`
      FROM alpine:3.20
      RUN apk add --no-cache git
      RUN git clone --depth 1 https://github.com/example/tool.git /opt/tool
                              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    'the latest release': dockerfile`
      FROM debian:12
      RUN curl -fsSL -o /usr/local/bin/tool https://example.com/releases/latest/tool
                                            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    versions: dockerfile`
      FROM debian:12
      RUN git clone --branch v1.2.3 --depth 1 https://github.com/example/tool.git /opt/tool
      RUN curl -fsSL https://example.com/tool-4.5.6.tar.gz | tar xz -C /opt
    `,
    'ADD, which asks each time': dockerfile`
      FROM debian:12
      ADD https://github.com/example/tool.git#main /opt/tool
    `,
  },
  visit: {
    Run: (_, { step, onbuild }) => (onbuild ? undefined : judge(step)),
  },
});

function judge(step: Step): Finding[] {
  const commands = step.script?.commands ?? [];
  const { script } = step;
  const checked = commands.some(isChecked);
  const chosen = script?.named('git').findLast(checksOut)?.span.start ?? -1;
  const found = commands.flatMap((command) => {
    if (command.name === 'git') return clone(command, chosen) ?? [];
    return checked ? [] : (download(command, script!) ?? []);
  });
  return found.length > 0 && !runsAnyway(step) ? found : [];
}

/** Whether something that stands above makes it run again: an ADD of an address, the code, an argument of each build. */
function runsAnyway(step: Step): boolean {
  const fresh = [...step.before.variables.values()].some(({ name, kind }) => kind !== 'base' && changesEachBuild(name));
  return fresh || anyBefore(step, runsAnyway, (it) => it.changes === 'source' || addsRemote(it));
}

const addsRemote = ({ takes }: Step): boolean =>
  takes.some(({ via, origin }) => via === 'copy' && origin.kind === 'network');

/** `chosen` is where a command of the script last chooses a commit or a tag. */
function clone({ args, span }: Command, chosen: number): Finding | undefined {
  const at = args.findIndex(({ text }) => text === 'clone');
  if (at < 0) return undefined;
  const rest = args.slice(at + 1);
  const url = rest.find(({ text }) => /^(?:https?|git|ssh):\/\/|^[\w.-]+@[\w.-]+:/.test(text));
  if (!url) return undefined;
  const branch = branchOf(rest);
  if (branch !== undefined && isFixed(branch)) return undefined;
  if (chosen > span.start) return undefined;
  const name = /([^/:]+?)(?:\.git)?\/*$/.exec(url.text)?.[1] ?? url.text;
  const which = `${branch === undefined ? 'the default branch' : `the branch ${branch}`} of ${name}`;
  return {
    at: url,
    message: kept(which),
    instead:
      'Clone a tag with --branch, check out a commit, or use ADD with the repository, which asks the server in each build.',
  };
}

function branchOf(args: readonly ShellWord[]): string | undefined {
  for (const [index, { text }] of args.entries()) {
    const value = /^(?:--branch|-b)(?:=(.*))?$/.exec(text);
    if (value) return value[1] ?? args[index + 1]?.text;
    const glued = /^-b(.+)$/.exec(text);
    if (glued) return glued[1];
  }
  return undefined;
}

/** A tag, a commit, or what a variable says. */
const isFixed = (reference: string): boolean => /[$`]/.test(reference) || fixedReference.test(reference);

/** Whether a later command of the script chooses a commit or a tag. */
function checksOut({ args }: Command): boolean {
  const words = args.map(({ text }) => text);
  const verb = words.findIndex((it) => ['checkout', 'reset', 'switch', 'fetch', 'pull'].includes(it));
  return verb >= 0 && words.slice(verb + 1).some((it) => !it.startsWith('-') && isFixed(it));
}

function download(command: Command, script: Script): Finding | undefined {
  const { name, args } = command;
  if (name !== 'curl' && name !== 'wget') return undefined;
  const runs = script.piped(command).filter((it) => shells.has(it.name ?? ''));
  // an installer that is told which version to install
  if (runs.some((it) => it.args.some(({ text }) => /\d+\.\d+|[$`]\w*version/i.test(text)))) return undefined;
  for (const word of args) {
    const moving = movingOf(word, runs.length > 0);
    if (!moving) continue;
    return {
      at: word,
      message: kept(moving),
      instead:
        'Use the URL of one version and verify its checksum, or use ADD with the URL, which asks the server in each build.',
    };
  }
  return undefined;
}

const shells: ReadonlySet<string> = new Set([
  'sh',
  'bash',
  'ash',
  'dash',
  'zsh',
  'python',
  'python3',
  'perl',
  'php',
  'node',
  'ruby',
]);

/** Whether a file is compared with a checksum: then another one fails instead. */
const isChecked = ({ name, args }: Command): boolean =>
  name !== undefined &&
  /^(?:sha\d+sum|shasum|md5sum|b2sum|openssl)$/.test(name) &&
  args.some(({ text }) => /^-\w*c|^--check|^dgst$/.test(text));

const kept = (what: string): string => `Changes to ${what} do not reach the build while this RUN is cached.`;

/** What an address stands for that is another thing tomorrow; undefined where it has a version, or who knows. */
function movingOf({ text }: ShellWord, isRun: boolean): string | undefined {
  const [, host = '', path = ''] = /^https?:\/\/([^/?#]+)([^?#]*)/i.exec(text.replace(/^["']|["']$/g, '')) ?? [];
  const lower = path.toLowerCase();
  if (
    host === '' ||
    /^(?:localhost|127\.|0\.0\.0\.0|\[|\$)/.test(host) ||
    settingEndings.some((it) => lower.endsWith(it))
  )
    return undefined;
  const parts = path.split('/');
  const isCode = codeHosts.test(host);
  const part = parts.find((it) => movingParts.test(it) || (isCode && branches.test(it)));
  const others = parts.filter((it) => it !== part);
  if (others.some((it) => /[$`]/.test(it)) || /\d+[._-]\d+/.test(others.at(-1) ?? '')) return undefined;
  if (part && isCode && branches.test(part)) return `the branch ${part.replace(/\..*$/, '')}`;
  if (/\d/.test(others.join('/').replace(notVersions, ''))) return undefined;
  if (part)
    return /^v?latest$/i.test(part) ? 'the latest version' : part.includes('.') ? part : `the "${part}" version`;
  const file = parts.at(-1);
  if (isRun || hostsOfScripts.has(host.toLowerCase())) return `the script ${file ? file : `of ${host}`}`;
  return releaseEndings.some((it) => lower.endsWith(it)) ? `the file ${file}` : undefined;
}
