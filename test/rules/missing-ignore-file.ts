import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

const app = { 'package.json': '{}', 'package-lock.json': '{}', 'src/index.js': '1' };

export default cases({
  'the history, what is installed, and a secret': {
    text: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY package.json package-lock.json ./
      RUN npm ci
      COPY . .
           ~
    `,
    files: {
      ...app,
      '.git/HEAD': 'ref: refs/heads/main',
      'node_modules/a/index.js': '1',
      '.env': 'PORT=1\nDB_PASSWORD=hunter2\n',
    },
  },
  'nothing that an image has no use for': {
    text: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY package.json package-lock.json ./
      RUN npm ci
      COPY . .
    `,
    files: app,
  },
  'the Dockerfile alone': {
    text: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY . .
    `,
    files: { ...app, Dockerfile: 'FROM node:22' },
    preset: 'recommended',
  },
  'the Dockerfile alone, for strict': {
    text: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY . .
           ~
    `,
    files: { ...app, Dockerfile: 'FROM node:22' },
    preset: 'strict',
  },
  'there is one, by another name': {
    text: dockerfile`
      FROM node:22
      COPY . .
    `,
    files: { ...app, '.git/HEAD': 'x', 'Dockerfile.dockerignore': 'nothing' },
  },
  'packages that nothing here installs, and a history that is asked': {
    text: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY . .
      RUN git describe --tags > version
    `,
    files: { ...app, '.git/HEAD': 'x', 'node_modules/a/index.js': '1' },
  },
  'the context of another file': {
    text: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY package.json ./
      COPY . .
    `,
    files: { 'README.md': '1', '.git/HEAD': 'x' },
  },
  'a folder with something in it, and a mount': {
    text: dockerfile`
      FROM python:3.13
      WORKDIR /src
      RUN --mount=type=bind,target=. make
          ~~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    files: { Makefile: 'all:', 'app/__pycache__/a.pyc': '1' },
  },
  'what is named is meant': {
    text: dockerfile`
      FROM python:3.13
      COPY .env.production /app/.env
      COPY .git /app/.git
      COPY app /app
    `,
    files: { 'app/main.py': '1', '.env.production': 'TOKEN=abc123', '.git/HEAD': 'x' },
  },
  'settings that the repository has for all': {
    text: dockerfile`
      FROM php:8.4
      COPY . /app
    `,
    files: { '.gitignore': 'vendor\n', '.env': 'APP_ENV=prod\nAPP_SECRET=\n', 'index.php': '1' },
  },
  'settings of one machine': {
    text: dockerfile`
      FROM php:8.4
      COPY . /app
           ~
    `,
    files: { '.gitignore': 'vendor\n.env\n', '.env': 'APP_ENV=prod\n', 'index.php': '1' },
  },
  'a stage that is not built': {
    text: dockerfile`
      FROM node:22 AS unused
      COPY . .
      FROM node:22
      COPY src ./src
    `,
    files: { ...app, '.git/HEAD': 'x' },
  },
});
