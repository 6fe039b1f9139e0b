import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

const node = { 'package.json': '{}', 'package-lock.json': '{}', 'src/index.js': '1' };

export default cases({
  'a lock file that is there': {
    text: dockerfile`
        FROM node:22
        WORKDIR /app
      - COPY package.json ./
             ~~~~~~~~~~~~
      + COPY package.json package-lock.json ./
        RUN npm install
        COPY src src
    `,
    files: node,
  },
  'in a folder': {
    text: dockerfile`
        FROM node:22
        WORKDIR /app
      - COPY web/package.json web/
             ~~~~~~~~~~~~~~~~
      + COPY web/package.json web/yarn.lock web/
        RUN cd web && yarn install
    `,
    files: { 'web/package.json': '{}', 'web/yarn.lock': '1', 'package.json': '{}' },
  },
  'under another name': {
    text: dockerfile`
      FROM golang:1.23
      COPY go.mod /src/go.mod
           ~~~~~~
      RUN cd /src && go mod download
    `,
    files: { 'go.mod': 'module a', 'go.sum': '1' },
  },
  'in the form of JSON': {
    text: dockerfile`
      FROM php:8.3
      WORKDIR /app
      COPY ["composer.json", "./"]
            ~~~~~~~~~~~~~~~
      RUN composer install --no-scripts --no-autoloader
    `,
    files: { 'composer.json': '{}', 'composer.lock': '{}' },
  },
  'copied for the stage that stands on it': {
    text: dockerfile`
        FROM python:3.13 AS base
        WORKDIR /app
      - COPY pyproject.toml ./
             ~~~~~~~~~~~~~~
      + COPY pyproject.toml poetry.lock ./
        FROM base
        RUN poetry install --no-root
    `,
    files: { 'pyproject.toml': '1', 'poetry.lock': '1' },
  },
  'no lock file': {
    text: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY package.json ./
      RUN npm install
    `,
    files: { 'package.json': '{}', 'src/index.js': '1' },
  },
  'one that is ignored': {
    text: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY package.json ./
      RUN npm install
    `,
    files: { ...node, '.dockerignore': 'package-lock.json' },
  },
  'that of another tool': {
    text: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY package.json ./
      RUN npm install
    `,
    files: { 'package.json': '{}', 'yarn.lock': '1' },
  },
  'a wildcard takes both': {
    text: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY package*.json ./
      RUN npm ci
    `,
    files: node,
  },
  'copied by another instruction': {
    text: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY package.json ./
      COPY package-lock.json ./
      RUN npm ci
    `,
    files: node,
  },
  mounted: {
    text: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY package.json ./
      RUN --mount=type=bind,source=package-lock.json,target=package-lock.json npm ci
    `,
    files: node,
  },
  'packages by name need none': {
    text: dockerfile`
      FROM node:22
      WORKDIR /app
      COPY package.json ./
      RUN npm install express@4.21.0
    `,
    files: node,
  },
});
