import { absoluteIn } from '../../../model/stages/folder.ts';
import type { Command } from '../../../shell/command.ts';
import { baseName } from '../../../text/path.ts';
import type { Texts } from '../assets.ts';
import { plainBase } from '../base.ts';
import { stillNamed, variableOf } from '../given.ts';
import type { Recipe } from '../recipe.ts';
import type { View } from '../view.ts';
import { callsIn, Obstacle } from '../work.ts';
import { certificatesFor, type Output, outputOf, programsOf, refuseCalls, refuseTools } from './compiled.ts';

const isGo = (name: string | undefined): boolean => /^go(?:1(?:\.\d+)*)?$/.test(name ?? '');

export const go: Recipe = {
  id: 'go',
  images: /^golang$/,
  builds: ({ name }) =>
    isGo(name) ||
    /^(?:gofmt|dep|glide|govendor|godep|goose|swag|templ|sqlc|wire|buf|protoc|golangci-lint|gotestsum|upx)$/.test(
      name ?? '',
    ),
  folderOf,
  implicit: /^(?:conf|views)$/,
  sources: /\.(?:go|mod|sum|work|proto|templ)$|(?:^|\/)(?:testdata|vendor|mocks?)\/|_test\.go$/,
  variables: /^(?:GO[A-Z0-9]*|CGO_[A-Z]+|CC|CXX|C?XX?FLAGS|CFLAGS|LDFLAGS)$/,
  plan(view, works, project, texts) {
    const calls = callsIn(works);
    const compiling = calls.filter(
      ({ command: { name, args } }) => isGo(name) && args.some(({ text }) => /^(?:build|install|get)$/.test(text)),
    );
    const isImage = view.stage.rootImage?.official === true && view.stage.rootImage.name === 'golang';
    if (compiling.length === 0 && !isImage) return undefined;
    refuseTools(view, /^(?:go|gin|air|reflex|CompileDaemon|realize|fresh|modd|gow|dlv|make)$/, 'compiles');
    refuseCalls(view, texts, ['go', 'gofmt', 'gcc']);
    if (view.stage.end.variable('GOROOT_BOOTSTRAP'))
      throw new Obstacle(view.stage.from.span.start, 'GOROOT_BOOTSTRAP is for a program that builds Go');
    const base = plainBase(view.system);
    if (base === undefined)
      throw new Obstacle(view.stage.from.span.start, 'the distribution of the base image is not known');
    const bin = binOf(view, isImage);
    const built = compiling.flatMap(({ step, command }) => {
      const path = outputOf(command, ['-o', '--o'], view.folderAt(step, command));
      return path === undefined ? [] : [{ path, command }];
    });
    const isInstalled = compiling.some(({ command: { args } }) => !args.some(({ text }) => text === 'build'));
    const folders = isInstalled || compiling.length === 0 ? [bin] : [];
    const tools = compiling.flatMap(({ command }) => toolsOf(command, texts, bin));
    const { takes, packages } = certificatesFor(view, base, texts);
    return {
      base,
      takes: [...takes, ...programsOf(view, works, { outputs: [...built, ...tools], folders, project })],
      project: 'read',
      packages: [...packages, ...zonesFor(view, base, texts)],
      first: stillNamed(view),
      leaves: ['Go and its C compiler', 'the module and build caches'],
    };
  },
};

/** What fetches tools, or only tells something, builds nothing of the project. */
function folderOf({ name, args }: Command, folder: string | undefined): string | undefined {
  if (!isGo(name)) return undefined;
  const at = args[0]?.text === '-C' ? 2 : 0;
  const verb = args[at]?.text ?? '';
  if (/^(?:env|version|clean|telemetry|tool|help)$/.test(verb)) return '';
  const targets = args.slice(at + 1).filter(({ text }) => !text.startsWith('-'));
  const areTools =
    targets.length > 0 && targets.every(({ text }) => /^[\w-]+\.[\w.-]+\/.*@|^[\w-]+\.[a-z]{2,}\/\S+$/.test(text));
  if (/^(?:install|get)$/.test(verb) && areTools) return '';
  return at > 0 ? absoluteIn(folder, args[1]!.text) : undefined;
}

/** What `go install` fetches and the sources start. */
const toolsOf = (command: Command, { starts }: Texts, bin: string): Output[] =>
  command.args.flatMap(({ text }) => {
    const name = /^[\w.-]+\.[\w.-]+\/.*@/.test(text)
      ? baseName(text.replace(/@.*$/, '').replace(/\/v\d+$/, ''))
      : undefined;
    return name !== undefined && starts(name) ? [{ path: `${bin}/${name}`, command }] : [];
  });

/** Where `go install` puts programs. */
function binOf({ stage }: View, isImage: boolean): string {
  const own = variableOf(stage, 'GOBIN');
  if (own !== undefined) return own;
  return `${variableOf(stage, 'GOPATH')?.replace(/\/+$/, '') ?? (isImage ? '/go' : '/root/go')}/bin`;
}

/** Go brings the time zones with it, which small images of Alpine lack. */
const zonesFor = ({ stage }: View, base: string, { mentions, isWhole }: Texts): string[] =>
  base.startsWith('alpine:') &&
  stage.rootImage?.name === 'golang' &&
  (!isWhole || mentions('LoadLocation') || variableOf(stage, 'TZ') !== undefined)
    ? ['tzdata']
    : [];
