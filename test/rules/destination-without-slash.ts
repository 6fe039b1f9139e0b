import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'in JSON, in quotes, of another stage': {
    text: dockerfile`
        FROM alpine:3.22 AS a
        FROM alpine:3.22
      - COPY ["a b", "c", "/srv"]
                          ~~~~~~
      + COPY ["a b", "c", "/srv/"]
      - COPY --from=a /a /b "/srv"
                            ~~~~~~
      + COPY --from=a /a /b "/srv/"
    `,
    aliases: ['DL3021', 'DL3021'],
  },
  'a variable of the file': dockerfile`
      FROM alpine:3.22
      ENV HOME_FOLDER=/srv FOLDER=/srv/
      COPY a b $FOLDER
    - COPY a b $HOME_FOLDER
               ~~~~~~~~~~~~
    + COPY a b $HOME_FOLDER/
  `,
  'every way of naming the folder': dockerfile`
    FROM alpine:3.22
    WORKDIR /srv
    COPY a b .
    COPY a b ..
    COPY a b ./
    COPY a b /srv/.
    COPY a b /srv/../lib/..
    COPY --parents a/x b/y /srv
  `,
  'flags are no sources': dockerfile`
    FROM alpine:3.22
    COPY --link=True --chown=1000:1000 a /srv
    COPY -- a /srv
  `,
  'ADD, and here-documents': {
    text: dockerfile`
        FROM alpine:3.22
      - ADD a.tar b.tar /srv
                        ~~~~
      + ADD a.tar b.tar /srv/
      - COPY <<a <<b /srv
                     ~~~~
      + COPY <<a <<b /srv/
        1
        a
        2
        b
    `,
    aliases: ['', 'DL3021'],
  },
  Windows: dockerfile`
    # escape=\`
    FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
    COPY a b C:\app\
    COPY a b .\
  `,
});
