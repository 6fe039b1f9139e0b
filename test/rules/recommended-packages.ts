import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'every spelling': dockerfile`
    FROM debian:12
    RUN apt-get install -y -o APT::Install-Recommends=false a
    RUN apt-get install -y -o APT::Install-Recommends=0 b
    RUN apt-get install -y -oAPT::Install-Recommends=no c
    RUN apt-get --no-install-recommends install -y d
  `,
  'apt, in the middle of a script': dockerfile`
      FROM debian:12
    - RUN set -e; if true; then apt install -y a; fi
                                ~~~~~~~~~~~
    + RUN set -e; if true; then apt install --no-install-recommends -y a; fi
  `,
  'each install of a RUN': dockerfile`
      FROM debian:12
      RUN apt-get install -y --no-install-recommends a && \
    -     apt-get install -y b && \
          ~~~~~~~~~~~~~~~
    +     apt-get install --no-install-recommends -y b && \
          apt-get remove -y c
  `,
  'other managers and verbs': dockerfile`
    FROM example.com/base:1
    RUN apk add a && dnf install -y b && apt-get update && apt-get source install
  `,
  'configured in a stage below': dockerfile`
    FROM debian:12 AS base
    RUN printf 'APT::Install-Recommends "false";\n' > /etc/apt/apt.conf.d/99
    FROM base
    RUN apt-get install -y a
  `,
  'in a string there is no edit': dockerfile`
      FROM debian:12
      RUN bash -c "apt-get install -y a"
                   ~~~~~~~~~~~~~~~
  `,
  'configured behind the install, or in a here-document before it': dockerfile`
      FROM debian:12
    - RUN apt-get install -y a
          ~~~~~~~~~~~~~~~
    + RUN apt-get install --no-install-recommends -y a
      RUN cat <<E > /etc/apt/apt.conf.d/99
      APT::Install-Recommends "false";
      E
      RUN apt-get install -y b
  `,
  'a configuration that only the build knows': dockerfile`
    FROM debian:12
    COPY apt.conf /etc/apt/apt.conf.d/10-own
    RUN apt-get install -y a
  `,
  'a text about the option': dockerfile`
      FROM debian:12
      RUN echo apt-get install --no-install-recommends > /usage
    - RUN ["apt-get", "install", "-y", "a"]
           ~~~~~~~~~~~~~~~~~~~~
    + RUN ["apt-get", "install", "--no-install-recommends", "-y", "a"]
  `,
});
