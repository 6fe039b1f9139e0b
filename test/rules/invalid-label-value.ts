import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

const typed = { schema: { t: 'text', u: 'url', d: 'rfc3339', l: 'spdx', h: 'hash', v: 'semver', e: 'email' } };

export default cases({
  'each type': {
    text: dockerfile`
      FROM alpine:3.22
      LABEL u=nope d=yesterday l=mine h=xyz v=1 e=nobody
              ~~~~   ~~~~~~~~~   ~~~~   ~~~   ~   ~~~~~~
    `,
    options: typed,
    aliases: ['DL3052', 'DL3053', 'DL3054', 'DL3055', 'DL3056', 'DL3058'],
  },
  empty: {
    text: dockerfile`
      FROM alpine:3.22
      LABEL t="" u='' h=
              ~~   ~~ ~~
    `,
    options: typed,
    aliases: ['DL3051', 'DL3051 DL3052', 'DL3051 DL3055'],
  },
  'good ones': {
    text: dockerfile`
      FROM alpine:3.22
      LABEL t=x u=https://example.com/a?b=c#d d=2021-03-10T10:26:33Z l=MIT h=0a1b2c3 v=1.2.3 e=a@b.example
      LABEL u=urn:isbn:0451450523 d="2024-02-29 23:59:60.5+01:00" l="MIT OR (Apache-2.0 WITH LLVM-exception)" \
            h=0123456789abcdef0123456789abcdef01234567 v=1.0.0-rc.1+build.5 e=first.last+tag@localhost
      LABEL u=mailto:a@b.example l=GPL-2.0 h=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
      LABEL l=LicenseRef-Example l="GPL-2.0-only AND BSD-3-Clause" l=LGPL-2.1+
    `,
    options: typed,
  },
  nearly: {
    text: dockerfile`
      FROM alpine:3.22
      LABEL u="http://a b" u=localhost:8080 u=git@example.com:a/b u=http:x
              ~~~~~~~~~~~~   ~~~~~~~~~~~~~~   ~~~~~~~~~~~~~~~~~~~   ~~~~~~
      LABEL d=2021-02-29T10:26:33Z d=2021-03-10 d=2021-03-10T10:26:33
              ~~~~~~~~~~~~~~~~~~~~   ~~~~~~~~~~   ~~~~~~~~~~~~~~~~~~~
      LABEL h=43c572f1 h=ABCDEF0 v=v1.2.3 v=1.02.3 v=1.2
              ~~~~~~~~   ~~~~~~~   ~~~~~~   ~~~~~~   ~~~
      LABEL e="A B <a@b.c>" e=a..b@c.example l="MIT OR" l="MIT, BSD-3-Clause" l=(MIT l="MIT or BSD-3-Clause"
              ~~~~~~~~~~~~~   ~~~~~~~~~~~~~~   ~~~~~~~~   ~~~~~~~~~~~~~~~~~~~   ~~~~   ~~~~~~~~~~~~~~~~~~~~~
    `,
    options: typed,
  },
  'a licence in another letter case': {
    text: dockerfile`
        FROM alpine:3.22
      - LABEL l="apache-2.0"
                ~~~~~~~~~~~~
      + LABEL l="Apache-2.0"
    `,
    options: typed,
    aliases: ['DL3054'],
  },
  'variables: what is known is judged': {
    text: dockerfile`
      FROM alpine:3.22
      ARG GIVEN
      ARG VERSION=v1
      LABEL u=$GIVEN h="$UNKNOWN" v=$VERSION
                                    ~~~~~~~~
    `,
    options: typed,
  },
  'in a trigger it is the label of another image': {
    text: dockerfile`
      FROM alpine:3.22
      LABEL u=foo
              ~~~
      ONBUILD LABEL u=foo
                      ~~~
    `,
    options: typed,
    aliases: ['DL3052', ''],
  },
  'other labels': {
    text: dockerfile`
      FROM alpine:3.22
      LABEL other="" constructor="" U=nope
    `,
    options: typed,
  },
});
