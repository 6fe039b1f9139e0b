import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'archives in any letter case and Git in every way': dockerfile`
    FROM debian:12
    ADD APP.TAR.GZ data.tar.zst /srv/
    ADD ssh://git@example.com/app.git /src
    ADD https://example.com/app.git#v1:sub /src
    ADD "https://example.com/app.bin" /usr/local/bin/
  `,
  'a variable that holds an address': dockerfile`
    FROM debian:12
    ARG VERSION=1.2
    ENV URL=https://example.com/app-$VERSION.bin
    ADD $URL \${OTHER:-https://example.com/x} /srv/
  `,
  'a variable that holds a file': dockerfile`
      FROM debian:12
      ARG CONFIG=app.conf
    - ADD $CONFIG /etc/app.conf
      ~~~
    + COPY $CONFIG /etc/app.conf
  `,
  'what only ADD can': dockerfile`
    FROM debian:12
    ADD --unpack=false app.bin /srv/
    ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/a /a
  `,
  'a zip is not unpacked': dockerfile`
      FROM debian:12
    - ADD app.zip /srv/
      ~~~
    + COPY app.zip /srv/
  `,
  'with flags, in JSON, several, a here-document': {
    text: dockerfile`
      FROM debian:12
    - ADD --chown=1000 --chmod=644 ["a b", "c", "/srv/"]
      ~~~
    + COPY --chown=1000 --chmod=644 ["a b", "c", "/srv/"]
    - ADD <<EOF /etc/motd
      ~~~
    + COPY <<EOF /etc/motd
      Hello
      EOF
  `,
    aliases: ['DL3020', ''],
  },
  'what seems to be a file, and what the context shows': {
    text: dockerfile`
      FROM debian:12
      ADD app.conf /srv/
      ~~~
      ADD run /srv/
      ~~~
      ADD data /srv/
      ~~~
      ADD other /srv/
      ~~~
      ADD <<EOF /etc/motd
      ~~~
      Hello
      EOF
      ONBUILD ADD run /srv/
              ~~~
    `,
    files: { run: '#!/bin/sh', 'data/a': '1' },
    says: [
      'ADD is used for a plain local file or folder. …',
      'ADD is used for a plain local file or folder. …',
      'ADD is used for a plain local file or folder. …',
      'ADD is used for what seems to be a plain local file or folder. …',
      'ADD is used for a here-document. …',
      'ADD is used for what seems to be a plain local file or folder. …',
    ],
  },
  'a file beside an address': dockerfile`
    FROM debian:12
    ADD app.conf https://example.com/app.bin /srv/
  `,
  'under ONBUILD': {
    text: dockerfile`
        FROM debian:12
      - ONBUILD ADD app /srv/
                ~~~
      + ONBUILD COPY app /srv/
    `,
    aliases: [''],
  },
});
