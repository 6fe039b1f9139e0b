import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

const app = { 'package.json': '{}', 'package-lock.json': '{}', 'src/index.js': '1' };

export default cases({
  'a private key, though the rest is kept out': {
    text: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY . .
           ~
    `,
    files: {
      ...app,
      '.dockerignore': '.git\nnode_modules\n',
      'certificates/server.key': '-----BEGIN PRIVATE KEY-----\n',
      'certificates/server.pem': '-----BEGIN CERTIFICATE-----\n',
    },
  },
  'packages deeper than the pattern looks': {
    text: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY . .
           ~
      RUN npm ci
    `,
    files: {
      ...app,
      '.dockerignore': 'node_modules\nDockerfile',
      'node_modules/a/index.js': '1',
      'packages/a/package.json': '{}',
      'packages/a/node_modules/b/index.js': '1',
    },
  },
  'the pattern that looks deeper': {
    text: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY . .
      RUN npm ci
    `,
    files: {
      ...app,
      '.dockerignore': '**/node_modules\nDockerfile\n**/.env*\n.dockerignore\n',
      'node_modules/a/index.js': '1',
      'packages/a/package.json': '{}',
      'packages/a/node_modules/b/index.js': '1',
      'packages/a/.env': 'TOKEN=abc',
    },
  },
  'one for each COPY': {
    text: dockerfile`
      FROM python:3.13 AS build
      COPY . /src
           ~
      FROM python:3.13
      COPY app /app
           ~~~
      COPY --from=build /src/dist /app/dist
    `,
    files: { '.dockerignore': '.git\n', 'app/main.py': '1', 'app/__pycache__/main.pyc': '1' },
  },
  'a list of what is let in': {
    text: dockerfile`
      FROM node:22
      COPY . .
    `,
    files: { ...app, '.dockerignore': '*\n!src\n!package*.json\n', '.git/HEAD': 'x', '.env': 'TOKEN=abc' },
  },
  'left out by the COPY itself': {
    text: dockerfile`
      FROM node:22
      COPY --exclude=.git --exclude=.dockerignore . .
    `,
    files: { ...app, '.dockerignore': '.env\n', '.git/HEAD': 'x' },
  },
  'a template, a test key and a token that comes from outside': {
    text: dockerfile`
      FROM node:22
      COPY . .
    `,
    files: {
      ...app,
      '.dockerignore': '.dockerignore',
      '.env.example': 'TOKEN=abc',
      'test/fixtures/key.pem': '-----BEGIN RSA PRIVATE KEY-----\n',
      '.npmrc': '//registry.npmjs.org/:_authToken=${NPM_TOKEN}',
    },
  },
  'the settings of an editor, for strict alone': {
    text: dockerfile`
      FROM node:22
      COPY . .
    `,
    files: { ...app, '.dockerignore': 'node_modules', '.vscode/settings.json': '{}' },
    preset: 'recommended',
  },
  'a virtual environment by whatever name': {
    text: dockerfile`
      FROM python:3.13-slim
      COPY . /app
           ~
    `,
    files: { '.dockerignore': '.git', 'main.py': '1', 'env311/pyvenv.cfg': 'home = /usr', 'env311/lib/a.py': '1' },
  },
  'taken in again by a line of its own': {
    text: dockerfile`
      FROM node:22
      COPY . .
      RUN npm ci
    `,
    files: { ...app, '.dockerignore': '**/node_modules\n!node_modules\n', 'node_modules/a/index.js': '1' },
  },
});
