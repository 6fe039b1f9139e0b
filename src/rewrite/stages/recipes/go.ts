import { plainBase } from '../base.ts';
import type { Recipe } from '../recipe.ts';
import { Obstacle } from '../work.ts';
import { certificates, outputOf, programsOf } from './compiled.ts';

const isGo = (name: string | undefined): boolean => name === 'go';

export const go: Recipe = {
  id: 'go',
  builds: ({ name }) =>
    /^(?:go|gofmt|dep|glide|govendor|godep|goose|swag|templ|sqlc|wire|buf|protoc|golangci-lint|gotestsum|upx)$/.test(
      name ?? '',
    ),
  folderOf: () => undefined,
  sources: /\.(?:go|mod|sum|work|proto|templ)$|(?:^|\/)(?:testdata|vendor|mocks?)\/|_test\.go$/,
  variables: /^(?:GO[A-Z0-9]*|CGO_[A-Z]+|CC|CXX|C?XX?FLAGS|CFLAGS|LDFLAGS)$/,
  plan(view, works, project) {
    const calls = works.flatMap(({ step, builds }) =>
      builds.filter(({ name }) => isGo(name)).map((command) => ({ step, command })),
    );
    const compiling = calls.filter(({ command }) => /^(?:build|install|get)$/.test(command.args[0]?.text ?? ''));
    if (compiling.length === 0) return undefined;
    const runs = view.start.programs.find(({ name }) => name === 'go');
    if (runs)
      throw new Obstacle(
        runs.step.instruction.span.start,
        `go ${runs.args[0] ?? ''} compiles when the container starts`,
      );
    const base = plainBase(view.system);
    if (base === undefined)
      throw new Obstacle(view.stage.from.span.start, 'the distribution of the base image is not known');
    const outputs = compiling.flatMap(
      ({ step, command }) => outputOf(command, ['-o', '--o'], view.folderAt(step, command)) ?? [],
    );
    const folders = compiling.some(({ command }) => command.args[0]?.text !== 'build') ? ['/go/bin'] : [];
    return {
      base,
      takes: [...certificates(base), ...programsOf(view, works, { outputs, folders, project })],
      project: 'read',
      leaves: ['Go and its C compiler', 'the module and build caches'],
    };
  },
};
