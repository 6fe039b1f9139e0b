import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'behind and before other wrappers': dockerfile`
      FROM example.com/base:1
      RUN env sudo ls && timeout 5 sudo ls && nohup sudo ls && /usr/bin/sudo ls && exec sudo ls
              ~~~~
      RUN sh -c "cd /x && sudo ls"
                          ~~~~
      RUN find / -name x | xargs sudo rm
                                 ~~~~
      RUN eval "sudo ls"
                ~~~~
  `,
  'options decide how it runs': dockerfile`
      FROM debian:12
      RUN sudo -u postgres createdb app && sudo -E make && sudo A=1 make
                                           ~~~~
  `,
  'the user is another, or not known': dockerfile`
        FROM debian:12
        USER app
        RUN sudo make
            ~~~~
        USER root
      - RUN sudo make
            ~~~~
      + RUN make
  `,
  'in a parent stage': dockerfile`
      FROM debian:12 AS base
      USER 1000
      FROM base
      RUN sudo make
          ~~~~
  `,
  'installed, asked for, or what a container starts': dockerfile`
      FROM debian:12
      RUN apt-get install -y sudo && which sudo && sudo --version && usermod -aG sudo app
      CMD ["sudo", "app"]
  `,
  'in ONBUILD': dockerfile`
        FROM debian:12
      - ONBUILD RUN sudo make
                    ~~~~
      + ONBUILD RUN make
  `,
});
