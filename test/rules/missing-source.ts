import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'a name, its letter case, a pattern': {
    text: dockerfile`
      FROM alpine:3.22
      COPY a.txt nofile.txt /x/
                 ~~~~~~~~~~
      COPY A.TXT /z/
           ~~~~~
      COPY nofile*.txt src /y/
      ADD gone.tgz https://example.com/x /z/
          ~~~~~~~~
    `,
    files: { 'a.txt': '', 'src/b': '' },
  },
  'ignored, made by the build, of another stage': {
    text: dockerfile`
      FROM alpine:3.22 AS a
      COPY a.txt dist /x/
      FROM alpine:3.22
      COPY --from=a /x /y
      ARG NAME
      COPY $NAME /z/
    `,
    files: { 'a.txt': '', 'dist/b': '', '.dockerignore': 'dist\n' },
  },
  'the context of another file': {
    text: dockerfile`
      FROM alpine:3.22
      COPY a.txt /x/
    `,
    files: { 'other.txt': '' },
  },
});
