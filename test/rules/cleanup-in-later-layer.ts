import { cases, recommended } from '../../src/dev/cases.ts';
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
  'a download, told with both ends': dockerfile`
    FROM debian:12
    RUN curl -fsSLo /tmp/a.tar.gz https://example.com/a.tar.gz
    RUN tar -xzf /tmp/a.tar.gz -C /opt
    RUN rm /tmp/a.tar.gz
        ~~~~~~~~~~~~~~~~
  `,
  'a source that was cloned, and what is moved away': dockerfile`
    FROM debian:12
    WORKDIR /src
    RUN git clone https://example.com/a.git
    ADD https://example.com/tool /tini
    RUN make -C a install && rm -rf a
                             ~~~~~~~~
    RUN mv /tini /sbin/tini
        ~~~~~~~~~~~~~~~~~~~
  `,
  'known to the byte': {
    text: dockerfile`
      FROM debian:12
      COPY installer /tmp/installer
      RUN /tmp/installer/run && rm -rf /tmp/installer
                                ~~~~~~~~~~~~~~~~~~~~~
    `,
    files: { 'installer/run': '1', 'installer/data.bin': 'x'.repeat(1000) },
  },
  'a line that a RUN wrote for the next': recommended(dockerfile`
    FROM debian:12
    RUN echo "exit 101" > /usr/sbin/policy-rc.d
    RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
    RUN rm /usr/sbin/policy-rc.d
  `),
  'in the RUN that makes it, in a branch, or a folder of nothing': dockerfile`
    FROM debian:12
    COPY run.sh /opt/run.sh
    RUN curl -fsSLo /tmp/a https://example.com/a && install /tmp/a /usr/bin/a && rm /tmp/a
    RUN if [ -n "$DEBUG" ]; then rm /opt/run.sh; fi
    RUN mkdir /tmp/build
    RUN rm -rf /tmp/build
  `,
  'what an archive brings may be gone already': dockerfile`
    FROM debian:12
    WORKDIR /tmp
    RUN curl -fsSL https://x.example/a.tgz | tar xz && rm -rf a-*
    RUN cd /opt && curl -fsSL https://x.example/b.tgz | tar xz && make -C b-1 install && rm -r b-1
    RUN cd /srv && curl -fsSL https://x.example/b.tgz | tar xz && mv b-1 /usr/local/b
    RUN <<EOF
      mkdir /x && cd /x
      curl -fsSL https://x.example/b.tgz | tar xz
      find . -mindepth 1 -delete
    EOF
    RUN rm -rf /tmp/* /opt/* && rm -rf /srv/* /x
  `,
  'what an archive brings, though the archive itself is gone': dockerfile`
    FROM debian:12
    WORKDIR /tmp
    RUN curl -fsSLO https://x.example/a.tgz && tar xzf a.tgz && rm a.tgz
    RUN rm -rf /tmp/*
        ~~~~~~~~~~~~~
  `,
  'the package index beside other paths': dockerfile`
    FROM debian:12
    COPY a.list /tmp/
    RUN apt-get update && apt-get install -y curl
    RUN rm -rf /var/lib/apt/lists/* /tmp/*
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  `,
  'only the first that empties it': dockerfile`
    FROM debian:12
    RUN apt-get update && apt-get install -y a
    RUN rm -rf /var/lib/apt/lists/*
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~
    RUN rm -rf /var/lib/apt/lists/*
  `,
  'emptied in time after an install of its own, and again': dockerfile`
    FROM debian:12
    RUN apt-get update && apt-get install -y a
    RUN apt-get update && apt-get install -y b && rm -rf /var/lib/apt/lists/*
    RUN apt-get install -y ./c.deb && rm -rf /var/lib/apt/lists/*
  `,
  'filled twice by one RUN': {
    text: dockerfile`
      FROM alpine:3.22
      RUN apk update && apk upgrade
      RUN rm -rf /var/cache/apk/*
          ~~~~~~~~~~~~~~~~~~~~~~~
    `,
    says: ['/var/cache/apk, filled in line 2, is emptied here, but the contents still ship. …'],
  },
});
