/** A server that puts itself in the background: whoever started it sees it end at once. */
export interface Daemon {
  /** What keeps it in the foreground; an option with its value is written together. */
  readonly foreground: RegExp;
  /** The command that stays, as an array. */
  readonly instead: string;
  /** Whether a file of settings may keep it in the foreground as well. */
  readonly configurable?: boolean;
}

/**
 * By the name of the program, from their manuals: cron(8), crond(8), apachectl(8), httpd(8), sshd(8), nginx(8), php-fpm(8),
 * rsyslogd(8), supervisord, dnsmasq(8), named(8), squid(8).
 */
export const daemons: Readonly<Record<string, Daemon>> = {
  cron: { foreground: /(?:^| )-[a-zA-Z]*f/, instead: '["cron", "-f"]' },
  crond: { foreground: /(?:^| )-[a-zA-Z]*[fn]/, instead: '["crond", "-f"] (with BusyBox) or ["crond", "-n"]' },
  apache2ctl: {
    foreground: /FOREGROUND|(?:^| )-X|configtest|(?:^| )-[tvVMS]/,
    instead: '["apache2ctl", "-D", "FOREGROUND"]',
  },
  apachectl: {
    foreground: /FOREGROUND|(?:^| )-X|configtest|(?:^| )-[tvVMS]/,
    instead: '["apachectl", "-D", "FOREGROUND"]',
  },
  httpd: { foreground: /FOREGROUND|(?:^| )-[Xf]|(?:^| )-[tvVMS]/, instead: '["httpd", "-D", "FOREGROUND"]' },
  sshd: { foreground: /(?:^| )-[a-zA-Z]*[DdtT]/, instead: '["/usr/sbin/sshd", "-D"]' },
  nginx: {
    foreground: /daemon +off|(?:^| )-[tTvVs]/,
    instead: '["nginx", "-g", "daemon off;"]',
    configurable: true,
  },
  'php-fpm': {
    foreground: /(?:^| )-[a-zA-Z]*F|--nodaemonize|(?:^| )-[tmiv]/,
    instead: '["php-fpm", "-F"]',
    configurable: true,
  },
  rsyslogd: { foreground: /(?:^| )-[a-zA-Z]*n/, instead: '["rsyslogd", "-n"]' },
  supervisord: { foreground: /(?:^| )-[a-zA-Z]*n|--nodaemon/, instead: '["supervisord", "-n"]', configurable: true },
  dnsmasq: {
    foreground: /(?:^| )-[a-zA-Z]*[kd]|--keep-in-foreground|--no-daemon|--test/,
    instead: '["dnsmasq", "-k"]',
  },
  named: { foreground: /(?:^| )-[a-zA-Z]*[fg]/, instead: '["named", "-f"]' },
  squid: { foreground: /(?:^| )-[a-zA-Z]*[Nkz]|--foreground/, instead: '["squid", "-N"]' },
};

/** Programs that start what their arguments name and make way for it, as an ENTRYPOINT. */
export const launchers: ReadonlySet<string> = new Set(
  'tini tini-static dumb-init catatonit gosu su-exec setpriv env exec nice chroot sh bash ash dash doppler chamber'.split(
    ' ',
  ),
);
