import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'each of them': {
    text: dockerfile`
      FROM example.com/base:1
      RUN top
          ~~~
      RUN free
          ~~~~
      RUN shutdown now
          ~~~~~~~~
      RUN /usr/sbin/service x start
          ~~~~~~~~~~~~~~~~~
      RUN systemctl start x
          ~~~~~~~~~
      RUN mount /dev/sda1 /mnt
          ~~~~~
      RUN kill 1
          ~~~~
      RUN ssh host true
          ~~~
      RUN ps
          ~~
      RUN ifconfig
          ~~~~~~~~
    `,
    aliases: ['DL3001', 'DL3001', 'DL3001', 'DL3001', '', 'DL3001', 'DL3001', 'DL3001', 'DL3001', 'DL3001'],
  },
  'a background job of the same RUN': dockerfile`
      FROM example.com/base:1
      RUN ./server & sleep 5 && ./fill && kill $!
      RUN ./server & PID=$!; ./fill; kill $PID; ps
      RUN service mysql start && mysql -e 'create database app' && service mysql stop
  `,
  'a service that nothing uses': dockerfile`
      FROM example.com/base:1
      RUN apt-get install -y mysql-server && service mysql start && echo done
                                             ~~~~~~~
  `,
  'what only writes settings': dockerfile`
      FROM example.com/base:1
      RUN systemctl enable nginx && systemctl --root=/ mask getty.target && systemctl set-default multi-user.target
  `,
  'rights of the host that were asked for': dockerfile`
      FROM example.com/base:1
      RUN --security=insecure mount -t tmpfs none /mnt
  `,
  'a secret is the key': dockerfile`
      FROM example.com/base:1
      RUN --mount=type=secret,id=key ssh -i /run/secrets/key host true
  `,
  'words that are not commands, and commands of the container': dockerfile`
      FROM example.com/base:1
      RUN apt-get install -y vim ssh && echo mount ps > /etc/words && alias top=htop
      HEALTHCHECK CMD ps aux | grep -q app
      CMD ["top"]
  `,
  'what each does instead': {
    text: dockerfile`
      FROM example.com/base:1
      RUN service apache2 restart
          ~~~~~~~
      RUN sudo systemctl restart "$A"
               ~~~~~~~~~
      RUN /etc/init.d/x start
          ~~~~~~~~~~~~~
      RUN mount /dev/sda1 /mnt
          ~~~~~
      RUN mount
          ~~~~~
      RUN vim /etc/hosts
          ~~~
      RUN killall x
          ~~~~~~~
      RUN ssh host true
          ~~~
    `,
    says: [
      'service apache2 restart has no effect on the services of the container: processes do not outlive their RUN. … Remove it, and …',
      'systemctl restart has no effect on …',
      '/etc/init.d/x start has no effect on …',
      'mount is for a running machine, not for an image build. …',
      'mount prints facts about the running build, not about the image. …',
      'vim is for use at a terminal, and an image build has none. …',
      'killall has no process to end: those of an earlier RUN ended with it. …',
      'ssh makes the build depend on another machine and its keys. …',
    ],
  },
  'in ONBUILD': dockerfile`
      FROM example.com/base:1
      ONBUILD RUN service nginx start
                  ~~~~~~~
  `,
  'a script of a service is no client of the same name': {
    text: dockerfile`
      FROM debian:12
      RUN /etc/init.d/ssh start
          ~~~~~~~~~~~~~~~
      RUN sudo /etc/init.d/mysql restart
               ~~~~~~~~~~~~~~~~~
      RUN /etc/init.d/mysql start && mysql -e 'create database a' && /etc/init.d/mysql stop
      RUN echo /etc/init.d/ssh start >> /root/.bashrc && cp x /etc/init.d/ssh
    `,
    aliases: ['', ''],
  },
});
