import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'a branch by its name': dockerfile`
    FROM debian:12
    RUN git clone -b main https://github.com/example/tool /opt/tool
                          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  `,
  'a branch that is checked out': dockerfile`
    FROM debian:12
    RUN git clone https://github.com/example/tool && cd tool && git checkout develop
                  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  `,
  'a commit, a tag, a variable': dockerfile`
    FROM debian:12
    ARG TOOL_VERSION
    RUN git clone https://github.com/example/a && cd a && git checkout 3b421ebc64c7b52f1b9feb3812bdc7781c784332
    RUN git clone --branch=2.1 https://github.com/example/b
    RUN git clone https://github.com/example/c && git -C c reset --hard v1.0.0
    RUN git clone --depth 1 -b "$TOOL_VERSION" https://github.com/example/d
  `,
  'files of a branch': dockerfile`
    FROM debian:12
    RUN curl -fsSLO https://raw.githubusercontent.com/example/tool/master/install.sh
                    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    RUN wget -qO- https://github.com/example/tool/archive/refs/heads/main.tar.gz | tar xz
                  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    RUN wget https://github.com/example/tool/releases/latest/download/tool.tar.gz
             ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  `,
  'a release without a version': dockerfile`
    FROM debian:12
    RUN wget https://example.com/downloads/tool_linux_amd64.tar.gz
             ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  `,
  'an installer': dockerfile`
    FROM debian:12
    RUN curl -fsSL https://sh.rustup.rs | sh -s -- -y
                   ~~~~~~~~~~~~~~~~~~~~
  `,
  'an installer that is told the version': dockerfile`
    FROM debian:12
    RUN curl -fsSL https://example.com/install.sh | sh -s -- -b /usr/local/bin v1.17.1
    RUN curl -fsSL https://getcomposer.org/installer | php -- --version=2.8.4
  `,
  'a part of a distribution that is called main': dockerfile`
    FROM debian:12
    RUN curl -O http://deb.debian.org/debian/pool/main/c/curl/curl_8.9.1-1_amd64.deb
  `,
  'a checksum': dockerfile`
    FROM debian:12
    RUN curl -fsSLO https://example.com/tool.tar.gz && echo "0123  tool.tar.gz" | sha256sum -c -
  `,
  'keys, versions in variables, the machine itself': dockerfile`
    FROM debian:12
    ARG V=1.2.3
    RUN curl -fsSL https://example.com/key.gpg | gpg --dearmor -o /usr/share/keyrings/example.gpg
    RUN curl -fsSLO https://example.com/tool-$V.tar.gz
    RUN curl -f http://localhost:8080/latest
  `,
  'behind what asks each time': dockerfile`
    FROM debian:12
    ADD https://api.github.com/repos/example/tool/git/refs/heads/main /version.json
    RUN git clone https://github.com/example/tool
  `,
  'behind the code': dockerfile`
    FROM debian:12
    COPY . .
    RUN git clone https://github.com/example/tool
  `,
  'behind an argument that empties the cache': dockerfile`
    FROM debian:12
    ARG CACHEBUST=1
    RUN git clone https://github.com/example/tool
  `,
  'when the container runs': dockerfile`
    FROM debian:12
    CMD git clone https://github.com/example/tool
  `,
});
