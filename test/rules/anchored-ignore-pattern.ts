import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

const project = {
  'package.json': '{}',
  'packages/a/package.json': '{}',
  'packages/a/index.js': '1',
  'packages/a/node_modules/b/index.js': '1',
};
const text = dockerfile`
  FROM node:22
  COPY . .
       ~
  RUN npm ci
`;
const silent = dockerfile`
  FROM node:22
  COPY . .
  RUN npm ci
`;

export default cases({
  'packages in a workspace': { text, files: { ...project, '.dockerignore': 'node_modules/\n' }, preset: 'recommended' },
  'the same name at the root': {
    text: silent,
    files: { ...project, '.dockerignore': 'node_modules\n', 'node_modules/c/index.js': '1' },
  },
  'a pattern that looks deeper': { text: silent, files: { ...project, '.dockerignore': '**/node_modules\n' } },
  'a pattern that says where it looks': { text: silent, files: { ...project, '.dockerignore': '/node_modules\n' } },
  'taken in again by a later line': {
    text: silent,
    files: { ...project, '.dockerignore': 'node_modules\n!packages/a/node_modules\n' },
  },
  'nothing takes it': {
    text: dockerfile`
      FROM node:22
      COPY package.json ./
    `,
    files: { ...project, '.dockerignore': 'node_modules\n' },
  },
  'a name that may mean something else': {
    text,
    files: { 'package.json': '{}', 'lib/docs/a.js': '1', '.dockerignore': 'docs\n' },
    preset: 'strict',
  },
  'a name that may mean something else, not in recommended': {
    text: silent,
    files: { 'package.json': '{}', 'lib/docs/a.js': '1', '.dockerignore': 'docs\n' },
    preset: 'recommended',
  },
  'a pattern with a star': {
    text: dockerfile`
      FROM python:3.13
      COPY app /app
           ~~~
    `,
    files: { 'app/server.log': '1', 'app/main.py': '1', '.dockerignore': '*.log\n' },
  },
});
