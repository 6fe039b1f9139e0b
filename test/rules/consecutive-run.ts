import { cases, recommended } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'several commands each': {
    text: dockerfile`
        FROM debian:12
      - RUN ./a && ./b
      - RUN ./c && ./d
        ~~~
      + RUN ./a && ./b \
      +     && ./c && ./d
    `,
    aliases: [''],
  },
  'a pipe is one command': dockerfile`
        FROM debian:12
      - RUN ./a | ./b
      - RUN ./c "$(./d)"
        ~~~
      + RUN ./a | ./b \
      +     && ./c "$(./d)"
  `,
  'exec form': dockerfile`
      FROM debian:12
      RUN ["./a"]
      RUN ["./b"]
  `,
  'flags in another order': dockerfile`
        FROM debian:12
      - RUN --network=none --mount=type=cache,target=/x ./a
      - RUN --mount=type=cache,target=/x --network=none ./b
        ~~~
      + RUN --network=none --mount=type=cache,target=/x ./a \
      +     && ./b
  `,
  'a list that && would break': {
    text: dockerfile`
      FROM debian:12
      RUN ./a; ./b
      RUN ./c
      ~~~
    `,
    aliases: [''],
  },
  'a loop in the second': {
    text: dockerfile`
      FROM debian:12
      RUN ./a
      RUN ./b; for x in 1 2; do ./c; done
      ~~~
    `,
    aliases: [''],
  },
  'nothing can be joined to a command that ends in a semicolon': dockerfile`
        FROM debian:12
        RUN ./a;
        RUN ./b # done
        ~~~
      - RUN ./c > /log
        ~~~
      - RUN ./d
        ~~~
      + RUN ./c > /log \
      +     && ./d
  `,
  'after something slow': recommended(dockerfile`
      FROM debian:12
      RUN ./build
      RUN chmod +x /srv/app
  `),
  'groups of commands are steps on purpose': recommended(dockerfile`
      FROM debian:12
      RUN groupadd -r app && useradd -r -g app app
      RUN ./build && ./install
  `),
  'installs of different managers': recommended(dockerfile`
      FROM debian:12
      RUN apt-get install -y python3
      RUN pip install a==1
      RUN pip install b==2
  `),
  'other mounts, here-documents, exec form': recommended(dockerfile`
      FROM debian:12
      RUN --mount=type=cache,target=/x mkdir /a
      RUN mkdir /b
      RUN <<EOF
      mkdir /c
      EOF
      RUN ["mkdir", "/d"]
  `),
  'no fix where && would not hold for all': recommended(dockerfile`
      FROM debian:12
      RUN mkdir /a; mkdir /b
      RUN touch /a/x || true
      ~~~
  `),
  'in the letter case of the file, with another escape': recommended(dockerfile`
        # escape=\`
        from debian:12
      - run mkdir /a
      - run mkdir /b
        ~~~
      + run mkdir /a \`
      +     && mkdir /b
  `),
  'behind an install each keeps its place in the cache': {
    text: dockerfile`
        FROM node:22
        WORKDIR /app
        COPY . .
        RUN npm ci
        RUN npm run build
        ~~~
        RUN ./configure
        ~~~
      - RUN apt-get update
        ~~~
      - RUN apt-get install -y curl
        ~~~
      + RUN apt-get update \
      +     && apt-get install -y curl
    `,
  },
  'and so nothing is said of it': {
    text: dockerfile`
      FROM python:3.13
      ARG VERSION
      RUN pip install flask==3.1.0
      RUN echo "$VERSION" > /etc/version
    `,
    preset: 'strict',
  },
  'a quick one in front of a slow one': recommended(dockerfile`
        FROM python:3.13
      - RUN mkdir /app/data
      - RUN curl -fsSLo /app/data/x https://example.com/x
        ~~~
      + RUN mkdir /app/data \
      +     && curl -fsSLo /app/data/x https://example.com/x
        RUN echo 1 > /etc/version
  `),
  'quick ones that have nothing to do with each other': recommended(dockerfile`
        FROM python:3.13
        RUN mkdir /app
        RUN pip install flask==3.1.0
        RUN rm -rf /opt/bcftools
        RUN touch /srv/motd
  `),
  'by the index of an earlier layer': recommended(dockerfile`
        FROM debian:12
      - RUN apt-get update && apt-get install -y curl
      - RUN apt-get install -y git
        ~~~
      + RUN apt-get update && apt-get install -y curl \
      +     && apt-get install -y git
        RUN apt-get update && apt-get install -y gcc
  `),
  'why one would do': {
    text: dockerfile`
      FROM debian:12
      RUN mkdir /a
      RUN chmod 700 /a
      ~~~
      USER 1
      RUN mkdir /b
      RUN curl -fsSLo /b/x https://example.com/x
      ~~~
      USER 2
      RUN mkdir /c
      RUN chmod 700 /c
      ~~~
      RUN curl -fsSLo /c/x https://example.com/x
      ~~~
      USER root
      RUN apt-get update && apt-get install -y d
      RUN apt-get install -y e
      ~~~
      USER 0
      RUN apt-get install -y f
      RUN apt-get install -y g
      ~~~
    `,
    says: [
      'These 2 RUN instructions make 2 layers where one would do, as each is quick to run again. Each RUN adds a layer to the image, even if it changes nothing. …',
      'These 2 RUN instructions make 2 layers where one would do, as the first is quick to run again. …',
      'These 3 RUN instructions make 3 layers where one would do, as all but the last are quick to run again. …',
      'This RUN could be joined to the RUN before it, …',
      'These 2 RUN instructions make 2 layers where one would do; joined, a change to the list of packages also refreshes the package index. …',
      'These 2 RUN instructions make 2 layers, each with a copy of the package database, where one would do. …',
    ],
  },
  'a change of /bin/sh, which a joined script would not see': dockerfile`
    FROM ubuntu:24.04
    RUN rm /bin/sh && ln -s /bin/bash /bin/sh
    RUN cp -r /x/{bin,lib} /usr/local
    USER 1
    RUN ln -sf bash /bin/sh
    RUN mkdir /srv/{a,b}
    WORKDIR /bin
    RUN cp bash sh
    RUN mkdir /srv/{a,b}
    USER root
    RUN echo "dash dash/sh boolean false" | debconf-set-selections
    USER 0
    RUN dpkg-reconfigure -f noninteractive dash
    RUN mkdir /srv/{a,b}
  `,
  'a shell that reads files at its start': dockerfile`
    FROM debian:12
    SHELL ["/bin/bash", "-lc"]
    RUN echo 'export A=1' > /etc/profile.d/a.sh
    RUN mkdir "$A"
    ~~~
  `,
});
