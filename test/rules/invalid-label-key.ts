import { cases, recommended } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'all that Docker advises against': dockerfile`
    FROM alpine:3.22
    LABEL A=b aB=c 1a=b a-=b a..b=c a--b=c a_=b -a=1
          ~   ~~   ~~   ~~   ~~~~   ~~~~   ~~   ~~
    LABEL com.docker.x=y io.docker.x=1 org.dockerproject.x=1 COM.DOCKER.x=1
          ~~~~~~~~~~~~   ~~~~~~~~~~~   ~~~~~~~~~~~~~~~~~~~   ~~~~~~~~~~~~
    LABEL "a b"=c ab:c=d
          ~~~~~   ~~~~
  `,
  'in recommended': recommended(dockerfile`
    FROM alpine:3.22
    LABEL Version=1 MAINTAINER=x a..b=c a_=b EDAM.operation=x
    LABEL "a b"=c ab:c=d com.docker.x=y
          ~~~~~   ~~~~   ~~~~~~~~~~~~
  `),
  'underscores, slashes, one letter': dockerfile`
    FROM alpine:3.22
    LABEL vcs_ref=1 example.com/team=web a=b
  `,
  'keys of the schema': {
    text: dockerfile`
      FROM alpine:3.22
      LABEL Owner=web Team=web
                      ~~~~
    `,
    options: { schema: { Owner: 'text' } },
  },
  variables: dockerfile`
    FROM alpine:3.22
    ARG KEY
    ARG KNOWN=Team
    LABEL $KEY=v com.example.$KEY=v
    LABEL $KNOWN=v
          ~~~~~~
  `,
  'a template': dockerfile`
    FROM alpine:3.22
    LABEL {{key}}=v
  `,
  'documented for others': dockerfile`
    FROM scratch
    LABEL com.docker.extension.screenshots="[]" io.docker.server.metadata="{}"
  `,
  'in a trigger': {
    text: dockerfile`
      FROM alpine:3.22
      ONBUILD LABEL Foo=1
                    ~~~
    `,
    aliases: [''],
  },
});
