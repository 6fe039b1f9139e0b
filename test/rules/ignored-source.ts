import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'a folder and a file in it': {
    text: dockerfile`
      FROM alpine:3.22
      COPY dist /srv/
           ~~~~
      COPY dist/app.js src /srv/
           ~~~~~~~~~~~
    `,
    files: { 'dist/app.js': '', 'src/app.ts': '', '.dockerignore': 'dist\n' },
    aliases: ['CopyIgnoredFile', 'CopyIgnoredFile'],
  },
  'patterns, a leading slash, above the context': {
    text: dockerfile`
      FROM alpine:3.22
      COPY *.log /srv/
           ~~~~~
      COPY a.lo? /srv/
           ~~~~~
      COPY /a.log ./a.log ../a.log /srv/
           ~~~~~~ ~~~~~~~ ~~~~~~~~
    `,
    files: { 'a.log': '', '.dockerignore': '*.log\n' },
  },
  'all but what is taken back': {
    text: dockerfile`
      FROM alpine:3.22
      COPY . /srv/
      COPY src/app.ts /srv/
      COPY docs /srv/
           ~~~~
    `,
    files: { 'docs/a.md': '', 'src/app.ts': '', '.dockerignore': '*\n!src\n' },
  },
  'the whole context': {
    text: dockerfile`
      FROM alpine:3.22
      COPY . /srv/
           ~
    `,
    files: { 'docs/a.md': '', '.dockerignore': '**\n' },
  },
  'a part of a folder remains, or there is no ignore file': {
    text: dockerfile`
      FROM alpine:3.22
      COPY src missing /srv/
    `,
    files: { 'src/a.log': '', 'src/app.ts': '', '.dockerignore': '**/*.log\n' },
  },
  'the ignore file beside the Dockerfile wins': {
    text: dockerfile`
      FROM alpine:3.22
      ARG FOLDER=dist
      COPY $FOLDER /srv/
           ~~~~~~~
    `,
    files: { 'dist/app.js': '', '.dockerignore': '', 'Dockerfile.dockerignore': '# built elsewhere\ndist/\n' },
  },
  'what does not come from the context': {
    text: dockerfile`
      FROM alpine:3.22 AS build
      ADD https://example.com/dist dist
      COPY <<dist /srv/
      Hello
      dist
      ONBUILD COPY dist /srv/
      FROM alpine:3.22
      COPY --from=build /dist /srv/
      RUN --mount=type=bind,from=build,source=dist,target=/dist true
    `,
    files: { 'dist/app.js': '', '.dockerignore': 'dist\n' },
  },
  'a mount': {
    text: dockerfile`
      FROM alpine:3.22
      RUN --mount=type=bind,source=dist,target=/dist true
                                   ~~~~
    `,
    files: { 'dist/app.js': '', '.dockerignore': 'dist\n' },
    aliases: [''],
  },
  'with --parents and --exclude': {
    text: dockerfile`
      FROM alpine:3.22
      COPY --parents */app.js /srv/
                     ~~~~~~~~
      COPY --exclude=*.ts src /srv/
    `,
    files: { 'dist/app.js': '', 'src/app.ts': '', '.dockerignore': 'dist\n' },
  },
});
