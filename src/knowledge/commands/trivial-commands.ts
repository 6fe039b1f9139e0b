/** Commands that take no time, read nothing from outside, and only write a little: to run them again costs nothing. */
export const trivialCommands: ReadonlySet<string> = new Set(
  `mkdir chmod chown chgrp ln rm rmdir echo printf touch install mktemp useradd groupadd adduser addgroup usermod groupmod
  passwd chpasswd userdel groupdel deluser delgroup sed cp mv tee cat true : test [ date ls pwd whoami id which
  a2enmod a2dismod a2ensite a2dissite a2enconf phpenmod update-alternatives debconf-set-selections
  dpkg-reconfigure locale-gen update-locale hostname`.split(/\s+/),
);
