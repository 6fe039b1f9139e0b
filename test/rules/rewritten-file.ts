import { cases, recommended } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'a program that is copied twice': dockerfile`
    FROM debian:12 AS build
    FROM debian:12
    COPY --from=build /out/app.so /usr/lib/app.so
    COPY --from=build /out/small.so /usr/lib/app.so
                      ~~~~~~~~~~~~~
  `,
  'a setting that is edited, for strict alone': recommended(dockerfile`
    FROM nginx:1.29
    COPY nginx.conf /etc/nginx/nginx.conf
    RUN sed -i s/80/8080/ /etc/nginx/nginx.conf
  `),
  'a setting that is edited, in strict': dockerfile`
    FROM nginx:1.29
    COPY nginx.conf /etc/nginx/nginx.conf
    RUN sed -i s/80/8080/ /etc/nginx/nginx.conf
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  `,
  'a file that is known to be large': {
    text: dockerfile`
      FROM debian:12
      COPY dump.txt /srv/dump.txt
      RUN sed -i s/a/b/ /srv/dump.txt
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    files: { 'dump.txt': 'x'.repeat(200_000) },
    preset: 'recommended',
  },
  'a file that was downloaded, edited later': dockerfile`
    FROM debian:12
    RUN curl -fsSLo /opt/tool.sh https://example.com/tool.sh
    RUN sed -i s/a/b/ /opt/tool.sh
        ~~~~~~~~~~~~~~~~~~~~~~~~~~
  `,
  'what to do, by how the file came': {
    text: dockerfile`
      FROM debian:12
      COPY a.conf /etc/a.conf
      RUN sed -i s/a/b/ /etc/a.conf
          ~~~~~~~~~~~~~~~~~~~~~~~~~
      ADD https://example.com/b.bin /opt/b.bin
      RUN sed -i s/a/b/ /opt/b.bin
          ~~~~~~~~~~~~~~~~~~~~~~~~
      COPY c.so /usr/lib/c.so
      COPY d.so /usr/lib/c.so
           ~~~~
      RUN curl -fsSLo /opt/e.so https://example.com/e.so
      COPY e.so /opt/e.so
           ~~~~
      RUN curl -fsSLo /opt/f.so https://example.com/f.so
      RUN curl -fsSLo /opt/f.so https://example.com/g.so
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    says: [
      '… Change the file before it is copied, or bind-mount it (--mount=type=bind) and let this RUN write the changed version to its place.',
      '… Download and change the file in one RUN.',
      '… Leave out the first version, or bind-mount it (--mount=type=bind) if a RUN needs it.',
      '… Write only the final version of the file.',
      '… Write the final version of the file once, or put both commands into one RUN.',
    ],
  },
  'copied ahead of the rest': dockerfile`
    FROM python:3.13
    WORKDIR /app
    COPY requirements.txt constraints.txt ./
    RUN pip install --no-cache-dir -r requirements.txt
    COPY . .
  `,
  'to other places': dockerfile`
    FROM debian:12
    RUN curl -fsSLo /opt/a https://example.com/a
    RUN curl -fsSLo /opt/b https://example.com/b
    COPY a.conf /etc/a.conf
    COPY b.conf /etc/b.conf
  `,
  'a place that only the build knows': dockerfile`
    FROM debian:12
    ARG PLACE
    RUN curl -fsSLo $PLACE/a https://example.com/a
    RUN curl -fsSLo $PLACE/a https://example.com/b
  `,
  'a stage that does not ship': dockerfile`
    FROM debian:12 AS build
    RUN curl -fsSLo /opt/a https://example.com/1
    RUN curl -fsSLo /opt/a https://example.com/2
    FROM debian:12
    COPY --from=build /opt/a /opt/a
  `,
});
