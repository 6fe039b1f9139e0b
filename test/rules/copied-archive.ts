import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'the forms of tar': dockerfile`
      FROM debian:12
      COPY a.tar.gz b.tgz c.tar d.tar.xz e.tar.zst /x/
           ~~~~~~~~ ~~~~~ ~~~~~ ~~~~~~~~ ~~~~~~~~~
      RUN tar xf /x/a.tar.gz && bsdtar -xf /x/b.tgz && tar --extract --file=/x/c.tar && cd /x && tar -C / -Jxvf d.tar.xz
      RUN tar xf /x/e.tar.zst
  `,
  'every stage, under another name, from a pipe': dockerfile`
      FROM debian:12 AS build
      COPY src-1.2.tgz /tmp/src.tgz
           ~~~~~~~~~~~
      RUN zcat /tmp/src.tgz | tar x
      FROM debian:12
      COPY a.tar /x/
           ~~~~~
      RUN tar x < /x/a.tar
  `,
  'names with a variable or a pattern': dockerfile`
      FROM debian:12
      ARG V=1.2
      COPY app-\${V}.tar.gz /tmp/
           ~~~~~~~~~~~~~~~
      COPY lib-1.tar.gz /tmp/
           ~~~~~~~~~~~~
      RUN tar -xzf /tmp/app-\${V}.tar.gz && tar -xzf /tmp/lib-*.tar.gz
  `,
  'from another stage, before the copy, listed, packed, never unpacked': dockerfile`
      FROM debian:12 AS build
      RUN tar -cf /a.tar /srv
      FROM debian:12
      RUN tar -xf /tmp/b.tar
      COPY --from=build /a.tar /tmp/
      COPY b.tar c.tar d.tar /tmp/
      RUN tar -xf /tmp/a.tar && tar -tf /tmp/c.tar && tar -rf /tmp/d.tar x
  `,
  'what ADD cannot do as tar does': {
    text: dockerfile`
      FROM debian:12
      COPY a.tgz b.tgz c.tgz d.tgz /tmp/
           ~~~~~ ~~~~~ ~~~~~ ~~~~~
      RUN tar -xzf /tmp/a.tgz --strip-components=1 && tar xf /tmp/b.tgz bin/tool && tar -C/opt -xvf /tmp/c.tgz
      RUN cd /srv && tar xfC /tmp/d.tgz /opt
    `,
    says: ['…Run tar in a RUN…', '…Run tar in a RUN…', '…Write ADD…', '…Write ADD…'],
  },
  'what ADD does not unpack': dockerfile`
      FROM debian:12
      COPY a.zip b.sql.gz c.7z /tmp/
      RUN unzip /tmp/a.zip && gunzip /tmp/b.sql.gz && 7z x /tmp/c.7z
  `,
});
