import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'several, once an instruction': dockerfile`
      FROM debian:12
      RUN one && \
    -
      ~
    -
          two && \
          # a comment
    -
          three
  `,
  'between words, in an array, among flags, in quotes': dockerfile`
      FROM debian:12
      ENV A=1 \
    -
      ~
          B=2
      COPY ["a", \
    -
      ~
            "b/"]
      RUN --network=none \
    -
      ~
          echo "a \
    -
          b"
  `,
  'under ONBUILD': dockerfile`
      FROM debian:12
      ONBUILD RUN one && \
    -
      ~
          two
  `,
  'to the end of the file': dockerfile`
      FROM debian:12
    - RUN one \
    + RUN one
      # a comment

      ~
  `,
  'an instruction is swallowed behind comments': dockerfile`
      FROM debian:12
    - RUN one \
    + RUN one

      ~
      # The second
        # is another.

      CMD ["bash"]
  `,
  'a word in capitals that is no instruction': dockerfile`
      FROM debian:12
      RUN one \
    -
      ~
          TWO three
  `,
  'in a here-document, and between instructions': dockerfile`
    FROM debian:12

    COPY <<EOF /etc/motd
    one

    two \

    three
    EOF

    RUN one
  `,
});
