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
