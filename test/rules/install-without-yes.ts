import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'every spelling of yes': dockerfile`
    FROM debian:12
    RUN apt-get -y install a && apt-get install --yes b && apt-get install -qq c && apt-get install -qqq d
    RUN apt-get install -q=2 e && apt-get install -o APT::Get::Assume-Yes=true f && apt-get --force-yes install g
    RUN apt-get install -qy h && apt-get install i -y
  `,
  'yes in a pipe': dockerfile`
    FROM debian:12
    RUN yes | apt-get install a
    RUN echo y | apt install b
  `,
  'a word that looks like a verb': dockerfile`
    FROM debian:12
    RUN apt-get source install
    RUN apt-get update && apt-get clean && apt-cache search install
  `,
  'apt, paths, wrappers, strings': {
    text: dockerfile`
      FROM debian:12
    - RUN apt install a
          ~~~~~~~~~~~
    + RUN apt install -y a
    - RUN sudo /usr/bin/apt-get install b
               ~~~~~~~~~~~~~~~~~~~~~~~~
    + RUN sudo /usr/bin/apt-get install -y b
      RUN bash -c "apt-get install c"
                   ~~~~~~~~~~~~~~~
    `,
    aliases: ['DL3014', 'DL3014', 'DL3014'],
  },
  'yum, zypper and microdnf, each by its code': {
    text: dockerfile`
      FROM example.com/base:1
    - RUN yum install a
          ~~~~~~~~~~~
    + RUN yum install -y a
    - RUN zypper install b
          ~~~~~~~~~~~~~~
    + RUN zypper install -y b
    - RUN microdnf install c
          ~~~~~~~~~~~~~~~~
    + RUN microdnf install -y c
    - RUN yum remove d
          ~~~~~~~~~~
    + RUN yum remove -y d
    `,
    aliases: ['DL3030', 'DL3034', 'DL3038', ''],
  },
  'zypper that never asks': dockerfile`
    FROM opensuse/leap:15.6
    RUN zypper -n install a && zypper --non-interactive in b && zypper in --no-confirm c && zypper addrepo x in
  `,
  'nothing is installed': dockerfile`
    FROM debian:12
    RUN apt-get install --dry-run a && apt-get install --download-only b
  `,
  'options that only the build knows': dockerfile`
    FROM debian:12
    ARG APT_OPTS
    RUN apt-get install $APT_OPTS a
  `,
  'under ONBUILD': dockerfile`
      FROM debian:12
    - ONBUILD RUN apt-get install a
                  ~~~~~~~~~~~~~~~
    + ONBUILD RUN apt-get install -y a
  `,
});
