import { cases, recommended } from '../../src/dev/cases.ts';
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
  'an exec form stays one': dockerfile`
      FROM debian:12
    - RUN ["apt-get", "install", "a"]
           ~~~~~~~~~~~~~~~~~~~~
    + RUN ["apt-get", "install", "-y", "a"]
      RUN ["sh", "-c", "apt-get install b"]
                        ~~~~~~~~~~~~~~~
  `,
  'dnf5, and managers that hadolint does not know': {
    text: dockerfile`
      FROM fedora:42
    - RUN dnf5 install a
          ~~~~~~~~~~~~
    + RUN dnf5 install -y a
    - RUN tdnf install b
          ~~~~~~~~~~~~
    + RUN tdnf install -y b
    - RUN aptitude install c
          ~~~~~~~~~~~~~~~~
    + RUN aptitude install -y c
    - RUN pacman -Syu d
          ~~~~~~~~~~~
    + RUN pacman -Syu --noconfirm d
    `,
    aliases: ['DL3038', '', '', ''],
  },
  'verbs of zypper': {
    text: dockerfile`
      FROM opensuse/leap:15.6
    - RUN zypper patch
          ~~~~~~~~~~~~
    + RUN zypper patch -y
    - RUN zypper rm a
          ~~~~~~~~~
    + RUN zypper rm -y a
    - RUN zypper dup
          ~~~~~~~~~~
    + RUN zypper dup -y
    `,
    aliases: ['DL3034', 'DL3034', ''],
  },
  'answered by the configuration that the file writes': dockerfile`
    FROM debian:12 AS base
    RUN echo 'APT::Get::Assume-Yes "true";' > /etc/apt/apt.conf.d/90yes
    RUN apt-get install a
    FROM base
    RUN apt-get install b
    FROM fedora:42
    RUN echo assumeyes=True >> /etc/dnf/dnf.conf && dnf install c
    FROM debian:12
    COPY 90yes /etc/apt/apt.conf.d/
    RUN apt-get install d
  `,
  'configured too late, or otherwise': dockerfile`
      FROM debian:12
    - RUN apt-get install a
          ~~~~~~~~~~~~~~~
    + RUN apt-get install -y a
      COPY <<E /etc/apt/apt.conf.d/10retries
      Acquire::Retries "3";
      E
    - RUN apt-get install b
          ~~~~~~~~~~~~~~~
    + RUN apt-get install -y b
      RUN echo 'APT::Get::Assume-Yes "true";' > /etc/apt/apt.conf.d/90yes
  `,
  'the frontend of debconf answers other questions': dockerfile`
      FROM debian:12
    - RUN DEBIAN_FRONTEND=noninteractive apt-get install a
                                         ~~~~~~~~~~~~~~~
    + RUN DEBIAN_FRONTEND=noninteractive apt-get install -y a
  `,
  'where someone can answer': dockerfile`
    FROM debian:12
    CMD apt-get install a
  `,
  'what apt has nothing to ask about': recommended(dockerfile`
    FROM debian:12
    RUN apt-get install findutils grep && dpkg -i x.deb && apt-get -f install
  `),
  'packages that dpkg leaves half installed': dockerfile`
      FROM debian:12
    - RUN dpkg -i x.deb || apt-get -f install
                           ~~~~~~~~~~~~~~~~~~
    + RUN dpkg -i x.deb || apt-get -f install -y
  `,
  'an image that says yes for all': dockerfile`
    FROM balenalib/armv7hf-debian:buster
    RUN apt-get install curl
  `,
});
