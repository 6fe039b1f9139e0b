import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'a server by its image': {
    text: dockerfile`
      FROM nginx:1.29
           ~~~~~~~~~~
      COPY site /usr/share/nginx/html/
    `,
    preset: 'strict',
  },
  'a command, which is no server': {
    text: dockerfile`
      FROM alpine:3.22
      ENTRYPOINT ["jq"]
    `,
    preset: 'strict',
  },
  'a base that may have one': {
    text: dockerfile`
      FROM registry.example.com/base:3
      EXPOSE 80
    `,
    preset: 'strict',
  },
  'none of both in recommended': {
    text: dockerfile`
      FROM nginx:1.29
    `,
    preset: 'recommended',
  },
  'by name all images without one': {
    text: dockerfile`
      FROM alpine:3.22
           ~~~~~~~~~~~
      ENTRYPOINT ["jq"]
    `,
    aliases: ['DL3057'],
  },
  'none is an answer': dockerfile`
    FROM nginx:1.29
    HEALTHCHECK NONE
  `,
  'stages that only build': dockerfile`
    FROM golang:1.25 AS build
    EXPOSE 80
    FROM scratch
    COPY --from=build /app /app
    EXPOSE 80
    HEALTHCHECK CMD ["/app", "health"]
  `,
  'in a trigger it is not of this image': dockerfile`
    FROM nginx:1.29
         ~~~~~~~~~~
    ONBUILD HEALTHCHECK NONE
  `,
});
