import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'one finding a code': {
    text: dockerfile`
        FROM debian:12
      - RUN f() { install $@; other $*; echo $(cat /list) > $file; } && f a
                          ~~        ~~       ~~~~~~~~~~~~   ~~~~~
      + RUN f() { install "$@"; other "$*"; echo $(cat /list) > "$file"; } && f a
    `,
    aliases: ['SC2068', 'SC2048', 'SC2046', 'SC2086'],
  },
  'places where nothing is divided': dockerfile`
    FROM debian:12
    RUN a=$b && for i in $LINES; do :; done && case $a in x) ;; esac && echo "$a" \${#a} $((a + b)) $? "$(echo "$a")"
  `,
  'values that are put together of such that cannot be divided': dockerfile`
    FROM debian:12
    ARG VERSION
    RUN dir=$(mktemp -d) && file="$dir/tool-$VERSION.tgz" && tar -xf $file -C $dir && rm -r $dir
    RUN for key in A1B2 C3D4; do gpg --recv-keys $key; done
    RUN date=$(date +%s) && touch /build-$date && id=$((1 + 2)) && chown $id /build-$date
  `,
  'a value with a blank in it': dockerfile`
      FROM debian:12
      ENV TARGET="/srv/my app"
    - RUN mkdir -p $TARGET
                   ~~~~~~~
    + RUN mkdir -p "$TARGET"
  `,
  'in a script in a string there is no fix': dockerfile`
    FROM debian:12
    RUN bash -c 'mv $1 /srv/$(cat /name)'
                    ~~      ~~~~~~~~~~~~
  `,
  'what PowerShell and cmd do is not judged': dockerfile`
    FROM mcr.microsoft.com/windows/servercore:ltsc2022
    SHELL ["powershell", "-Command"]
    RUN Remove-Item $env:TEMP
  `,
  'an ARG without a default': dockerfile`
      FROM debian:12
      ARG FOO
      ARG TARGETARCH
      ARG BAR=1.2
    - RUN python foo.py --foo $FOO --bar $BAR --arch $TARGETARCH
                              ~~~~
    + RUN python foo.py --foo "$FOO" --bar $BAR --arch $TARGETARCH
  `,
  'numbers that the shell sets': dockerfile`
      FROM debian:12
      SHELL ["/bin/bash", "-c"]
      RUN echo $RANDOM $UID $SECONDS $LINENO $((RANDOM % 6))
    - RUN read -r RANDOM && touch $RANDOM
                                  ~~~~~~~
    + RUN read -r RANDOM && touch "$RANDOM"
  `,
});
