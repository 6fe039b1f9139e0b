import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'other managers and commands': dockerfile`
      FROM example.com/base:1
    - RUN apt-get update apt-get install -y curl
                         ~~~~~~~
    + RUN apt-get update && apt-get install -y curl
    - RUN apk add --no-cache curl rm -rf /var/cache/apk/*
                                  ~~
    + RUN apk add --no-cache curl && rm -rf /var/cache/apk/*
    - RUN yum install -y gcc make yum clean all
                                  ~~~
    + RUN yum install -y gcc make && yum clean all
    - RUN pip install flask pip install celery
                            ~~~
    + RUN pip install flask && pip install celery
    - RUN apt-get install -y nginx service nginx start
                                   ~~~~~~~
    + RUN apt-get install -y nginx && service nginx start
    - RUN npm install -g pnpm npm cache clean --force
                              ~~~
    + RUN npm install -g pnpm && npm cache clean --force
    - RUN apt-get install -y wget wget -qO- https://x.example | tar xz
                                  ~~~~
    + RUN apt-get install -y wget && wget -qO- https://x.example | tar xz
    - RUN apt-get install -y git git clone https://x.example/y && cd y
                                 ~~~
    + RUN apt-get install -y git && git clone https://x.example/y && cd y
      RUN bash -c 'apt-get install -y curl mkdir -p /x'
                                           ~~~~~
  `,
  'in a here-document': dockerfile`
      FROM debian:12
      RUN <<EOF
        set -e
        apt-get install -y a \
    -     apt-get clean
          ~~~~~~~
    +     && apt-get clean
      EOF
  `,
  'no command': dockerfile`
    FROM debian:12
    RUN apt-get install -y make install-info git-lfs curl -y
    RUN apt-get install -y tar xz curl -f && apt-get install wget -q -y tar curl
    RUN apt-get install -y git gnupg curl wget npm node-gyp rsync service-wrapper python3 python3-dev
    RUN pip install uv pip setuptools wheel && pip install poetry conda && npm install -g npm yarn pnpm && gem install bundler rake && yum install -y yum-utils dnf
    RUN apt-get install -y "$PACKAGES" git -o Dpkg::Use-Pty=0
    RUN npx --yes npm install && npm exec -- yarn install
    RUN ["apt-get", "update", "&&", "apt-get", "install", "-y", "curl"]
  `,
});
