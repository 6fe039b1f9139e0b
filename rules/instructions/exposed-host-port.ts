import { dockerfile, type Port, portsOf, replace, rule, type Word } from '../../src/engine/rule.ts';

export default rule({
  id: 'exposed-host-port',
  aliases: ['ExposeInvalidFormat'],
  severity: 'warning',
  preset: 'recommended',
  fix: 'safe',
  message: 'EXPOSE contains an IP address or a port of the host.',
  why: `
    The builder keeps only the port of the container: an image cannot publish ports, only docker run and Compose can. BuildKit
    warns of it and will refuse it in the future.
  `,
  instead: 'Write only the port of the container, and publish it with docker run --publish.',
  url: 'https://docs.docker.com/reference/build-checks/expose-invalid-format/',
  examples: {
    'a mapping': dockerfile`
        FROM nginx:1.29
      - EXPOSE 8080:80 443
               ~~~~~~~
      + EXPOSE 80 443
    `,
    'the address of an interface': dockerfile`
        FROM nginx:1.29
      - EXPOSE 127.0.0.1:8080:80/tcp
               ~~~~~~~~~~~~~~~~~~~~~
      + EXPOSE 80/tcp
    `,
    'ports of the container': dockerfile`
      FROM nginx:1.29
      EXPOSE 80 443/tcp 9000-9010
    `,
  },
  visit: {
    Expose({ ports }, { step }) {
      return ports.flatMap((word) => {
        const known = portsOf([word], step);
        const [first, ...others] = known.filter(isMapped);
        if (!first) return known.length === 0 && mayBeMapped(word) ? { at: word } : [];
        const message = `${first.text} contains ${first.ip ? 'an IP address' : 'a port of the host'}, which EXPOSE ignores.`;
        if (!first.plain || others.length > 0) return { at: word, message };
        const text = first.text.slice(first.port.at);
        return { at: word, message, fix: replace(word, text, `Write ${text}`) };
      });
    },
  },
});

/** What is no port of a host stops the build, which another rule tells. */
const isMapped = ({ ip, host }: Port): boolean =>
  host !== undefined && (host.text === '' ? !!ip : /^\d+(?:-\d+)?$/.test(host.text));

/** Whatever its variables hold, a colon outside of them divides the host from the container. */
const mayBeMapped = ({ parts }: Word): boolean => parts.some((part) => part.kind === 'Text' && part.raw.includes(':'));
