import { dockerfile, pieceSpan, portsOf, replace, rule } from '../../src/engine/rule.ts';

export default rule({
  id: 'protocol-case',
  aliases: ['ExposeProtoCasing'],
  severity: 'style',
  preset: 'recommended',
  fix: 'safe',
  message: 'The protocol of the port is not in lower case.',
  why: `
    Docker's build checks warn of it, and the image has it in lower case whatever is written here.
  `,
  instead: 'Write the protocol in lower case: tcp, udp or sctp.',
  url: 'https://docs.docker.com/reference/build-checks/expose-proto-casing/',
  examples: {
    'in capitals': dockerfile`
        FROM coredns/coredns:1.12.4
      - EXPOSE 53/UDP 53/tcp
                  ~~~
      + EXPOSE 53/udp 53/tcp
    `,
    'in lower case, and a port without one': dockerfile`
      FROM coredns/coredns:1.12.4
      EXPOSE 53/udp 53
    `,
  },
  visit: {
    Expose({ ports }, place) {
      return portsOf(ports, place.step).flatMap((port) => {
        const { protocol, plain } = port;
        if (!protocol || !/^(?:tcp|udp|sctp)$/i.test(protocol.text)) return [];
        const lower = protocol.text.toLowerCase();
        if (protocol.text === lower) return [];
        const at = pieceSpan(port, protocol);
        const message = `The protocol ${protocol.text} is not in lower case.`;
        return plain ? { at, message, fix: replace(at, lower, `Write ${lower}`) } : { at, message };
      });
    },
  },
});
