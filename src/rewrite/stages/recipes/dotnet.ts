import { absoluteIn } from '../../../model/stages/folder.ts';
import type { ImageReference } from '../../../model/stages/reference.ts';
import type { Command } from '../../../shell/command.ts';
import { folderOf as above, clean, isBelow } from '../../../text/path.ts';
import type { Texts } from '../assets.ts';
import type { Recipe, Taken } from '../recipe.ts';
import type { View } from '../view.ts';
import { callsIn, Obstacle, type Work } from '../work.ts';
import { allStarted, fileAt, outputOf, refuseTools, says, startOffset } from './compiled.ts';

/** .NET: what `dotnet publish` leaves runs on the image of the runtime. */
export const dotnet: Recipe = {
  id: 'dotnet',
  builds: ({ name }) => name === 'dotnet' || name === 'msbuild',
  folderOf: ({ args }) =>
    /^(?:tool|--info|--version|--list-sdks|nuget|dev-certs|workload)$/.test(args[0]?.text ?? '') ? '' : undefined,
  sources:
    /\.(?:cs|fs|vb|csproj|fsproj|vbproj|sln|slnx|props|targets|cshtml|razor|resx)$|(?:^|\/)(?:global\.json|nuget\.config|NuGet\.Config|launchSettings\.json)$|(?:^|\/)(?:bin|obj|[Tt]ests?|Properties)(?:\/|$)/,
  implicit: /^(?:appsettings(?:\.[\w-]+)?\.json|wwwroot|Views|Pages)$/,
  variables:
    /^(?:NUGET_[A-Z_]+|DOTNET_CLI_[A-Z_]+|DOTNET_NOLOGO|DOTNET_SKIP_FIRST_TIME_EXPERIENCE|BUILD_CONFIGURATION)$/,
  plan(view, works, project, texts) {
    const { rootImage, from } = view.stage;
    const calls = callsIn(works).filter(({ command }) => command.name === 'dotnet');
    if (calls.length === 0 || !rootImage) return undefined;
    const starts = allStarted(view).find(
      ({ name, args }) => name === 'dotnet' && !/\.dll$/.test(args.find((it) => !it.startsWith('-')) ?? ''),
    );
    if (starts)
      throw new Obstacle(
        starts.step.instruction.span.start,
        `dotnet ${starts.args[0] ?? ''} builds when the container starts`,
      );
    refuseTools(view, /^(?:msbuild|make)$/, 'builds');
    const version = versionOf(rootImage);
    if (version === undefined) throw new Obstacle(from.span.start, 'which runtime its base image has is not known');
    const publishes = calls.filter(({ command }) => command.args[0]?.text === 'publish');
    if (publishes.length === 0)
      throw new Obstacle(startOffset(view), 'dotnet publish is not called, so that what it starts needs the SDK');
    const outputs = publishes.flatMap(({ step, command }) => outputsOf(command, view.folderAt(step, command)));
    return {
      base: version.image(needsWeb(view) ? 'aspnet' : 'runtime'),
      takes: publishedBy(view, works, { outputs, project }),
      project: 'read',
      packages: packagesFor(version, texts),
      family: version.isAlpine ? 'apk' : /mariner|azurelinux|chiseled/.test(rootImage.tag ?? '') ? undefined : 'apt',
      first: settingsFor(view, version),
      runs: /^dotnet$/,
      leaves: ['the .NET SDK', 'the packages of NuGet and the object files'],
    };
  },
};

function outputsOf(command: Command, folder: string | undefined): string[] {
  const path = outputOf(command, ['-o', '--output'], folder);
  const own = /^-p:PublishDir=|^\/p:PublishDir=/;
  const property = command.args.find(({ text }) => own.test(text))?.text.replace(own, '');
  return [path, property === undefined ? undefined : absoluteIn(folder, property)].flatMap(
    (it) => it?.replace(/\/$/, '') ?? [],
  );
}

interface Places {
  readonly outputs: readonly string[];
  readonly project: readonly string[];
}

/** The folders of the programs that are started, as they are published. */
function publishedBy(view: View, works: readonly Work[], { outputs, project }: Places): Taken[] {
  const found = new Set<string>();
  let isBrought = false;
  for (const { name, path, args } of allStarted(view)) {
    const word = name === 'dotnet' ? args.find((it) => /\.dll$/.test(it)) : path;
    if (word === undefined || /[$`*?]/.test(word)) continue;
    const place = word.startsWith('/')
      ? clean(word)
      : view.home === undefined
        ? undefined
        : clean(`${view.home}/${word}`);
    if (place === undefined || fileAt(place, view)) continue;
    const folder = above(place);
    const named = outputs.find((it) => isBelow(place, it));
    if (works.some((work) => work.outputs.some((it) => isBelow(place, it)))) isBrought = true;
    else if (named !== undefined) found.add(named);
    else if (folder.endsWith('/publish') && project.some((it) => isBelow(folder, it))) found.add(folder);
  }
  if (found.size === 0 && !isBrought)
    throw new Obstacle(startOffset(view), 'the program that it starts is not seen to be published here');
  return [...found].map((it) => ({ from: it, to: it, isFolder: true, what: 'the program' }));
}

interface Version {
  readonly major: number;
  readonly isAlpine: boolean;
  image(kind: 'aspnet' | 'runtime'): string;
}

/** The runtime of an image of the SDK, whose own version has three parts: `sdk:8.0.101-alpine3.19`. */
function versionOf({ text, repository, tag = '', digest }: ImageReference): Version | undefined {
  const match = /^(\d+)\.(\d+)(?:\.\d+)?((?:-[\w.]+)*)$/.exec(tag.replace(/-sdk\b/, ''));
  if (digest !== undefined || !match || !/(?:^|\/)(?:dotnet(?:\/core)?\/sdk|microsoft\/dotnet)$/.test(repository))
    return undefined;
  const [, major, minor, suffix] = match;
  const before = text.slice(0, text.lastIndexOf('sdk:'));
  if (!/(?:^|\/)dotnet\/(?:core\/)?sdk:/.test(text)) return undefined;
  return {
    major: Number(major),
    isAlpine: tag.includes('alpine'),
    image: (kind) => `${before}${kind}:${major}.${minor}${suffix}`,
  };
}

/** The image of ASP.NET runs what needs only the runtime as well. */
const needsWeb = (view: View): boolean =>
  says(view, /\.(?:cs|fs|vb)proj$/, /Microsoft\.NET\.Sdk\.(?:Web|Razor|BlazorWebAssembly)|AspNetCore/) !== false;

/** The SDK's image has programs and libraries that the smaller ones lack. */
function packagesFor({ isAlpine }: Version, { starts }: Texts): string[] {
  const tools = ['curl', 'wget', 'git'].filter((it) => !(isAlpine && it === 'wget') && starts(it));
  return [...tools, ...(isAlpine ? ['icu-data-full', 'icu-libs', 'tzdata'] : [])];
}

/** The ports on which a server listens unless it is told, and the languages of Alpine, as the SDK's image has them. */
function settingsFor(view: View, { major, isAlpine }: Version): string[] {
  const isSet = (name: string): boolean => view.stage.end.variable(name)?.kind === 'env';
  const port = major >= 8 ? 'ASPNETCORE_HTTP_PORTS' : 'ASPNETCORE_URLS';
  const tellsPort = !needsWeb(view) || ['ASPNETCORE_URLS', 'ASPNETCORE_HTTP_PORTS', 'DOTNET_URLS', 'URLS'].some(isSet);
  return [
    ...(tellsPort ? [] : [`ENV ${port}=`]),
    ...(isAlpine && !isSet('DOTNET_SYSTEM_GLOBALIZATION_INVARIANT')
      ? ['ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false']
      : []),
  ];
}
