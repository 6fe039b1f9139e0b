import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'with backslashes there is no fix': dockerfile`
      FROM debian:12
      RUN echo "\`echo "a"\`" \`sed s/a\\n/b/ /x\`
                ~~~~~~~~~~  ~~~~~~~~~~~~~~~~~~
    - RUN make -j\`nproc\` PREFIX="\`pwd\`/out"
                 ~~~~~~~         ~~~~~
    + RUN make -j$(nproc) PREFIX="$(pwd)/out"
  `,
  'one that nothing closes has no fix': dockerfile`
    FROM debian:12
    RUN cat <<EOF
    no\`
      ~~
    EOF
  `,
  'comments and here-documents with quotes': dockerfile`
    FROM debian:12
    RUN cat <<'EOF' > /readme
    run \`make\`
    EOF
  `,
});
