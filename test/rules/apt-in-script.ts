import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'whatever it does': dockerfile`
    FROM debian:12
    RUN apt --version; apt list; apt $VERB curl; apt edit-sources
        ~~~
  `,
  'behind a path, a wrapper and a shell': dockerfile`
      FROM debian:12
    - RUN /usr/bin/apt -y install a && sudo apt update && sh -c "apt clean"
          ~~~~~~~~~~~~
    + RUN /usr/bin/apt-get -y install a && sudo apt-get update && sh -c "apt-get clean"
  `,
  'options before the verb': dockerfile`
      FROM debian:12
    - RUN apt -y -o Acquire::Retries=3 upgrade --without-new-pkgs && apt -y full-upgrade
          ~~~
    + RUN apt-get -y -o Acquire::Retries=3 upgrade --without-new-pkgs && apt-get -y dist-upgrade
  `,
  questions: dockerfile`
      FROM debian:12
    - RUN apt show curl; apt search curl
          ~~~
    + RUN apt-cache show curl; apt-cache search curl
    - RUN apt depends curl
          ~~~
    + RUN apt-cache depends curl
  `,
  'how often': {
    text: dockerfile`
      FROM debian:12
      RUN apt update
          ~~~
      RUN apt update && apt install -y a
          ~~~
      RUN apt update && apt install -y a && apt clean
          ~~~
    `,
    says: [
      'apt is used in a script. …',
      'apt is used twice in this script. …',
      'apt is used 3 times in this script. …',
    ],
  },
  'other programs, other words': dockerfile`
    FROM debian:12
    RUN aptitude update; apt-key list; echo apt install; command -v apt; which apt; apt-cache policy
  `,
  'not where nothing is built': dockerfile`
    FROM debian:12
    CMD apt update
    ENTRYPOINT ["apt", "install"]
  `,
  'under ONBUILD': {
    text: dockerfile`
        FROM debian:12
      - ONBUILD RUN apt update
                    ~~~
      + ONBUILD RUN apt-get update
    `,
    aliases: ['DL3027'],
  },
});
