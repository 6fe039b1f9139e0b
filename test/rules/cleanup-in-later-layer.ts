import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'a command that cleans is a removal': dockerfile`
    FROM fedora:42
    RUN dnf install -y a
    RUN dnf clean all
        ~~~~~~~~~~~~~
    RUN npm ci
    RUN npm cache clean --force
        ~~~~~~~~~~~~~~~~~~~~~~~
  `,
  'behind another install that does not fill it': dockerfile`
    FROM debian:12
    RUN apt-get update && apt-get install -y a
    RUN apt-get install -y b && rm -rf /var/lib/apt/lists/*
                                ~~~~~~~~~~~~~~~~~~~~~~~~~~~
  `,
  'the update belongs to the install, and is told as such': dockerfile`
    FROM debian:12
    RUN apt-get update
    RUN apt-get install -y a && rm -rf /var/lib/apt/lists/*
  `,
  'the home of another user': dockerfile`
    FROM python:3.13
    USER app
    RUN pip install a
    USER root
    RUN rm -rf /root/.cache
  `,
  'the home of the same one': dockerfile`
    FROM python:3.13
    RUN pip install a
    RUN rm -rf /root/.cache
        ~~~~~~~~~~~~~~~~~~~
  `,
  'kept out of the layer, or removed in time': dockerfile`
    FROM debian:12
    RUN --mount=type=cache,dst=/var/lib/apt apt-get update && apt-get install -y a
    RUN apt-get update && apt-get install -y b && find /var/lib/apt/lists -type f -delete
    RUN rm -rf /var/lib/apt/lists/*
  `,
  'in a stage above': dockerfile`
    FROM debian:12 AS base
    RUN apt-get update && apt-get install -y a
    FROM base
    RUN rm -rf /var/lib/apt/lists/*
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~
  `,
});
