import { baseName, type Instruction, type Stage } from '../../../src/engine/rule.ts';
import { buildCommands } from '../../../src/knowledge/commands/build-commands.ts';
import {
  buildImages,
  compilesAtRunTime,
  interpreters,
  workstations,
} from '../../../src/knowledge/project/build-packages.ts';

/** Whether the image starts a program that is neither a session for a person nor a build. */
export function startsProgram({ end }: Stage): boolean {
  const words = [end.entrypoint, end.cmd].flatMap((it) => (it ? wordsOf(it) : []));
  const last = words
    .join(' ')
    .split(/&&|\|\||[;|]/)
    .at(-1)!
    .trim()
    .split(/\s+/);
  const at = last.findIndex((it) => !/^-|^\w+=|^[[\]]*$/.test(it) && !starters.has(baseName(it)));
  const [program = '', ...rest] =
    at < 0 ? last.slice(-1) : last.slice(at).map((it) => it.replace(/^[['"]+|[\]'",]+$/g, ''));
  const name = baseName(program);
  const args = rest.filter((it) => !/^-(?:[a-z]|-login)$/.test(it));
  if (/^(?:tail|sleep)$/.test(name) && /\/dev\/null|infinity/.test(rest.join(' '))) return false;
  if (workstations.has(name) && (args.length === 0 || !shells.has(name))) return false;
  if (interpreters.has(name) && args.length === 0) return false;
  return (
    name !== '' &&
    !buildCommands.has(name) &&
    !buildScript.test(name) &&
    !/^(?:go|cargo|mvn|mvnw|gradle|gradlew|swift|dotnet-sdk)$/.test(name)
  );
}

/** Scripts that build, test or install when the container starts. */
const buildScript = /^(?:build|compile|make|test|install)(?:[-_.].*)?$/;

/** Programs that start another one. */
const starters: ReadonlySet<string> = new Set(['tini', 'dumb-init', 'env', 'exec', 'qemu-arm-static', 'sudo']);
const shells: ReadonlySet<string> = new Set(['bash', 'sh', 'zsh', 'fish', 'ash', 'dash', 'ksh', 'su']);

function wordsOf(instruction: Instruction): readonly string[] {
  if (instruction.kind !== 'Cmd' && instruction.kind !== 'Entrypoint') return [];
  const { command } = instruction;
  return command?.kind === 'ExecForm' ? command.items.map(({ text }) => text) : command ? [command.text] : [];
}

/** Whether the image is made to build with, or holds a program that compiles while it runs. */
export function needsTools({ name = '', lineage, allSteps, end }: Stage): boolean {
  const bases = lineage.flatMap(({ base }) =>
    base.kind === 'image' ? [base.reference.repository + tagOf(base.reference)] : [],
  );
  const labels = [...end.labels].flatMap(([key, value]) =>
    /title|name|description/i.test(key) && value.state === 'known' ? [value.text] : [],
  );
  if ([name, ...bases, ...labels].some((it) => buildImages.test(it) || compilesAtRunTime.test(it))) return true;
  // Go is built by Go
  if (end.variable('GOROOT_BOOTSTRAP')) return true;
  return allSteps.some(
    ({ operations, script, instruction }) =>
      instruction.kind === 'Run' &&
      (operations.some(
        ({ manager, packages }) =>
          manager === 'r' || packages.some((it) => it.name !== undefined && compilesAtRunTime.test(it.name)),
      ) ||
        script?.commands.some(
          ({ name: by = '', args }) =>
            (/^(?:git|python[\d.]*)$/.test(by) && args.some(({ text }) => compilesAtRunTime.test(text))) ||
            // somebody works on the project in the container
            (/^(?:python[\d.]*|pip[\d.]*)$/.test(by) && args.some(({ text }) => text === 'develop')),
        )),
  );
}

const tagOf = ({ tag }: { readonly tag?: string | undefined }): string => (tag === undefined ? '' : `:${tag}`);
