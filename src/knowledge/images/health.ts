const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Official images that start a server and expose its port. None of the official images has a health check by policy. */
export const serverImages: ReadonlySet<string> = set(`
  nginx httpd caddy haproxy varnish traefik tomcat jetty tomee websphere-liberty open-liberty
  postgres mysql mariadb percona mongo redis valkey memcached rabbitmq nats kafka zookeeper cassandra couchdb couchbase
  elasticsearch kibana logstash solr neo4j influxdb telegraf chronograf kapacitor clickhouse crate orientdb arangodb rethinkdb
  wordpress nextcloud drupal joomla mediawiki matomo ghost redmine sonarqube nexus registry vault consul eclipse-mosquitto
`);

/** Repositories outside of the official images whose images have no health check either, by their beginning. */
export const healthlessRepositories: readonly string[] = [
  'gcr.io/distroless/',
  'mcr.microsoft.com/dotnet/',
  'cgr.dev/chainguard/',
];
