import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'a bound of a range, and what hadolint passes': {
    text: dockerfile`
        FROM alpine:3.22
      - EXPOSE 1-65536 90-80 tcp/80 80/http 80/
               ~~~~~~~ ~~~~~ ~~~       ~~~~
      + EXPOSE 1-65536 80-90 tcp/80 80/http 80/
    `,
    aliases: ['DL3011', '', '', ''],
  },
  'zero and the highest': dockerfile`
    FROM alpine:3.22
    EXPOSE 0 65535 "80" 8000-8000/sctp
  `,
  'a variable of the file': {
    text: dockerfile`
      FROM alpine:3.22
      ENV PORTS="80 70000"
      EXPOSE $PORTS
             ~~~~~~
    `,
    aliases: ['DL3011'],
  },
  'a variable that only the build knows': dockerfile`
    FROM alpine:3.22
    ARG PORT
    EXPOSE $PORT $OTHER
  `,
  'a host and an address': {
    text: dockerfile`
      FROM alpine:3.22
      EXPOSE 99999:80 127.0.0.1:80 localhost:80:80 [::1]:80:80 :80
             ~~~~~    ~~~~~~~~~    ~~~~~~~~~
    `,
    aliases: ['DL3011', '', ''],
  },
  'several commas': dockerfile`
      FROM alpine:3.22
    - EXPOSE 80,443 8080, 8443,
             ~~~~~~ ~~~~~ ~~~~~
    + EXPOSE 80,443 8080 8443
  `,
  'a JSON array': dockerfile`
    FROM alpine:3.22
    EXPOSE ["80"]
           ~~~~~~
  `,
  'over several lines': dockerfile`
    FROM alpine:3.22
    EXPOSE 80 \
      80443 \
      ~~~~~
      443
  `,
  'under ONBUILD': {
    text: dockerfile`
      FROM alpine:3.22
      ONBUILD EXPOSE 70000
                     ~~~~~
    `,
    aliases: [''],
  },
});
