import { cases, recommended } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  spellings: dockerfile`
      FROM example.com/base:1
      USER "root"
           ~~~~~~
  `,
  zeros: dockerfile`
      FROM example.com/base:1
      USER 00
           ~~
  `,
  'by an argument with a default, and in the parent stage': dockerfile`
      FROM example.com/base:1 AS base
      ARG U=root
      USER \${U}:\${U}
           ~~~~~~~~~
      FROM base
      CMD ["app"]
  `,
  'names that only begin so, and what only the build knows': dockerfile`
      FROM example.com/base:1
      ARG U
      USER rootless
      USER $U
  `,
  'intermediate stages': dockerfile`
      FROM example.com/base:1 AS build
      USER root
      FROM example.com/base:1
      COPY --from=build /a /b
  `,
  'a base of its own that is root, and the image that is not': dockerfile`
      FROM example.com/base:1 AS base
      USER root
      FROM base
      USER 1000
  `,
  'a server that needs root': recommended(dockerfile`
    FROM debian:12
    USER root
    CMD ["/usr/sbin/sshd", "-D"]
  `),
  'triggers that run in the images above': recommended(dockerfile`
    FROM debian:12
    USER root
    ONBUILD RUN apt-get update
    CMD ["app"]
  `),
  'a comment above it that says why': dockerfile`
    FROM node:22
    # Not running as root breaks the bind mounts.
    #
    # See the README.
    USER root
  `,
  'a comment about something else': dockerfile`
    FROM node:22
    # The root of the project
    RUN mkdir /app

    # the user of the container
    USER root
         ~~~~
  `,
});
