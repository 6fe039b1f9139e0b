import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'both names, with options around': {
    text: dockerfile`
        FROM opensuse/leap:15.6
      - RUN zypper --non-interactive dist-upgrade --no-recommends -y
                                     ~~~~~~~~~~~~
      + RUN zypper --non-interactive update --no-recommends -y
        RUN zypper dup --from packman --allow-vendor-change
                   ~~~
    `,
    aliases: ['DL3035', 'DL3035'],
  },
  'the same of dnf and yum': {
    text: dockerfile`
        FROM fedora:42
      - RUN dnf -y distro-sync && yum distro-sync -y
                   ~~~~~~~~~~~        ~~~~~~~~~~~
      + RUN dnf -y upgrade && yum update -y
        RUN dnf system-upgrade download --releasever=43 -y
                ~~~~~~~~~~~~~~
    `,
    aliases: ['', '', ''],
  },
  'all packages from another release': {
    text: dockerfile`
      FROM debian:12
      RUN apt-get update && apt-get -t sid dist-upgrade -y
                                    ~~
    `,
    aliases: [''],
  },
  'plain updates of every kind': dockerfile`
    FROM debian:12
    RUN apt-get update && apt-get upgrade -y && apt-get full-upgrade -y && apt-get install -y -t bookworm-backports git
    RUN zypper up && zypper patch && dnf upgrade -y && dnf distro-sync -y glibc && yum update -y && apk upgrade && pacman -Syu
  `,
  'the word elsewhere': dockerfile`
    FROM opensuse/leap:15.6
    RUN zypper addrepo x dup && zypper in dup=1 && zypper dup --dry-run && do-release-upgrade -c; echo zypper dup
  `,
  'a release that rolls, in a stage below': dockerfile`
    FROM registry.opensuse.org/opensuse/tumbleweed:latest AS base
    FROM base
    RUN zypper -n dup
  `,
  'under ONBUILD, in a shell': {
    text: dockerfile`
        FROM opensuse/leap:15.6
      - ONBUILD RUN sh -c "zypper dup"
                                  ~~~
      + ONBUILD RUN sh -c "zypper up"
        CMD zypper dup
    `,
    aliases: ['DL3035'],
  },
});
