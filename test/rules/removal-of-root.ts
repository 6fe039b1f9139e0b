import { cases, recommended } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'folders of the root': dockerfile`
      FROM debian:12
      ARG ROOT
    - RUN rm -r -f "$ROOT/" "\${ROOT}/usr" $ROOT/lib/*
                    ~~~~~    ~~~~~~~      ~~~~~
    + RUN rm -r -f "\${ROOT:?}/" "\${ROOT:?}/usr" \${ROOT:?}/lib/*
  `,
  'known, guarded, or other folders': dockerfile`
    FROM debian:12
    ARG ROOT=/mnt
    ARG OTHER
    RUN rm -rf "$ROOT/" "\${OTHER:?}/" "\${OTHER:-/x}/" "$HOME/" "$OTHER/cache" "$OTHER"
  `,
  'a variable that only the base image may set': recommended(dockerfile`
    FROM sonarqube:25.6.0.109173-community
    RUN rm -rf "$SONARQUBE_HOME"/lib
  `),
});
