import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'at the end of other work, and in other spellings': dockerfile`
      FROM ubuntu:24.04
      RUN ./install.sh && export PATH="$PATH:/opt/tool/bin"
                          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    - run export A=1 B=/x
          ~~~~~~~~~~~~~~~
    + env A=1 B=/x
      ONBUILD RUN export C=1
                  ~~~~~~~~~~
      RUN <<EOF
        set -e
        export D=1
        ~~~~~~~~~~
      EOF
      SHELL ["/bin/bash", "-c"]
      RUN source ~/.nvm/nvm.sh
          ~~~~~~~~~~~~~~~~~~~~
      RUN source /opt/ros/humble/setup.bash
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      RUN /bin/bash -c "source /etc/profile.d/rvm.sh"
                        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      RUN /bin/bash -c "true"; umask u=rwx
                               ~~~~~~~~~~~
  `,
  'work is done, or something is shown': dockerfile`
    FROM ubuntu:24.04
    RUN export -p
    RUN umask
    RUN alias
    RUN export A="$(make)"
    RUN . ./setup-project
    RUN (umask 022; make)
    RUN if true; then export A=1; fi
    RUN bash -c 'export A=1; make'
    RUN bash -c 'export A=1' && make
    RUN make || export A=1
    RUN export A=1 > /x
    CMD export A=1
  `,
});
