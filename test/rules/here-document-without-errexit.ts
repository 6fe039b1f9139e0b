import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'other shells and openers': dockerfile`
      FROM debian:12
      RUN <<-"END"
          ~~~~~~~~
    + set -e
      make
      make install
      END
      RUN <<EOF
          ~~~~~
      #!/bin/bash
    + set -e
      make
      make install
      EOF
      RUN bash -x <<EOF
                  ~~~~~
    + set -e
      make
      make install
      EOF
      RUN --mount=type=cache,target=/x <<EOF
                                       ~~~~~
    + set -e
      for x in a b; do make "$x"; done
      make install
      EOF
  `,
  'set too late, or a first line that SHELL does not reach': dockerfile`
      FROM debian:12
      SHELL ["/bin/bash", "-e", "-c"]
      RUN <<EOF
          ~~~~~
      #!/bin/bash
    + set -e
      make
      set -e
      make install
      EOF
  `,
  'nothing is lost': dockerfile`
    FROM debian:12
    RUN <<EOF
    make install
    EOF
    RUN <<EOF
    echo start; export A=1
    cd /x
    mkdir -p /y
    make install
    EOF
    RUN <<EOF
    make || exit 1
    make test || true
    if make install; then echo done; fi
    EOF
    RUN <<EOF
    #!/usr/bin/env -S bash -eu
    make
    make install
    EOF
    RUN <<EOF
    #!/usr/bin/env python3
    import os
    os.mkdir('/x')
    EOF
    RUN bash -e <<EOF
    make
    make install
    EOF
    RUN set -e; cat <<EOF > /x
    make
    make install
    EOF
    RUN <<EOF
    # comment
    set -o errexit
    make
    make install
    EOF
    RUN <<EOF
    make &&
      make install &&
      rm -rf /x
    EOF
    COPY <<EOF /x.sh
    make
    make install
    EOF
  `,
  'an index that the last command needs': dockerfile`
    FROM alpine:3.22
    RUN <<EOF
    apk update
    apk add curl
    EOF
    RUN <<EOF
    apt-get update
    apt-get install -y curl
    EOF
  `,
});
