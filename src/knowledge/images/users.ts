const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Official images that run what they run as root unless a USER says otherwise. */
export const rootImages: ReadonlySet<string> = set(`
  alpine debian ubuntu busybox fedora centos rockylinux almalinux amazonlinux oraclelinux archlinux photon mageia clearlinux
  buildpack-deps alt sl
  node python ruby golang rust perl openjdk eclipse-temurin amazoncorretto ibmjava sapmachine pypy julia r-base erlang elixir
  haskell swift dart gcc clojure bash hylang
  maven gradle tomcat composer docker
`);

/** Official images whose main program, or the script that starts it, leaves root behind by itself. */
export const droppingImages: ReadonlySet<string> = set(`
  nginx httpd php wordpress nextcloud drupal joomla mediawiki matomo postgres mysql mariadb mongo redis valkey rabbitmq
  cassandra couchdb couchbase influxdb telegraf memcached haproxy varnish caddy traefik consul vault nats registry
  zookeeper kafka ghost sonarqube jenkins elasticsearch kibana logstash solr neo4j chronograf kapacitor eclipse-mosquitto
`);

/** Tags of variants that have a user without privileges. */
export const unprivilegedTags = /nonroot|non-root|rootless|unprivileged/;

/** Programs with which what starts a container leaves root behind. */
export const droppers: ReadonlySet<string> = set(
  'gosu su-exec setpriv setuidgid s6-setuidgid chpst runuser su fixuid s6-svscan s6-overlay',
);
