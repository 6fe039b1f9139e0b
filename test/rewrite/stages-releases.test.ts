import { expect, test } from 'vitest';
import { parse } from '../../src/index.ts';
import { divided, dockerfile, type Files, outcome } from './divided.ts';

const module = 'defmodule X do\nend';

const table: readonly [caption: string, text: string, last: readonly string[], files?: Files][] = [
  [
    'a release',
    dockerfile`
      FROM hexpm/elixir:1.18.1-erlang-27.2-debian-bookworm-20250113-slim
      ENV MIX_ENV=prod
      WORKDIR /app
      COPY mix.exs ./
      RUN mix local.hex --force && mix deps.get --only prod
      COPY lib ./lib
      RUN mix release
      ENV PORT=4001
      CMD ["_build/prod/rel/hello/bin/hello", "start"]
    `,
    [
      'FROM debian:bookworm-slim',
      'ENV LANG=C.UTF-8',
      'RUN apt-get update \\',
      ' && apt-get install -y --no-install-recommends \\',
      '      libncurses6 \\',
      '      libstdc++6 \\',
      '      openssl \\',
      ' && rm -rf /var/lib/apt/lists/*',
      'WORKDIR /app',
      'COPY --from=build /app/_build/prod/rel/hello ./_build/prod/rel/hello',
      'ENV PORT=4001',
      'CMD ["_build/prod/rel/hello/bin/hello", "start"]',
    ],
    {
      'mix.exs': 'x',
      'lib/hello.ex': module,
    },
  ],
  [
    'a release in a folder of its own, and its owner',
    dockerfile`
      FROM hexpm/elixir:1.18.1-erlang-27.2-alpine-3.22.1
      ENV MIX_ENV=prod LANG=C.UTF-8
      WORKDIR /src
      COPY . .
      RUN mix do compile, release --path /srv/app
      RUN adduser -D app && chown -R app /srv/app
      USER app
      ENTRYPOINT ["/srv/app/bin/greet"]
      CMD ["start"]
    `,
    [
      'FROM alpine:3.22',
      'ENV MIX_ENV=prod LANG=C.UTF-8',
      'RUN apk add --no-cache libgcc libstdc++ ncurses-libs openssl',
      'WORKDIR /src',
      'RUN adduser -D app',
      'COPY --from=build --chown=app /srv/app /srv/app',
      'USER app',
      'ENTRYPOINT ["/srv/app/bin/greet"]',
      'CMD ["start"]',
    ],
    {
      'mix.exs': 'x',
      'lib/hello.ex': module,
    },
  ],
  [
    'a release that is moved',
    dockerfile`
      FROM hexpm/elixir:1.18.1-erlang-27.2-debian-bookworm-20250113-slim
      COPY . /src
      WORKDIR /src
      RUN MIX_ENV=prod mix release counter && mv _build/prod/rel/counter /srv/counter && rm -rf /src
      WORKDIR /srv/counter
      ENTRYPOINT ["./bin/counter", "start"]
    `,
    [
      'FROM debian:bookworm-slim',
      'ENV LANG=C.UTF-8',
      'RUN apt-get update \\',
      ' && apt-get install -y --no-install-recommends \\',
      '      libncurses6 \\',
      '      libstdc++6 \\',
      '      openssl \\',
      ' && rm -rf /var/lib/apt/lists/*',
      'COPY --from=build /srv/counter /srv/counter',
      'WORKDIR /srv/counter',
      'ENTRYPOINT ["./bin/counter", "start"]',
    ],
    {
      'mix.exs': 'x',
      'lib/hello.ex': module,
    },
  ],
  [
    'refused: mix at start',
    dockerfile`
      FROM elixir:1.18
      WORKDIR /app
      COPY . .
      RUN mix deps.get && mix compile
      CMD ["mix", "phx.server"]
    `,
    ['line 5: mix phx.server needs Elixir and the sources when the container starts'],
    {
      'mix.exs': 'x',
    },
  ],
  [
    'refused: no release',
    dockerfile`
      FROM elixir:1.18
      WORKDIR /app
      COPY . .
      RUN mix escript.build
      CMD ["./tool"]
    `,
    ['line 5: it makes no release, so that what it starts needs Elixir'],
    {
      'mix.exs': 'x',
    },
  ],
  [
    'refused: a release without Erlang',
    dockerfile`
      FROM elixir:1.18
      WORKDIR /app
      COPY . .
      RUN mix release
      CMD ["_build/dev/rel/x/bin/x", "start"]
    `,
    ['line 5: its release has no Erlang of its own'],
    {
      'mix.exs': 'include_erts: false',
    },
  ],
  [
    'ASP.NET that is published',
    dockerfile`
      FROM mcr.microsoft.com/dotnet/sdk:8.0
      WORKDIR /src
      COPY *.csproj ./
      RUN dotnet restore
      COPY . .
      RUN dotnet publish -c Release -o /app/publish --no-restore
      WORKDIR /app/publish
      ENV ASPNETCORE_URLS=http://+:80
      EXPOSE 80
      HEALTHCHECK CMD curl -f http://localhost/ || exit 1
      ENTRYPOINT ["dotnet", "Shop.dll"]
    `,
    [
      'FROM mcr.microsoft.com/dotnet/aspnet:8.0',
      'RUN apt-get update \\',
      ' && apt-get install -y --no-install-recommends \\',
      '      curl \\',
      ' && rm -rf /var/lib/apt/lists/*',
      'COPY --from=build /app/publish /app/publish',
      'WORKDIR /app/publish',
      'ENV ASPNETCORE_URLS=http://+:80',
      'EXPOSE 80',
      'HEALTHCHECK CMD curl -f http://localhost/ || exit 1',
      'ENTRYPOINT ["dotnet", "Shop.dll"]',
    ],
    {
      'Shop.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>',
      'Program.cs': 'x',
      'appsettings.json': '{}',
    },
  ],
  [
    'a console program, with the version of its SDK',
    dockerfile`
      FROM mcr.microsoft.com/dotnet/sdk:8.0.101-alpine3.19
      WORKDIR /src
      COPY . .
      RUN dotnet publish tool/tool.csproj -c Release -o out
      ENTRYPOINT ["dotnet", "out/tool.dll"]
    `,
    [
      'FROM mcr.microsoft.com/dotnet/runtime:8.0-alpine3.19',
      'ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false',
      'RUN apk add --no-cache icu-data-full icu-libs tzdata',
      'WORKDIR /src',
      'COPY --from=build /src/out ./out',
      'ENTRYPOINT ["dotnet", "out/tool.dll"]',
    ],
    {
      'tool/tool.csproj': '<Project Sdk="Microsoft.NET.Sdk"></Project>',
      'tool/Program.cs': 'x',
    },
  ],
  [
    'settings that are read from where it starts, and the port of the old image',
    dockerfile`
      FROM mcr.microsoft.com/dotnet/sdk:6.0
      WORKDIR /app
      COPY . .
      RUN dotnet publish -c Release -o out
      CMD dotnet out/Web.dll
    `,
    [
      'FROM mcr.microsoft.com/dotnet/aspnet:6.0',
      'ENV ASPNETCORE_URLS=',
      'WORKDIR /app',
      'COPY --from=build /app/out ./out',
      'COPY appsettings.json ./appsettings.json',
      'COPY wwwroot ./wwwroot',
      'CMD dotnet out/Web.dll',
    ],
    {
      'Web.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>',
      'Program.cs': 'x',
      'appsettings.json': '{}',
      'wwwroot/a.css': 'x',
    },
  ],
  [
    'an executable in its own folder',
    dockerfile`
      FROM mcr.microsoft.com/dotnet/sdk:9.0
      WORKDIR /src
      COPY . .
      RUN dotnet publish -c Release
      ENTRYPOINT ["/src/bin/Release/net9.0/publish/worker"]
    `,
    [
      'FROM mcr.microsoft.com/dotnet/runtime:9.0',
      'WORKDIR /src',
      'COPY --from=build /src/bin/Release/net9.0/publish ./bin/Release/net9.0/publish',
      'ENTRYPOINT ["/src/bin/Release/net9.0/publish/worker"]',
    ],
    {
      'worker.csproj': '<Project Sdk="Microsoft.NET.Sdk.Worker"></Project>',
      'Program.cs': 'x',
    },
  ],
  [
    'refused: dotnet run',
    dockerfile`
      FROM mcr.microsoft.com/dotnet/sdk:8.0
      WORKDIR /app
      COPY . .
      RUN dotnet build
      ENTRYPOINT ["dotnet", "run"]
    `,
    ['line 5: dotnet run builds when the container starts'],
    {
      'a.csproj': 'x',
    },
  ],
  [
    'refused: not published',
    dockerfile`
      FROM mcr.microsoft.com/dotnet/sdk:8.0
      WORKDIR /app
      COPY . .
      RUN dotnet build -c Release
      ENTRYPOINT ["dotnet", "bin/Release/net8.0/a.dll"]
    `,
    ['line 5: dotnet publish is not called, so that what it starts needs the SDK'],
    {
      'a.csproj': 'x',
    },
  ],
];

test.each(table)('%s', (_, text, last, files) => {
  expect(outcome(text, files)).toEqual(last);
  const { text: after } = divided(text, files);
  expect(parse(after).errors).toEqual([]);
  expect(divided(after, files).text).toBe(after);
});
