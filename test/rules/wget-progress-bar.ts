import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'options in clusters that only look quiet': dockerfile`
        FROM debian:12
      - RUN wget -O app https://example.com/app
            ~~~~
      + RUN wget -nv -O app https://example.com/app
      - RUN wget -Pquiet https://example.com/app
            ~~~~
      + RUN wget -nv -Pquiet https://example.com/app
      - RUN wget --header "a: q" https://example.com/app
            ~~~~
      + RUN wget -nv --header "a: q" https://example.com/app
  `,
  'quiet in every spelling': dockerfile`
      FROM debian:12
      RUN wget -q x && wget -qO- x && wget -O a -nv x && wget --no-verbose x && wget -o log x && wget -a log x
      RUN wget -O- -q x && wget --progress=bar:force x && wget --quiet x && wget -nc -nv x
  `,
  'nothing to show': dockerfile`
      FROM debian:12
      RUN wget --help && wget --version && wget --spider https://example.com/ && wget https://example.com/ 2>/dev/null
      HEALTHCHECK CMD wget http://localhost/
  `,
  'the wget of BusyBox, and the other one on Alpine': dockerfile`
        FROM alpine:3.22 AS a
      - RUN wget https://example.com/a
            ~~~~
      + RUN wget -q https://example.com/a
        FROM alpine:3.22
      - RUN apk add --no-cache wget && wget https://example.com/a
                                       ~~~~
      + RUN apk add --no-cache wget && wget -nv https://example.com/a
        FROM example.com/base:1
      - RUN busybox wget https://example.com/a
                    ~~~~
      + RUN busybox wget -q https://example.com/a
  `,
  'an image that is not known': dockerfile`
      FROM example.com/base:1
      RUN wget https://example.com/a
          ~~~~
  `,
  'a wget that is installed later': dockerfile`
      FROM alpine:3.22
    - RUN wget https://example.com/a.tar.gz
          ~~~~
    + RUN wget -q https://example.com/a.tar.gz
      RUN apk add --no-cache wget
    - RUN wget https://example.com/a.tar.gz
          ~~~~
    + RUN wget -nv https://example.com/a.tar.gz
  `,
});
