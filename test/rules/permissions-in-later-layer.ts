import { cases, recommended } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'the folder is there before, so its own owner is still set': dockerfile`
      FROM node:22
      WORKDIR /app
    - COPY . .
    + COPY --chown=node:node . .
    - RUN chown -R node:node /app && npm ci
          ~~~~~~~~~~~~~~~~~~~~~~~
    + RUN chown node:node /app && npm ci
  `,
  'from the folder itself': dockerfile`
      FROM node:22
      WORKDIR /app
    - COPY . .
    + COPY --chown=node:node . .
    - RUN chown -R node:node .
          ~~~~~~~~~~~~~~~~~~~~
    + RUN chown node:node .
  `,
  'one script, for strict alone': recommended(dockerfile`
    FROM debian:12
    COPY entrypoint.sh /entrypoint.sh
    RUN chmod +x /entrypoint.sh
  `),
  'one script, in strict': {
    text: dockerfile`
        FROM debian:12
      - COPY entrypoint.sh /entrypoint.sh
      - RUN chmod +x /entrypoint.sh
            ~~~~~~~~~~~~~~~~~~~~~~~
      + COPY --chmod=755 entrypoint.sh /entrypoint.sh
        ENTRYPOINT ["/entrypoint.sh"]
    `,
    preset: 'strict',
  },
  'one file that is known to be large': {
    text: dockerfile`
        FROM debian:12
      - COPY server /usr/bin/server
      + COPY --chmod=0755 server /usr/bin/server
      - RUN chmod 0755 /usr/bin/server && mkdir /data
            ~~~~~~~~~~~~~~~~~~~~~~~~~~
      + RUN mkdir /data
    `,
    files: { server: 'x'.repeat(200_000) },
    preset: 'recommended',
  },
  'a folder that is known to be small': {
    text: dockerfile`
      FROM node:22
      COPY . /app
      RUN chown -R node:node /app
    `,
    files: { 'index.js': '1' },
    preset: 'recommended',
  },
  'a user that is made between': dockerfile`
    FROM debian:12
    COPY src /app
    RUN useradd app && chown -R app:app /app
                       ~~~~~~~~~~~~~~~~~~~~~
  `,
  'more in the folder than the COPY brings': dockerfile`
    FROM node:22
    COPY . /app
    RUN cd /app && npm ci
    RUN chown -R node:node /app
        ~~~~~~~~~~~~~~~~~~~~~~~
  `,
  'an owner that only the build knows': dockerfile`
    FROM node:22
    ARG OWNER
    COPY . /app
    RUN chown -R $OWNER /app
        ~~~~~~~~~~~~~~~~~~~~
  `,
  'in the RUN that makes it, or of another folder': dockerfile`
    FROM node:22
    COPY --chown=node . /app
    RUN git clone https://example.com/a.git /src && chown -R node /src
    RUN mkdir /data && chown -R node /data
    RUN chown node /app
  `,
  'what an earlier RUN cloned': dockerfile`
    FROM node:22
    RUN git clone https://example.com/a.git /src
    RUN chmod -R g+w /src
        ~~~~~~~~~~~~~~~~~
  `,
  'in the stage below': dockerfile`
    FROM node:22 AS base
    COPY . /app
    FROM base
    RUN chown -R node:node /app
        ~~~~~~~~~~~~~~~~~~~~~~~
  `,
  'programs in a folder, by their names': {
    text: dockerfile`
      FROM debian:12
      WORKDIR /usr/local/bin
      COPY ./coind .
      COPY ./coin-cli .
      RUN chmod +x ./*
          ~~~~~~~~~~~~
    `,
    says: ['chmod stores coind and coin-cli in /usr/local/bin, copied in lines 3 and 4, a second time. …'],
  },
  'many paths of one command': {
    text: dockerfile`
      FROM node:22 AS build
      FROM node:22
      COPY --from=build /m/a /m/a
      COPY --from=build /m/b /m/b
      COPY --from=build /m/c /m/c
      COPY --from=build /m/d /m/d
      RUN chmod -R 755 /m/a /m/b /m/c /m/d
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    says: ['chmod stores 4 paths a second time, from /m/a (line 3) to /m/d (line 6). …'],
  },
  'the copy that brings it, and not the one of the folder': {
    text: dockerfile`
      FROM node:22 AS build
      FROM node:22
      COPY --from=build /out /srv
      COPY --from=build /public /srv/public
      RUN chown -R node:node /srv/public
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    says: ['chown stores /srv/public, copied in line 4, a second time. …'],
  },
  'few files of one folder': {
    text: dockerfile`
      FROM debian:12
      RUN curl -fsSLo /usr/local/bin/a https://example.com/a
      RUN curl -fsSLo /usr/local/bin/b https://example.com/b
      RUN chmod +x /usr/local/bin/*
          ~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    says: ['chmod stores /usr/local/bin/a and /usr/local/bin/b, downloaded in lines 2 and 3, a second time. …'],
  },
  'what to do, by how the files came': {
    text: dockerfile`
      FROM debian:12
      COPY app /app
      RUN chown -R www-data /app && chmod -R 750 /app
          ~~~~~~~~~~~~~~~~~~~~~~
      ADD src.tar.gz /src
      RUN chown -R www-data /src
          ~~~~~~~~~~~~~~~~~~~~~~
      RUN curl -fsSLo /opt/a https://example.com/a
      RUN chgrp www-data /opt/a
          ~~~~~~~~~~~~~~~~~~~~~
      COPY b.bin /opt/b.bin
      ADD https://example.com/c /opt/c
      RUN chmod +x /opt/b.bin /opt/c
          ~~~~~~~~~~~~~~~~~~~~~~~~~~
      RUN chmod 700 /opt/a /opt/b.bin
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    says: [
      '… Write COPY --chown=… --chmod=… in line 2, after the account is created.',
      '… Bind-mount the archive (--mount=type=bind), and unpack it and run chown in one RUN.',
      '… Run chgrp in the RUN that creates the files, after the account is created.',
      '… Write COPY and ADD with --chmod=… in lines 8 and 9.',
      '… Write COPY --chmod=… in line 8, and run chmod on the other files in the RUN that creates them.',
    ],
  },
  'folders that are made below it': dockerfile`
    FROM debian:12
    COPY kong /kong
    RUN mkdir -p /kong/servroot/logs
    RUN chmod -R 777 /kong
        ~~~~~~~~~~~~~~~~~~
    RUN mkdir -p /a/data
    COPY a /a
    RUN chown -R www-data /a
        ~~~~~~~~~~~~~~~~~~~~
    COPY b /b
    WORKDIR /b/log
    RUN chown -R www-data /b
        ~~~~~~~~~~~~~~~~~~~~
    COPY c /c
    RUN mkdir /c/log && chown -R www-data /c
                        ~~~~~~~~~~~~~~~~~~~~
    COPY d /d
    RUN ./setup && chown -R www-data /d
                   ~~~~~~~~~~~~~~~~~~~~
  `,
  'few copies that may be folders': {
    text: dockerfile`
      FROM node:22 AS build
      FROM node:22
      COPY --from=build /a/tool /usr/local/bin/tool
      COPY --from=build /a/other /usr/local/bin/other
      RUN chmod +x /usr/local/bin/*
          ~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    says: ['chmod stores /usr/local/bin/tool and /usr/local/bin/other, copied in lines 3 and 4, a second time. …'],
  },
});
