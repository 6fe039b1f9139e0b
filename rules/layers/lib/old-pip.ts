import { anyBefore, isBefore, type PackageOperation, type Step } from '../../../src/engine/rule.ts';
import { firstWithPip6, pythonBeforePip6 } from '../../../src/knowledge/images/releases.ts';

/** Whether pip is from before version 6, which keeps no cache and knows no option about it: the release has it, and nothing brings another. */
export function hasOldPip(operation: PackageOperation, step: Step): boolean {
  const { name = '', tag = '' } = step.stage?.rootImage ?? {};
  // these bring a pip of their own
  const old = /^(?:python|pypy|(?:mini|ana)conda\d?)$/.test(name)
    ? name === 'python' && pythonBeforePip6.test(tag)
    : isBefore(firstWithPip6, step);
  if (!old || operation.command.word.text.startsWith('/opt/')) return false;
  return !anyBefore(step, bringsPip, (it) => bringsPip(it)) && !bringsPip(step, operation);
}

/** Whether a RUN gets another pip, before an operation of its own: by pip itself, get-pip.py, or a Python from elsewhere; virtualenv has the old one. */
function bringsPip({ operations, script }: Step, before?: PackageOperation): boolean {
  const end = before?.command.span.start ?? Number.POSITIVE_INFINITY;
  const upgrades = operations.some(
    ({ family, packages, command }) =>
      (family === 'pip' || family === 'conda') &&
      command.span.start < end &&
      packages.some(({ name }) => name === 'pip'),
  );
  return (
    upgrades ||
    (script?.commands ?? []).some(
      ({ name = '', args, span }) =>
        span.start < end &&
        (/^(?:conda|mamba|pyenv|easy_install[\d.-]*|uv)$/.test(name)
          ? !/^easy_install/.test(name) || args.some(({ text }) => /^pip\b/.test(text))
          : args.some(({ text }) => /get-pip|ez_setup|Miniconda|Anaconda|Python-\d/i.test(text))),
    )
  );
}
