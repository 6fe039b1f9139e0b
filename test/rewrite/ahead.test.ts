import { describe, expect, test } from 'vitest';
import { allRules } from '../../rules/index.ts';
import { enable } from '../../src/config/presets.ts';
import { lint } from '../../src/engine/lint.ts';
import { rewrite } from '../../src/index.ts';
import { context } from '../../src/model/context/context.ts';
import { memoryHost } from '../../src/model/context/memory.ts';
import { lines } from '../model/model.ts';

const enabled = enable(
  allRules.filter(({ id }) => id === 'copy-before-install'),
  'recommended',
);

/** What copy-before-install says to copy first, with `--parents` where it says to keep the folders. */
function advice(text: string, build: { readonly context: ReturnType<typeof context> }): string {
  const [found] = lint(text, enabled, { build }).diagnostics;
  const instead = found?.instead ?? '';
  return instead.replace(/ first.*/, instead.includes('--parents') ? ' --parents' : '');
}

describe('what an install needs: the line or the refusal of the rewrite, and the advice of the rule', () => {
  test.for<[string, Readonly<Record<string, string>>, string, string]>([
    [
      'FROM node:22-slim ⏎ RUN corepack enable ⏎ WORKDIR /repo ⏎ COPY . . ⏎ RUN pnpm install --frozen-lockfile ⏎ RUN pnpm --filter web build',
      {
        'package.json': '{"private":true}',
        'pnpm-workspace.yaml': 'packages:\n  - apps/*\n  - packages/*\n',
        'pnpm-lock.yaml': '',
        'apps/web/package.json': '{}',
        'apps/web/src/i.ts': '',
        'packages/ui/package.json': '{}',
        'packages/ui/src/i.ts': '',
      },
      'pnpm-workspace.yaml names workspaces, whose manifests the install reads too: package.json, pnpm-workspace.yaml, pnpm-lock.yaml, apps/web/package.json and packages/ui/package.json',
      'Copy package.json, pnpm-workspace.yaml, pnpm-lock.yaml, apps/web/package.json and packages/ui/package.json --parents',
    ],
    [
      'FROM python:3.13-slim ⏎ WORKDIR /app ⏎ COPY . . ⏎ RUN pip install --no-index --find-links=./wheels -r requirements.txt',
      { 'requirements.txt': 'mylib==1.0', 'wheels/mylib-1.0-py3-none-any.whl': '', 'app.py': '' },
      'it reads wheels (--find-links)',
      '',
    ],
    [
      'FROM python:3.13-slim ⏎ WORKDIR /app ⏎ COPY . . ⏎ RUN pip install --no-index -f wheels -r requirements.txt',
      { 'requirements.txt': 'mylib==1.0', 'wheels/mylib-1.0-py3-none-any.whl': '', 'app.py': '' },
      'it reads wheels (-f)',
      '',
    ],
    [
      'FROM python:3.13-slim ⏎ WORKDIR /app ⏎ ENV PIP_FIND_LINKS=/app/wheels PIP_NO_INDEX=1 ⏎ COPY . . ⏎ RUN pip install -r requirements.txt',
      { 'requirements.txt': 'mylib==1.0', 'wheels/mylib-1.0-py3-none-any.whl': '', 'app.py': '' },
      'it reads wheels (PIP_FIND_LINKS)',
      '',
    ],
    [
      'FROM python:3.13-slim ⏎ WORKDIR /app ⏎ COPY . . ⏎ RUN pip install -r requirements.txt',
      {
        'requirements.txt': '--find-links ./wheels\nmylib==1.0',
        'wheels/mylib-1.0-py3-none-any.whl': '',
        'app.py': '',
      },
      'requirements.txt looks for packages in ./wheels',
      '',
    ],
    [
      'FROM python:3.13-slim ⏎ WORKDIR /app ⏎ COPY . . ⏎ RUN pip install --cert ca.pem -r requirements.txt',
      { 'requirements.txt': 'a==1', 'constraints.txt': '', 'ca.pem': '', 'app.py': '' },
      'COPY requirements.txt constraints.txt ca.pem ./',
      'Copy requirements.txt, constraints.txt and ca.pem',
    ],
    [
      'FROM node:22 ⏎ WORKDIR /app ⏎ COPY . . ⏎ RUN npm ci --userconfig ./ci/npmrc',
      { 'package.json': '{}', 'package-lock.json': '{"packages":{"":{}}}', 'ci/npmrc': '', 'a.js': '' },
      'the files that it needs are in several folders: package.json, package-lock.json and ci/npmrc',
      'Copy package.json, package-lock.json and ci/npmrc --parents',
    ],
    [
      'FROM node:22 ⏎ WORKDIR /app ⏎ COPY . . ⏎ RUN npm ci --offline --cache ./npm-cache',
      { 'package.json': '{}', 'package-lock.json': '{"packages":{"":{}}}', 'npm-cache/x': '', 'a.js': '' },
      'it reads npm-cache (--cache)',
      '',
    ],
    [
      'FROM node:22 ⏎ WORKDIR /app ⏎ COPY . . ⏎ RUN yarn install --offline --frozen-lockfile',
      {
        'package.json': '{}',
        'yarn.lock': '',
        '.yarnrc': 'yarn-offline-mirror "./npm-packages-offline-cache"',
        'npm-packages-offline-cache/x.tgz': '',
        'a.js': '',
      },
      'it reads npm-packages-offline-cache (.yarnrc)',
      '',
    ],
    [
      'FROM maven:3-eclipse-temurin-21 ⏎ WORKDIR /app ⏎ COPY . . ⏎ RUN mvn -B -s ci/settings.xml dependency:go-offline',
      { 'pom.xml': '<project/>', 'ci/settings.xml': '<s/>', 'src/A.java': '' },
      'the files that it needs are in several folders: pom.xml and ci/settings.xml',
      'Copy pom.xml and ci/settings.xml --parents',
    ],
    [
      'FROM node:22 ⏎ WORKDIR /app ⏎ COPY . . ⏎ RUN npm ci',
      {
        'package.json': '{"scripts":{"postinstall":"patch-package"}}',
        'package-lock.json': '{"packages":{"":{}}}',
        'patches/x.patch': '',
        'a.js': '',
      },
      'the files that it needs are in several folders: package.json, package-lock.json and patches/x.patch',
      'Copy package.json, package-lock.json and patches/x.patch --parents',
    ],
    [
      'FROM node:22 ⏎ WORKDIR /app ⏎ COPY . . ⏎ RUN npm ci',
      {
        'package.json': '{"scripts":{"postinstall":"prisma generate"}}',
        'package-lock.json': '{"packages":{"":{}}}',
        'prisma/schema.prisma': '',
        'a.js': '',
      },
      'the files that it needs are in several folders: package.json, package-lock.json and prisma/schema.prisma',
      'Copy package.json, package-lock.json and prisma/schema.prisma --parents',
    ],
    [
      'FROM node:22 ⏎ WORKDIR /app ⏎ COPY . . ⏎ RUN yarn install --immutable',
      {
        'package.json': '{}',
        'yarn.lock': '',
        '.yarnrc.yml': 'yarnPath: .yarn/releases/yarn-4.3.1.cjs',
        '.yarn/releases/yarn-4.3.1.cjs': '',
        'a.js': '',
      },
      'the files that it needs are in several folders: package.json, yarn.lock, .yarnrc.yml and .yarn/releases/yarn-4.3.1.cjs',
      'Copy package.json, yarn.lock, .yarnrc.yml and .yarn/releases/yarn-4.3.1.cjs --parents',
    ],
    [
      'FROM python:3.13-slim ⏎ WORKDIR /app ⏎ COPY . . ⏎ RUN pip install -r requirements/prod.txt',
      { 'requirements/prod.txt': '-r base.txt\nflask', 'requirements/base.txt': 'x', 'app.py': '' },
      'the files that it needs are in another folder: requirements/prod.txt and requirements/base.txt',
      'Copy requirements/prod.txt and requirements/base.txt --parents',
    ],
    [
      'FROM gradle:8-jdk21 ⏎ WORKDIR /app ⏎ COPY . . ⏎ RUN gradle dependencies',
      {
        'build.gradle.kts': '',
        'settings.gradle.kts': '',
        'gradle/libs.versions.toml': '',
        'buildSrc/build.gradle.kts': '',
        'src/A.java': '',
      },
      'Gradle reads the build files of all projects',
      '',
    ],
    [
      'FROM mcr.microsoft.com/dotnet/sdk:9.0 ⏎ WORKDIR /app ⏎ COPY . . ⏎ RUN dotnet tool restore ⏎ RUN dotnet restore',
      { 'a.csproj': '<PackageReference Include="x"/>', '.config/dotnet-tools.json': '{}', 'a.cs': '' },
      'the files that it needs are in another folder: .config/dotnet-tools.json',
      'Copy .config/dotnet-tools.json --parents',
    ],
    [
      'FROM ruby:3.4 ⏎ WORKDIR /app ⏎ COPY . . ⏎ RUN bundle install',
      { Gemfile: 'gem "rails"', 'Gemfile.lock': '', 'vendor/cache/rails-7.gem': '', 'app.rb': '' },
      'bundle install may rewrite Gemfile.lock, and COPY would put the old one back',
      'Copy Gemfile, Gemfile.lock and vendor/cache/rails-7.gem --parents',
    ],
    [
      'FROM python:3.13 ⏎ WORKDIR /app ⏎ COPY . . ⏎ RUN uv sync --frozen --no-install-project',
      {
        'pyproject.toml': '[tool.uv.workspace]\nmembers=["packages/*"]',
        'uv.lock': '',
        'packages/a/pyproject.toml': '',
        'packages/a/src/a.py': '',
      },
      'pyproject.toml has a workspace, whose manifests the install reads too: pyproject.toml, uv.lock and packages/a/pyproject.toml',
      'Copy pyproject.toml, uv.lock and packages/a/pyproject.toml --parents',
    ],
    [
      'FROM golang:1.23 ⏎ WORKDIR /app ⏎ COPY . . ⏎ RUN go mod download',
      { 'go.work': 'use ./a', 'go.mod': 'module x', 'go.sum': '', 'a/go.mod': 'module a', 'a/a.go': '' },
      'go.work exists, and it joins several modules, which are all read',
      '',
    ],
    [
      'FROM oven/bun:1 ⏎ WORKDIR /app ⏎ COPY . . ⏎ RUN bun install --frozen-lockfile',
      { 'package.json': '{"workspaces":["p/*"]}', 'bun.lock': '', 'p/a/package.json': '{}', 'p/a/i.ts': '' },
      'package.json has workspaces, whose manifests the install reads too: package.json, bun.lock and p/a/package.json',
      'Copy package.json, bun.lock and p/a/package.json --parents',
    ],
    [
      'FROM node:22 ⏎ WORKDIR /app ⏎ COPY . . ⏎ RUN yarn install --frozen-lockfile',
      {
        'package.json': '{"private":true,"workspaces":{"packages":["p/*"]}}',
        'yarn.lock': '',
        'p/a/package.json': '{}',
        'p/a/i.ts': '',
      },
      'package.json has workspaces, whose manifests the install reads too: package.json, yarn.lock and p/a/package.json',
      'Copy package.json, yarn.lock and p/a/package.json --parents',
    ],
    [
      'FROM maven:3 ⏎ WORKDIR /app ⏎ COPY . . ⏎ RUN mvn dependency:go-offline',
      { 'pom.xml': '<modules><module>a</module></modules>', 'a/pom.xml': '<project/>', 'a/src/A.java': '' },
      'pom.xml has modules, which need each other',
      '',
    ],
    [
      'FROM ruby:3.4 ⏎ WORKDIR /app ⏎ COPY . . ⏎ RUN bundle install',
      {
        Gemfile: 'gem "a", path: "engines/a"',
        'Gemfile.lock': 'PLATFORMS\n  ruby\n',
        'engines/a/a.gemspec': '',
        'app.rb': '',
      },
      'the Gemfile names folders of the project',
      '',
    ],
    [
      'FROM mcr.microsoft.com/dotnet/sdk:9.0 ⏎ WORKDIR /app ⏎ COPY . . ⏎ RUN dotnet restore',
      {
        'x.sln': 'Project("{FAE04EC0}") = "a", "src\\a\\a.csproj", "{1}"',
        'src/a/a.csproj': '<PackageReference Include="x"/>',
        'src/a/a.cs': '',
      },
      'the solution has projects in folders below, whose manifests the install reads too: x.sln and src/a/a.csproj',
      'Copy x.sln and src/a/a.csproj --parents',
    ],
    [
      'FROM rust:1 ⏎ WORKDIR /app ⏎ COPY . . ⏎ RUN cargo fetch',
      { 'Cargo.toml': '[workspace]\nmembers=["a"]', 'Cargo.lock': '', 'a/Cargo.toml': '', 'a/src/main.rs': '' },
      'cargo fetch reads the sources',
      '',
    ],
    [
      'FROM composer:2 ⏎ WORKDIR /app ⏎ COPY . . ⏎ RUN composer install --no-scripts --no-autoloader',
      {
        'composer.json': '{"repositories":[{"type":"path","url":"packages/*"}]}',
        'composer.lock': '',
        'packages/a/composer.json': '{}',
        'a.php': '',
      },
      'composer.json names folders as packages',
      '',
    ],
    [
      'FROM node:22 ⏎ WORKDIR /app ⏎ COPY . . ⏎ RUN npm ci',
      {
        'package.json': '{}',
        'lerna.json': '{"packages":["p/*"]}',
        'package-lock.json': '{"packages":{"":{}}}',
        'p/a/package.json': '{}',
        'a.js': '',
      },
      'COPY package.json package-lock.json ./',
      'Copy package.json and package-lock.json',
    ],
    [
      'FROM node:22 ⏎ WORKDIR /app ⏎ ENV NPM_CONFIG_USERCONFIG=/app/ci/npmrc ⏎ COPY . . ⏎ RUN npm ci',
      { 'package.json': '{}', 'package-lock.json': '{"packages":{"":{}}}', 'ci/npmrc': '', 'a.js': '' },
      'what it fetches may depend on /app',
      'Copy package.json, package-lock.json and ci/npmrc --parents',
    ],
    [
      'FROM mcr.microsoft.com/dotnet/sdk:9.0 ⏎ WORKDIR /app ⏎ COPY . . ⏎ RUN dotnet restore --configfile ci/NuGet.config',
      { 'a.csproj': '<PackageReference Include="x"/>', 'ci/NuGet.config': '', 'a.cs': '' },
      'the files that it needs are in several folders: a.csproj and ci/NuGet.config',
      'Copy a.csproj and ci/NuGet.config --parents',
    ],
    [
      'FROM python:3.13-slim ⏎ WORKDIR /app ⏎ COPY . . ⏎ RUN poetry install --no-root',
      {
        'pyproject.toml': '[tool.poetry.dependencies]\na = {path="libs/a"}',
        'poetry.lock': '',
        'libs/a/pyproject.toml': '',
        'app.py': '',
      },
      'pyproject.toml takes packages from a path',
      '',
    ],
  ])('%s', ([text, files, line, first]) => {
    const build = { context: context(memoryHost(files), 'Dockerfile') };
    const { moves, stays } = rewrite(lines(text), { build });
    expect(moves[0]?.added ?? stays[0]?.reason ?? '').toBe(line);
    expect(advice(lines(text), build)).toBe(first);
  });
});
