import type { Step } from '../../../model/model.ts';
import { absoluteIn } from '../../../model/stages/folder.ts';
import type { Command } from '../../../shell/command.ts';
import { isBelow } from '../../../text/path.ts';
import { variableOf } from '../given.ts';
import type { Taken } from '../recipe.ts';
import type { View } from '../view.ts';
import { type Call, callsIn, Obstacle, type Work } from '../work.ts';
import { fileAt } from './compiled.ts';

/** What commands of Python write beside the packages that they install. */

const isPython = (name: string | undefined): boolean => /^python[\d.]*$/.test(name ?? '');

/** Modules that only install, or write below the project. */
const modules = /^(?:pip|venv|virtualenv|compileall|ensurepip|build|poetry|pipenv|uv|spacy|site)$/;
/** Commands of Django that write into the project, or into the folder of its settings. */
const ofDjango =
  /^(?:collectstatic|compilemessages|makemessages|compress|migrate|makemigrations|check|test|createcachetable|loaddata|tailwind)$/;
const ofSetup = /^(?:install|develop|build|build_ext|build_py|bdist_wheel|bdist_egg|sdist|egg_info|clean)$/;

/** Libraries that fetch models and data into the home of the user, and words that lead out of the project. */
const elsewhere =
  /\bnltk|from_pretrained|huggingface_hub|torch\.hub|torchvision|sentence_transformers|SentenceTransformer|tensorflow_hub|whisper|easyocr|gdown|playwright|pyppeteer|load_dataset|expanduser|Path\.home|tiktoken|stanza|keras\.applications|spacy\.cli|['"](?:~|\/(?!tmp\b|dev\b)\w+)/;

/** Whether commands write into the project, so that it is no longer what the context has. Throws an `Obstacle` where they may write anywhere. */
export function writesProject(view: View, works: readonly Work[], project: readonly string[]): boolean {
  let isWritten = false;
  for (const { step, command } of callsIn(works)) {
    const { name = '', args } = command;
    const all = args.map(({ text }) => text);
    const isEditable = all.some((it) => /^(?:-e|--editable|develop|--inplace|-i)(?:=|$)/.test(it));
    const operations = step.operationsOf(command);
    if (operations.some(({ action }) => action === 'install' || action === 'other' || action === 'build')) {
      // uv and poetry install the project itself as a link to its folder
      const isLinked = operations.some(
        ({ manager, action }) => /^(?:poetry|uv|pdm)$/.test(manager) && action === 'install',
      );
      isWritten ||=
        isEditable ||
        (isLinked && !all.includes('--no-root') && !all.includes('--no-install-project')) ||
        listsEditable(view);
      if (!isPython(name) || all[0] === '-m') continue;
    }
    if (isPython(name)) isWritten = writesByPython({ step, command }, view) || isWritten || isEditable;
    else if (!/^(?:pip3?|pip3?\.\d+|poetry|uv|pipenv|pdm|virtualenv)$/.test(name))
      isWritten ||= isFile(command, step, project) !== 'none';
  }
  return isWritten;
}

/** `-e .` in a list of requirements. */
const listsEditable = ({ context }: View): boolean =>
  context
    ?.files()
    .some(
      ({ path }) =>
        /(?:^|\/)requirements[^/]*\.txt$/.test(path) && /^\s*(?:-e|--editable)[ =]\.?/m.test(context.read(path) ?? ''),
    ) ?? false;

/** What a command that is none of Python leaves in the project. */
const isFile = (command: Command, { effects }: Step, project: readonly string[]): 'none' | 'some' => {
  const own = effects.all.filter((it) => it.command === command && it.kind !== 'read');
  const isKnown =
    own.length > 0 &&
    own.every(
      ({ means }) =>
        means === 'owner' || means === 'mode' || means === 'folder' || means === 'remove' || means === 'cache',
    );
  return isKnown || (own.every(({ path }) => !project.some((it) => isBelow(path, it))) && own.length > 0)
    ? 'none'
    : 'some';
};

function writesByPython({ step, command }: Call, view: View): boolean {
  const all = command.args.map(({ text }) => text);
  const at = all.findIndex((it) => !/^-[uBOEsSI]+$|^-W/.test(it));
  const [word = '', next = ''] = all.slice(at < 0 ? all.length : at);
  const refuse = (text: string): never => {
    throw new Obstacle(command.span.start, `what ${text} writes is not known`);
  };
  if (word === '' || /^(?:--version|-V|--help)$/.test(word)) return isPiped(command, step) ? false : refuse('python');
  if (word === '-') return isPiped(command, step) ? false : refuse('python -');
  if (word === '-m') return modules.test(next) ? false : refuse(`python -m ${next}`);
  if (word === '-c')
    return elsewhere.test(next) || /download|open\(|write|urlretrieve/i.test(next) ? refuse('python -c') : false;
  if (/(?:^|\/)setup\.py$/.test(word))
    return all.slice(at + 1).some((it) => ofSetup.test(it))
      ? all.includes('--inplace') || all.includes('develop')
      : refuse(word);
  if (/(?:^|\/)manage\.py$/.test(word)) return ofDjango.test(next) ? true : refuse(`${word} ${next}`);
  if (/(?:^|\/)get-pip\.py$|install-poetry/.test(word)) return false;
  const path = absoluteIn(view.folderAt(step, command), word);
  const file = path === undefined ? undefined : fileAt(path, view);
  const text = file && view.context?.read(file.path);
  return text === undefined || elsewhere.test(text) ? refuse(`python ${word}`) : true;
}

/** `curl … | python -`: what installs pip or poetry. */
const isPiped = (command: Command, { script }: Step): boolean =>
  (script?.piped(command) ?? []).some(({ args }) =>
    args.some(({ text }) => /get-pip|install-poetry|get-poetry|install\.python-poetry\.org/.test(text)),
  ) || command.args.some(({ text }) => /^(?:--version|-V|--help)$/.test(text));

/** Folders outside of the project in which the settings of Django collect static files. */
export function staticFolders(view: View, works: readonly Work[], project: readonly string[]): Taken[] {
  const collects = callsIn(works).some(({ command }) => command.args.some(({ text }) => text === 'collectstatic'));
  if (!collects) return [];
  const { context, stage } = view;
  if (!context)
    throw new Obstacle(
      stage.from.span.start,
      'where static files are collected is not known without the build context',
    );
  const texts = context
    .files()
    .filter(({ path }) => /\.py$/.test(path))
    .map(({ path }) => context.read(path) ?? '');
  const lines = texts.flatMap((text) => [...text.matchAll(/^\s*STATIC_ROOT\s*=\s*(.+)$/gm)].map(([, it]) => it!));
  const found = lines.flatMap((line): string[] => {
    const name = /(?:environ(?:\.get)?|getenv|env|config)\s*[[(]\s*['"](\w+)['"]/.exec(line)?.[1];
    const value = name === undefined ? undefined : variableOf(stage, name);
    const text = value ?? /['"](\/[^'"]*)['"]/.exec(line)?.[1];
    return text?.startsWith('/') ? [text.replace(/(?<=.)\/+$/, '')] : [];
  });
  return [...new Set(found)]
    .filter((it) => !project.some((of) => isBelow(it, of)))
    .map((it) => ({ from: it, to: it, isFolder: true, what: 'the static files' }));
}
