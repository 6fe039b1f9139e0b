import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'every manager by its code': {
    text: dockerfile`
      FROM debian:12
      RUN apt-get install -y a && apt install -y b && aptitude install -y c
                             ~                   ~                        ~
      RUN apk add d
                  ~
      RUN yum install -y e
                         ~
      RUN zypper -n in f
                       ~
      RUN dnf install -y g && microdnf install h && dnf5 -y in i
                         ~                     ~               ~
      RUN tdnf install -y j && pacman -S --noconfirm k
                          ~                          ~
    `,
    aliases: ['DL3008', 'DL3008', 'DL3008', 'DL3018', 'DL3033', 'DL3037', 'DL3041', 'DL3041', 'DL3041', '', ''],
  },
  'apt: release, file, wildcard, task, removal, architecture': dockerfile`
    FROM debian:12
    RUN apt-get install -y git/bookworm-backports ./a.deb /tmp/b.deb curl=7.* lamp-server^ wget- libc6:i386=2.36-9
    RUN apt-get install -y libc6:i386 g++
                           ~~~~~~~~~~ ~~~
  `,
  'apt: values of options are no packages': dockerfile`
    FROM debian:12
    RUN apt-get -o Acquire::Retries=3 install -y -t sid -c /etc/a.conf --solver 3.0 -o Foo a=1
  `,
  'apt: reinstall is an install, build-dep, source and a dry run are none': dockerfile`
    FROM debian:12
    RUN apt-get reinstall -y tzdata && apt-get install --reinstall -y locales
                             ~~~~~~                                   ~~~~~~~
    RUN apt-get build-dep -y python3 && apt-get source install && apt-get -s install a
  `,
  'behind wrappers, paths and shells': dockerfile`
    FROM debian:12
    RUN sudo -E /usr/bin/apt-get install -y a && sh -c "apt-get install -y b" && eatmydata apt-get install -y c
                                            ~                              ~                                  ~
    RUN <<EOF
    apt-get update
    apt-get install -y d
                       ~
    EOF
  `,
  'each word on its line': dockerfile`
    FROM debian:12
    RUN apt-get update && apt-get install -y \
        # for downloads
        curl=7.88.* \
        git \
        ~~~
        wget
        ~~~~
  `,
  'apk: ranges, tags, files, capabilities, conflicts, values': dockerfile`
    FROM alpine:3.22
    RUN apk add --root /x --arch x86 -p /y --keys-dir /k -X http://example.com/edge -t .deps a=1 b~2 'c>3' 'd<4' e=~5
    RUN apk add ./f.apk !g so:libz.so.1 cmd:sh .virtual
    RUN apk add h@edge i
                ~~~~~~ ~
  `,
  'apk: an unquoted sign is a redirection': dockerfile`
    FROM alpine:3.22
    RUN apk add a>1
                ~
  `,
  'rpm: numbers in names, versions, ranges, wildcards': dockerfile`
    FROM rockylinux:9
    RUN yum install -y java-1.8.0-openjdk lib32-3dnow
                       ~~~~~~~~~~~~~~~~~~ ~~~~~~~~~~~
    RUN yum install -y httpd-2.4.6 a-2.* b-1:2.3-4.el9 c-1* 'd >= 2' java-1.8.0-openjdk-1.8.0.372.b07
    RUN dnf install -y e-2.3-1.fc42.x86_64 f=1
  `,
  'rpm: groups, files, addresses, capabilities, values': dockerfile`
    FROM rockylinux:9
    RUN yum install -y --enablerepo x @development a.rpm https://example.com/b.rpm /usr/bin/x 'perl(Foo)' && yum group install c
    RUN dnf --setopt x=y --releasever 9 install -y 'dnf-command(config-manager)' @c /tmp/d.rpm a-1.0
    RUN dnf reinstall -y tzdata && dnf swap -y coreutils-single coreutils && yum localinstall -y a
  `,
  'rpm: modules by stream': dockerfile`
    FROM rockylinux:9
    RUN dnf module install -y nodejs:20 && dnf module install -y php && dnf module enable -y ruby
                                                                 ~~~
  `,
  'zypper: groups, ranges, values, marks': dockerfile`
    FROM opensuse/leap:15.6
    RUN zypper in -t pattern devel_basis && zypper in --from r a=1 'b>2' ./c d-1.2 -- -e +f=1
    RUN zypper addrepo x in && zypper in pattern:lamp_server g
                                                             ~
  `,
  'a variable that may hold or be the version': dockerfile`
    FROM debian:12
    ARG V PKGS
    ARG SUFFIX=
    RUN apt-get install -y curl=$V git$SUFFIX $PKGS "\${MORE[@]}" $(cat list) \`cat list\` linux-headers-$(uname -r)
    RUN yum install -y httpd-$V httpd-\${V}.x86_64
  `,
  'a variable that cannot be the version': dockerfile`
    FROM debian:12
    ARG V
    RUN apt-get install -y php$V-cli
                           ~~~~~~~~~
  `,
  'values that the file tells': dockerfile`
    FROM rockylinux:9
    ARG V=2.4.6
    ENV NAME=a TOOLS="b-1.0 c"
    RUN yum install -y httpd-$V httpd-\${V:-1} \${NAME}-devel $TOOLS
                                              ~~~~~~~~~~~~~ ~~~~~~
  `,
  'values that the script sets': dockerfile`
    FROM debian:12
    RUN set -eux; buildDeps='gcc make=4.*'; apt-get install -y $buildDeps
                                                               ~~~~~~~~~~
    RUN V=1; apt-get install -y curl=$V; export A=a; apt-get install -y $A
                                                                        ~~
    RUN for tool in a=1 b; do apt-get install -y $tool; done
                                                 ~~~~~
    RUN A=a; A=b=1; apt-get install -y $A; read B; apt-get install -y $B; C=$(cat list); apt-get install -y $C
  `,
  'globs and braces': dockerfile`
    FROM debian:12
    SHELL ["/bin/bash", "-c"]
    RUN apt-get install -y php8.2-* php8.2-{cli,fpm} ruby-{a,b}=1
                           ~~~~~~~~ ~~~~~~~~~~~~~~~~
  `,
  'under ONBUILD, and not where nothing is built': {
    text: dockerfile`
      FROM debian:12
      ONBUILD RUN apt-get install -y curl
                                     ~~~~
      CMD apt-get install -y curl
    `,
    aliases: ['DL3008'],
  },
});
