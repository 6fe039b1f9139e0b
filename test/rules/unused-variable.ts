import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'each for itself': dockerfile`
    FROM debian:12
    RUN A=1 B=2 && echo "$A"
            ~
  `,
  'used in other ways': dockerfile`
    FROM debian:12
    RUN A=1 && B=2 && C=3 && echo $((A + 1)) && export B && cat <<EOF
    $C
    EOF
    RUN set -a; A=1; make
    RUN A=1; eval "echo \$A"
    RUN for f in a b; do :; done; _unused=1; LANG=C; unset D; D=4; : "\${D:?}"
  `,
  'in arrays and tests of bash': dockerfile`
    FROM debian:12
    SHELL ["/bin/bash", "-c"]
    RUN A=(a b) && for x in "\${A[@]}"; do echo "$x"; done && B=1 && [[ -v B ]] && C=2 && ((C > 1))
  `,
});
