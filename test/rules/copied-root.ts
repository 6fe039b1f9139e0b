import { cases, recommended } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'in other words': dockerfile`
      FROM debian:12 AS b
      FROM debian:12
      WORKDIR /
      COPY --from=b /. .
                    ~~
      COPY --from=b // "/"
                    ~~
      COPY --from=b /* /
                    ~~
  `,
  'from the build context, to another folder': dockerfile`
      FROM debian:12 AS b
      FROM debian:12
      COPY / /
      COPY --from=b / /rootfs/
  `,
  'on top of scratch': dockerfile`
      FROM debian:12 AS b
      FROM scratch AS flat
      FROM flat
      COPY --from=b / /
  `,
  'sources that are known to have a system': dockerfile`
    FROM corp.example/tool:1 AS tool
    RUN ./install
    FROM example.com/my-ubuntu:22 AS named
    FROM scratch AS made
    COPY app /app
    RUN ["/app"]
    FROM debian:12
    COPY --from=tool / /
                     ~
    COPY --from=named / /
                      ~
    COPY --from=0 / /
                  ~
    COPY --from=alpine:3.22 / /
                            ~
    COPY --from=jrottenberg/ffmpeg / /
                                   ~
  `,
  'sources that are not known to have one': recommended(dockerfile`
    FROM corp.example/tool:1 AS tool
    FROM scratch AS made
    COPY app /app
    FROM debian:12
    COPY --from=tool / /
    COPY --from=made / /
    COPY --from=gloursdocker/docker / /
    COPY --from=crazymax/osxcross:14 / /
    COPY --from=hello-world / /
    COPY --from=sdk-extras / /
    COPY --from=docker.io/tonistiigi/xx:master / /
  `),
  'a stage that does not ship': recommended(dockerfile`
    FROM debian:12 AS b
    FROM golang:1.26 AS build
    COPY --from=b / /
    FROM debian:12
    COPY --from=build /x /x
  `),
});
