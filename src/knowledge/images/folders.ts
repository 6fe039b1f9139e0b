/**
 * Official images that are used by copying into the working directory they set: what their own documentation shows, or what
 * the program serves or reads. By name; a pattern says which tags have it.
 */
export const imageFolders: Readonly<Record<string, RegExp>> = {
  // https://hub.docker.com/_/php: /var/www/html
  php: /apache|fpm/,
  wordpress: /(?:)/,
  drupal: /(?:)/,
  joomla: /(?:)/,
  nextcloud: /(?:)/,
  // /usr/local/apache2
  httpd: /(?:)/,
  // /usr/local/tomcat
  tomcat: /(?:)/,
  // /var/lib/jetty
  jetty: /(?:)/,
  // /app
  composer: /(?:)/,
  // /srv
  caddy: /(?:)/,
  // /var/lib/ghost
  ghost: /(?:)/,
  // /usr/src/redmine
  redmine: /(?:)/,
  // /home/gradle
  gradle: /(?:)/,
  // /usr/share/<name>
  elasticsearch: /(?:)/,
  kibana: /(?:)/,
  logstash: /(?:)/,
};

/** Images whose variant `onbuild` sets the working directory before it copies. */
export const onbuildTag = /(?:^|-)onbuild(?:-|$)/;

/** Official images that leave the working directory at the root. From their Dockerfiles in docker-library. */
export const rootFolderImages: ReadonlySet<string> = new Set(
  `alpine debian ubuntu busybox fedora centos rockylinux almalinux amazonlinux oraclelinux buildpack-deps node python ruby rust
  openjdk eclipse-temurin amazoncorretto maven gcc erlang elixir nginx redis`.split(/\s+/),
);
