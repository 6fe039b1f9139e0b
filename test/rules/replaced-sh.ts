import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'copies and moves, other paths': dockerfile`
      FROM example.com/base:1
      RUN cp /bin/bash /bin/sh
                       ~~~~~~~
      RUN mv /usr/bin/zsh /usr/bin/sh
                          ~~~~~~~~~~~
      RUN ln -sf bash /usr/bin/sh
                      ~~~~~~~~~~~
      RUN cd /bin && ln -sf bash sh
                                 ~~
  `,
  'sh as the source, another name, an image without a shell': dockerfile`
      FROM example.com/base:1
      RUN ln -s /bin/sh /usr/local/bin/bash && ln -s /bin/bash /usr/local/bin/sh
      RUN ln -s /bin/busybox /bin/sh && ln -s /bin/bash sh
  `,
  'other work in the same RUN, so no fix': dockerfile`
      FROM ubuntu:24.04
      RUN apt-get update && ln -sf /bin/bash /bin/sh
                                             ~~~~~~~
  `,
  'in ONBUILD': dockerfile`
      FROM example.com/base:1
      ONBUILD RUN ln -sf /bin/bash /bin/sh
                                   ~~~~~~~
  `,
});
