/** Images that nobody maintains any more, with what took their place; nothing where there is no successor. */
interface Unmaintained {
  readonly successors: readonly string[];
  /** Tags that are still made. */
  readonly except?: RegExp;
}

/**
 * Official images that were removed, emptied or declared deprecated: library/ of docker-library/official-images from 2014 to
 * 2026-08-21, and deprecated.md of docker-library/docs on 2026-08-21. The others by what their makers announced.
 */
const table = `
  adoptopenjdk            eclipse-temurin
  celery                  python
  centos                  almalinux, rockylinux/rockylinux, quay.io/centos/centos (CentOS Stream)
  clearlinux
  clefos
  consul                  hashicorp/consul
  crux
  django                  python
  docker-dev              docker
  emqx                    emqx/emqx
  euleros
  express-gateway
  fsharp                  mcr.microsoft.com/dotnet/sdk
  gazebo
  glassfish
  hipache                 traefik
  iojs                    node
  java                    eclipse-temurin
  jenkins                 jenkins/jenkins
  jobber
  kaazing-gateway
  known
  lightstreamer-server    lightstreamer
  liquibase               liquibase/liquibase
  mongo-express
  mono
  mosquitto               eclipse-mosquitto
  nats-streaming          nats
  notary
  nuxeo
  openjdk                 eclipse-temurin
  opensuse                opensuse/leap, opensuse/tumbleweed
  owncloud                owncloud/server
  php-zendserver          php
  piwik                   matomo
  plone                   plone/plone-backend
  rails                   ruby
  rapidoid
  rockylinux              rockylinux/rockylinux
  sentry                  getsentry/sentry
  sl                      almalinux
  sourcemage
  swarm
  thrift
  ubuntu-debootstrap      ubuntu
  ubuntu-upstart          ubuntu
  unit
  vault                   hashicorp/vault
  zend-php                php
  microsoft/aspnetcore            mcr.microsoft.com/dotnet/aspnet
  microsoft/aspnetcore-build      mcr.microsoft.com/dotnet/sdk
  microsoft/dotnet                mcr.microsoft.com/dotnet/sdk, mcr.microsoft.com/dotnet/aspnet, mcr.microsoft.com/dotnet/runtime
  microsoft/mssql-server-linux    mcr.microsoft.com/mssql/server
  microsoft/nanoserver            mcr.microsoft.com/windows/nanoserver
  microsoft/powershell            mcr.microsoft.com/powershell
  microsoft/windowsservercore     mcr.microsoft.com/windows/servercore
  mcr.microsoft.com/dotnet/core/aspnet        mcr.microsoft.com/dotnet/aspnet
  mcr.microsoft.com/dotnet/core/runtime       mcr.microsoft.com/dotnet/runtime
  mcr.microsoft.com/dotnet/core/runtime-deps  mcr.microsoft.com/dotnet/runtime-deps
  mcr.microsoft.com/dotnet/core/sdk           mcr.microsoft.com/dotnet/sdk
  adoptopenjdk/*          eclipse-temurin
  archlinux/base          archlinux
  base/archlinux          archlinux
  circleci/golang         cimg/go
  circleci/node           cimg/node
  circleci/openjdk        cimg/openjdk
  circleci/php            cimg/php
  circleci/python         cimg/python
  circleci/ruby           cimg/ruby
  docker/compose          docker
  google/dart             dart
  google/golang           golang
  gliderlabs/alpine       alpine
  hseeberger/scala-sbt    sbtscala/scala-sbt
  jboss/keycloak          quay.io/keycloak/keycloak
  jboss/wildfly           quay.io/wildfly/wildfly
  jenkins/jnlp-slave      jenkins/inbound-agent
  jenkins/slave           jenkins/agent
  jenkinsci/jnlp-slave    jenkins/inbound-agent
  k8s.gcr.io/*            registry.k8s.io
  kalilinux/kali-linux-docker     kalilinux/kali-rolling
  mhart/alpine-node       node:VERSION-alpine
  progrium/busybox        busybox
  stackbrew/ubuntu        ubuntu
`;

/** Early access builds are all that is still made of openjdk. */
const exceptions: Readonly<Record<string, RegExp>> = { openjdk: /-ea\b/ };

const unmaintained: ReadonlyMap<string, Unmaintained> = new Map(
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', ...rest] = line.trim().split(/\s{2,}/);
      const except = exceptions[name];
      return [name, { successors: rest.flatMap((it) => it.split(', ')), ...(except && { except }) }];
    }),
);

/** What is known of an image that is no longer maintained; undefined for every other. */
export function unmaintainedImage(registry: string, repository: string, tag = ''): Unmaintained | undefined {
  const path = repository.replace(/^library\//, '');
  const name = registry === 'docker.io' ? path : `${registry}/${path}`;
  const found = unmaintained.get(name) ?? unmaintained.get(`${name.slice(0, name.indexOf('/'))}/*`);
  return found && !found.except?.test(tag) ? found : undefined;
}
