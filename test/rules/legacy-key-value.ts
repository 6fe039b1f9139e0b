import { cases, recommended } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'quotes that do not span the value': dockerfile`
      FROM alpine:3.22
    - LABEL summary Sells "all things" and 'more'
            ~~~~~~~
    + LABEL summary="Sells all things and more"
    - ENV A "x"y'z'
          ~
    + ENV A="x"y'z'
  `,
  'variables keep their names': dockerfile`
      FROM alpine:3.22
      ARG V=1
    - ENV A $V"x" \$V '$V' \\
          ~
    + ENV A="\${V}x \$V \$V \\"
    - ENV B \${V}.x $V
          ~
    + ENV B="\${V}.x $V"
    - ENV C a\ b
          ~
    + ENV C=a\ b
    - ENV D a\ b $V'x'
          ~
    + ENV D="a b \${V}x"
  `,
  'blanks inside and around': dockerfile`
      FROM alpine:3.22
    - ENV   A    b   c
            ~
    + ENV   A="b   c"
    - ENV EMPTY ""
          ~~~~~
    + ENV EMPTY=""
  `,
  'a default with a blank, and one with quotes': dockerfile`
      FROM alpine:3.22
    - ENV A \${B:-x y}
          ~
    + ENV A="\${B:-x y}"
    - ENV C \${B:-"x y"}
          ~
    + ENV C=\${B:-"x y"}
      ENV D \${B:-'x'} y
          ~
  `,
  'continued, with a comment': dockerfile`
      FROM alpine:3.22
    - ENV OPTIONS -a \
          ~~~~~~~
    + ENV OPTIONS="-a \
        # the second
    -   -b
    +   -b"
    - ENV URL \
          ~~~
    -   https://example.com
    + ENV URL=https://example.com
  `,
  'a comment before the value, quotes over lines': dockerfile`
    FROM alpine:3.22
    ENV A \
        ~
      # why
      b
    ENV C "d" \
        ~
      e
  `,
  'blanks around the equals sign': dockerfile`
      FROM alpine:3.22
    - ENV A =b
          ~
    + ENV A=b
    - ENV C = d
          ~
    + ENV C=d
      ENV E = f g
          ~
  `,
  'a second pair': dockerfile`
      FROM alpine:3.22
    - LABEL a 1 b.c="2"
            ~
    + LABEL a=1 b.c="2"
      ENV LANG en_US.UTF-8 ENV LC_ALL en_US.UTF-8
          ~~~~
      ENV A 1 \
          ~
          BC 2
  `,
  'what looks like a pair and is an option': dockerfile`
      FROM alpine:3.22
    - ENV JAVA_OPTS -Xmx1g -Dkey=value user.home=/srv
          ~~~~~~~~~
    + ENV JAVA_OPTS="-Xmx1g -Dkey=value user.home=/srv"
    - ENV JAVA_OPTS -Da=b
          ~~~~~~~~~
    + ENV JAVA_OPTS=-Da=b
  `,
  'another escape character': dockerfile`
      # escape=\`
      FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
    - ENV HOME_FOLDER C:\Program Files
          ~~~~~~~~~~~
    + ENV HOME_FOLDER="C:\Program Files"
    - ENV A 'C:\x' y\`"z
          ~
    + ENV A="C:\x y\`"z"
  `,
  'a quote without an end': dockerfile`
    FROM alpine:3.22
    ENV A it's
        ~
  `,
  'one finding for all that are merely old': {
    text: dockerfile`
      FROM alpine:3.22
      ENV A =b
          ~
      ENV C d e
          ~
      LABEL f 'g' "h
      FROM alpine:3.22
      ENV I j
      ENV LANG en_US.UTF-8 ENV LC_ALL en_US.UTF-8
          ~~~~
      ONBUILD ENV K l
    `,
    preset: 'recommended',
    says: [
      'The space before = makes the = part of the value of A. …',
      'ENV C is written in the old form, with a space instead of =, and so are 2 more. …',
      'Everything after LANG is its value, including LC_ALL. …',
    ],
  },
  'its fix changes all that it can': recommended(dockerfile`
      FROM alpine:3.22
    - ENV A b c
          ~
    + ENV A="b c"
      LABEL d it's
      FROM alpine:3.22
    - ENV E f
    + ENV E=f
  `),
  'its fix changes the others, where not the first': recommended(dockerfile`
      FROM alpine:3.22
      ENV A it's
          ~
    - ENV B c
    + ENV B=c
  `),
  'ARG and the new form': dockerfile`
    FROM alpine:3.22
    ARG A
    ARG B C
    ENV A="x y"
    LABEL "a b"=c
  `,
});
