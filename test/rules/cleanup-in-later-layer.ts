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
    says: ['/var/cache/apk, filled in line 2, is emptied here, but its contents still ship. …'],
  },
  'what to do, by how the files came': {
    text: dockerfile`
      FROM debian:12 AS build
      FROM debian:12
      COPY a.sh b.sh c.bin /tmp/
      RUN chmod +x /tmp/a.sh && /tmp/a.sh && rm /tmp/a.sh
                                             ~~~~~~~~~~~~
      RUN sh /tmp/b.sh && rm /tmp/b.sh
                          ~~~~~~~~~~~~
      RUN chmod +x /tmp/c.bin && /tmp/c.bin
      RUN rm /tmp/*.bin
          ~~~~~~~~~~~~~
      COPY --from=build /out /tmp/out
      RUN cp /tmp/out/* /opt && rm -r /tmp/out
                                ~~~~~~~~~~~~~~
      ADD https://example.com/d /tmp/d
      RUN sh /tmp/d && rm /tmp/d
                       ~~~~~~~~~
      ADD e.tar.gz /tmp/e
      RUN make -C /tmp/e install && rm -r /tmp/e
                                    ~~~~~~~~~~~~
      RUN git clone https://example.com/f.git /tmp/f
      COPY g.conf /tmp/g.conf
      RUN make -C /tmp/f install && rm -r /tmp/f /tmp/g.conf
                                    ~~~~~~~~~~~~~~~~~~~~~~~~
      COPY h.conf /tmp/h.conf
      RUN sed -i s/a/b/ /tmp/h.conf
      RUN cp /tmp/h.conf /etc && rm /tmp/h.conf
                                 ~~~~~~~~~~~~~~
      COPY <<EOF /tmp/i
      i
      EOF
      RUN sh /tmp/i && rm /tmp/i
                       ~~~~~~~~~
      COPY j.sh /tmp/j.sh
      RUN sh /tmp/j.sh && make && rm -rf /tmp/j.sh /tmp/made
                                  ~~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    says: [
      '… Bind-mount it into the RUN that uses it (--mount=type=bind) instead of copying it, and leave out chmod and rm, as the mount is read-only; run it with sh or bash.',
      '… Bind-mount it into the RUN that uses it (--mount=type=bind) instead of copying it, and leave out rm, as the mount is read-only.',
      '… and leave out chmod and rm, as the mount is read-only; set the mode where it comes from.',
      '… Bind-mount it into the RUN that uses it (--mount=type=bind,from=build, with rw if that RUN writes there) instead of copying it, and leave out rm; or use a stage that does not ship.',
      '… Download, use and remove it in one RUN, or use a stage that does not ship.',
      '… Bind-mount the archive (--mount=type=bind), and unpack, use and remove it in one RUN.',
      '… Remove what a RUN creates in that RUN and bind-mount what is copied, or use a stage that does not ship.',
      '… Use it in a stage that does not ship.',
      '… Create, use and remove it in one RUN, or use a stage that does not ship.',
      '… instead of copying it, and take it out of rm, as the mount is read-only.',
    ],
  },
  'a part of a copied folder': {
    text: dockerfile`
      FROM debian:12
      COPY . /app
      RUN rm /app/.env
          ~~~~~~~~~~~~
    `,
    files: { '.env': 'A=1', 'a.py': '1' },
    says: ['… List it in .dockerignore, or bind-mount it into the RUN that needs it.'],
  },
  'beside a cache': {
    text: dockerfile`
      FROM debian:12
      RUN apt-get update && apt-get install -y curl && curl -fsSLo /tmp/a https://example.com/a
      RUN rm -rf /tmp/a /var/lib/apt/lists/*
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      RUN apt-get update
      RUN npm ci
      RUN rm -rf /var/lib/apt/lists/* ~/.npm
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    says: [
      '… Download, use and remove it in one RUN, or use a stage that does not ship. Fill, use and empty /var/lib/apt/lists in one RUN.',
      '… are emptied here, but their contents still ship. …',
    ],
  },
  'what to do instead of a move': {
    text: dockerfile`
      FROM debian:12
      COPY a.conf /tmp/a.conf
      RUN mv /tmp/a.conf /etc/a.conf
          ~~~~~~~~~~~~~~~~~~~~~~~~~~
      ADD https://example.com/b /b
      RUN mv /b /usr/bin/b
          ~~~~~~~~~~~~~~~~
      ADD c.tar.gz /c
      RUN mv /c /opt/c
          ~~~~~~~~~~~~
      RUN curl -fsSLo /d https://example.com/d
      RUN mv /d /usr/bin/d
          ~~~~~~~~~~~~~~~~
    `,
    says: [
      '… is moved here, so it ships twice. mv stores the content again in this layer, and the old copy still ships. Copy it to its final place.',
      '… Let ADD write it to its final place.',
      '… Let ADD unpack the archive in its final place.',
      '… Create it in its final place, or move it in the RUN that creates it.',
    ],
  },
});
