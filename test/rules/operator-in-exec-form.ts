import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'every instruction with an exec form': dockerfile`
    FROM debian:12
    ONBUILD RUN ["make", ";", "make", "install"]
                         ~~~
    ENTRYPOINT ["/app", "||", "exit", "1"]
                        ~~~~
    HEALTHCHECK CMD ["curl", "-f", "http://localhost", "||", "exit", "1"]
                                                       ~~~~
    CMD ["echo", "$HOME", "&&", "ls"]
                          ~~~~
  `,
  'programs that read such words': dockerfile`
    FROM debian:12
    RUN ["xargs", "-I{}", "sh", "-c", "a && b"]
    RUN ["expr", "1", "<", "2"]
    RUN ["bash", "-euo", "pipefail", "-c", "a | b"]
    ENTRYPOINT ["tini", "--", "/app", "a>b"]
    ENTRYPOINT ["tini", "--", "sh", "-c", "a", "&&", "b"]
    RUN ["cmd", "/S", "/C", "a", "&&", "b"]
    CMD ["&&"]
  `,
});
