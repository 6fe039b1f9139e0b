import {
  absoluteIn,
  baseName,
  type Command,
  dockerfile,
  type Effect,
  type Finding,
  folderOf,
  hasWildcard,
  imagesIn,
  isBelow,
  isForPeople,
  isKnownPlace,
  lineOf,
  type Model,
  rule,
  type Stage,
  type Step,
} from '../../src/engine/rule.ts';
import { buildCommands } from '../../src/knowledge/commands/build-commands.ts';
import { programFolders } from '../../src/knowledge/commands/file-commands.ts';
import { once } from './lib/once.ts';
import { needsTools, startsProgram } from './lib/runs.ts';

export default rule({
  id: 'version-control-in-final-image',
  aliases: [],
  severity: 'info',
  preset: 'recommended',
  message: 'What git clone brings ships with the image.',
  why: `
    A clone holds the sources and, in .git, their history; no container needs them once the program is installed.
    In recommended, only clones are reported that a later command installs from and that nothing else names; in strict also
    each .git with its whole history. Not judged are images that start a shell or nothing, those for development, and clones
    that are removed.
  `,
  instead:
    'Clone and build in a stage of its own, and copy the result with COPY --from; or remove the folder in the same RUN.',
  url: 'https://docs.docker.com/build/building/multi-stage/',
  examples: {
    'sources that stay behind': dockerfile`
      FROM debian:13
      RUN git clone --depth 1 https://example.com/tool.git /tmp/tool && make -C /tmp/tool install
          ~~~~~~~~~
      CMD ["tool"]
    `,
    'built in the next RUN': dockerfile`
      FROM debian:13
      RUN git clone https://example.com/tool.git /src/tool
          ~~~~~~~~~
      WORKDIR /src/tool
      RUN ./configure && make && make install
      WORKDIR /
      CMD ["tool"]
    `,
    'removed, or started from where it is': dockerfile`
      FROM debian:13
      RUN git clone https://example.com/tool.git && make -C tool install && rm -rf tool
      RUN git clone --depth 1 https://example.com/app.git /app && make -C /app install
      CMD ["/app/bin/start"]
    `,
  },
  visit: {
    File(model) {
      const images = imagesIn(model).filter((it) => !isForPeople(it) && startsProgram(it) && !needsTools(it));
      return once(images.flatMap((stage) => judge(stage, model)));
    },
  },
});

function judge(stage: Stage, model: Model): Finding[] {
  const steps = stage.allSteps;
  return steps.flatMap((step, index) =>
    step.effects.all.flatMap((effect): Finding[] => {
      const { means, path, command } = effect;
      if (means !== 'clone' || !command || hasWildcard(path) || !isKnownPlace(path) || path.includes('~')) return [];
      const later = steps.slice(index);
      if (isRemoved(path, later)) return [];
      const installer = installerOf(effect, later);
      if (installer && !isUsed(effect, later, stage, model)) return [left(effect, installer, step, model)];
      return isRemoved(`${path}/.git`, later) || isShallow(command) ? [] : [history(effect)];
    }),
  );
}

interface Installer {
  readonly step: Step;
  readonly command: Command;
}

function left({ path, command }: Effect, by: Installer, step: Step, model: Model): Finding {
  const line = lineOf(model, by.command.word);
  return {
    at: callOf(command!),
    ...(by.step !== step && { related: by.command.word }),
    message: `The clone in ${path}${isShallow(command!) ? '' : ', its history included,'} ships, though line ${line} has installed what is built from it.`,
  };
}

const history = ({ path, command }: Effect): Finding => ({
  at: callOf(command!),
  preset: 'strict',
  message: `${path}/.git ships: every version that the repository ever had.`,
  instead: 'Clone with --depth 1, and remove .git in the same RUN.',
});

/** `git clone`. */
function callOf({ word, args }: Command): Finding['at'] {
  const verb = args.find(({ text }) => text === 'clone');
  return verb ? { start: word.span.start, end: verb.span.end } : word;
}

const isShallow = ({ args }: Command): boolean => args.some(({ text }) => /^--(?:depth|filter|shallow)/.test(text));

const isRemoved = (path: string, steps: readonly Step[]): boolean =>
  steps.some(({ effects }) =>
    effects.all.some(
      (it) =>
        it.kind === 'remove' && (isBelow(path, it.path) || (hasWildcard(it.path) && isBelow(path, folderOf(it.path)))),
    ),
  );

/** The last command that installs from the clone what it holds. */
function installerOf({ path, command: clone }: Effect, steps: readonly Step[]): Installer | undefined {
  let found: Installer | undefined;
  let isBuilt = false;
  for (const step of steps) {
    for (const command of step.script?.commands ?? []) {
      if (command.span.start <= clone!.span.start || !isIn(command, step, path)) continue;
      if (buildCommands.has(command.name ?? '')) isBuilt = true;
      if (installs(command, step) || (isBuilt && takesOut(command, step, path))) found = { step, command };
    }
  }
  return found;
}

/** Whether a command runs in the clone or names it. */
function isIn(command: Command, { effects }: Step, path: string): boolean {
  const folder = effects.folders.get(command);
  if (folder !== undefined && isBelow(folder, path)) return true;
  return command.args.some(({ text }) => {
    const place = absoluteIn(folder, text);
    return place !== undefined && isBelow(place, path);
  });
}

/** `make install`, `python setup.py install`, `pip install .`. */
function installs(command: Command, step: Step): boolean {
  const { name = '', args } = command;
  const texts = args.map(({ text }) => text);
  if (/^(?:g?make|ninja|meson)$/.test(name)) return texts.some((it) => /^install(?:[-_/](?!deps)\w+)*$/.test(it));
  if (name === 'cmake') return texts.includes('--install') || texts.includes('install');
  if (/^python[\d.]*$/.test(name)) return /(?:^|\/)setup\.py$/.test(texts[0] ?? '') && texts.includes('install');
  return step
    .operationsOf(command)
    .some(
      ({ family, action, packages, command: { args: words } }) =>
        family === 'pip' &&
        action === 'install' &&
        packages.some(({ source }) => source === 'directory') &&
        !words.some(({ text }) => /^(?:-e|--editable)/.test(text)),
    );
}

/** `cp build/tool /usr/local/bin`. */
const takesOut = ({ name, args }: Command, { effects }: Step, path: string): boolean =>
  (name === 'cp' || name === 'install') &&
  effects.all.some(
    ({ kind, path: to, command }) =>
      kind === 'write' &&
      command?.args === args &&
      !isBelow(to, path) &&
      programFolders.some((folder) => isBelow(to, folder)),
  );

/** Whether something that is no part of the build names the clone: a link, a variable, the start, a copy into it. */
function isUsed({ path, command: clone }: Effect, steps: readonly Step[], stage: Stage, { file }: Model): boolean {
  const { workdir } = stage.end;
  if (workdir.state === 'known' && isBelow(workdir.text, path)) return true;
  const name = baseName(path);
  return steps.some((step) => {
    const { instruction, script, effects } = step;
    if (instruction.kind === 'Workdir' || instruction.kind === 'Label') return false;
    if (instruction.kind !== 'Run') {
      const text = file.text.slice(instruction.span.start, instruction.span.end);
      return text.includes(path) || step.takes.some(({ target }) => target !== undefined && isBelow(target, path));
    }
    if (effects.all.some(({ target }) => target !== undefined && isBelow(target, path))) return true;
    return (script?.commands ?? []).some(
      (command) =>
        command.span.start > clone!.span.start &&
        (stays.test(command.name ?? '') ||
          command.args.some(({ text }) => /^(?:-e|--editable|develop|link)$/.test(text))) &&
        (isIn(command, step, path) || command.args.some(({ text }) => text.includes(name))),
    );
  });
}

/** Commands that make what is installed depend on the place of the sources. */
const stays = /^(?:ln|stow|echo|printf|tee|ldconfig|pear|conda|npm|yarn|pnpm|composer|bundle)$/;
