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
});
