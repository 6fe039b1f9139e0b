import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'what to use in its place': {
    text: dockerfile`
      ARG TAG
      FROM centos:7
           ~~~~~~~~
      FROM docker.io/library/java:$TAG
           ~~~~~~~~~~~~~~~~~~~~~~~~~~~
      FROM mono@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c
           ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      FROM k8s.gcr.io/pause:3.2
           ~~~~~~~~~~~~~~~~~~~~
      COPY --from=docker/compose:1.29.2 /usr/local/bin/docker-compose /usr/bin/
                  ~~~~~~~~~~~~~~~~~~~~~
    `,
    says: [
      'The image centos is no longer maintained. … Use almalinux, rockylinux/rockylinux or quay.io/centos/centos (CentOS Stream).',
      'The image java is no longer maintained. … Use eclipse-temurin.',
      'The image mono is no longer maintained. … Use an image that is maintained, or build your own from a base that is.',
      'The image k8s.gcr.io/pause is no longer maintained. … Use registry.k8s.io.',
      'The image docker/compose is no longer maintained. … Use docker.',
    ],
  },
  'another registry, a stage, a build context, a name that begins alike': dockerfile`
      ARG IMAGE
      FROM quay.io/centos/centos:stream10 AS centos
      FROM centos
      FROM $IMAGE:7
      FROM registry.example.com/library/java:8
      COPY --from=jobber /x /x
      FROM hashicorp/vault:1.20
  `,
});
