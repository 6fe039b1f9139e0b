import {
  dockerfile,
  type Finding,
  type Place,
  type Port,
  pieceSpan,
  portsOf,
  replace,
  rule,
  swallowed,
  type Word,
} from '../../src/engine/rule.ts';

const HIGHEST = 65_535;
const protocols: ReadonlySet<string> = new Set(['', 'tcp', 'udp', 'sctp']);

export default rule({
  id: 'impossible-port',
  aliases: ['DL3011'],
  severity: 'error',
  preset: 'recommended',
  fix: 'suggestion',
  message: 'This is not a valid port.',
  why: `
    The build stops here. A port is a number from 0 to 65535, a range goes from the lower to the higher one, and the protocol
    after the slash is tcp, udp or sctp. A variable is judged only if the file shows its value.
  `,
  instead: 'Write a port such as 8080 or 53/udp, or a range such as 9000-9010, with spaces between several.',
  url: 'https://docs.docker.com/reference/dockerfile/#expose',
  examples: {
    'a number that is too high': dockerfile`
      FROM nginx:1.29
      EXPOSE 80 80443/tcp
                ~~~~~
    `,
    'commas, and a comment after the ports': dockerfile`
        FROM nginx:1.29
      - EXPOSE 80, 443 # the site
               ~~~     ~~~~~~~~~~
      + EXPOSE 80 443 # the site
    `,
    'ranges and protocols': dockerfile`
      FROM coturn/coturn:4.7
      ARG RELAY
      EXPOSE 3478 3478/udp 49152-65535/UDP 0 $RELAY
    `,
  },
  visit: {
    Expose(node, place) {
      const { ports, span } = node;
      const inner = swallowed(node);
      if (inner) {
        const own = ports.filter((port) => port.span.end <= inner.span.start);
        const message = `The trailing backslash above makes this ${inner.keyword} part of the EXPOSE before it.`;
        const found = portsOf(own, place.step).flatMap((port) => judge(port, place) ?? []);
        return [...found, { at: inner, aliases: [], message, instead: 'Remove the backslash.' }];
      }
      // what follows a number sign was meant as a comment, and one finding tells it
      const comment = ports.findIndex(({ raw }) => raw.startsWith('#'));
      const words = comment < 0 ? ports : ports.slice(0, comment);
      const found = portsOf(words, place.step).flatMap((port) => judge(port, place) ?? []);
      return comment < 0 ? found : [...found, trailing(ports[comment]!, span.end)];
    },
  },
});

const trailing = ({ span }: Word, end: number): Finding => ({
  at: { start: span.start, end },
  aliases: [],
  message: 'EXPOSE takes the words of this comment for ports.',
  instead: 'Put the comment on a line of its own.',
});

function judge(port: Port, { onbuild }: Place): Finding | undefined {
  const { word, text } = port;
  const list = /^(.*?),+$/.exec(text);
  if (list && port.plain && numbers(list[1]!)) {
    const fix = replace(word, list[1]!, 'Remove the comma');
    return { at: word, aliases: [], message: `${text} is not a port; separate ports with spaces.`, fix };
  }
  const { host, ip, protocol } = port;
  const range = wrongRange(port, 'port', onbuild) ?? (host?.text ? wrongRange(port, 'host', onbuild) : undefined);
  if (range) return range;
  const uneven = unevenRanges(port);
  if (uneven) return uneven;
  if (ip && !isAddress(ip.text)) {
    return { at: pieceSpan(port, ip), aliases: [], message: `${ip.text} is not an IP address.` };
  }
  if (!protocol || protocols.has(protocol.text.toLowerCase())) return undefined;
  const message = `EXPOSE does not know the protocol ${protocol.text}, only tcp, udp and sctp.`;
  return { at: pieceSpan(port, protocol), aliases: [], message };
}

/** As Go reads an IP address: no leading zeros, brackets around any of them. */
function isAddress(text: string): boolean {
  const bare = /^\[(.*)\]$/.exec(text)?.[1] ?? text;
  if (/^(?:(?:25[0-5]|2[0-4]\d|1?\d{1,2})(?:\.|$)){4}$/.test(bare)) return !/(?:^|\.)0\d|\.$/.test(bare);
  // of IPv6 what tells it from a list of ports
  if (!/^[\da-f:.]+$/i.test(bare) || (bare.match(/::/g) ?? []).length > 1 || /:::/.test(bare)) return false;
  return bare.includes('::') || /^(?:[\da-f]{1,4}(?::|$)){8}$/i.test(bare);
}

/** Several ports of the container need as many of the host; a single one may be given a range to choose from. */
function unevenRanges(port: Port): Finding | undefined {
  const { host } = port;
  const own = numbers(port.port.text);
  const outer = host?.text ? numbers(host.text) : undefined;
  if (!own || !outer || own[0] === own[1] || own[1] - own[0] === outer[1] - outer[0]) return undefined;
  const message = `The ranges ${host!.text} and ${port.port.text} differ in length.`;
  return { at: port.word, aliases: [], message };
}

/** The two ends of a port or a range. */
function numbers(text: string): readonly [number, number] | undefined {
  const [, first, last] = /^\+?(\d+)(?:-\+?(\d+))?$/.exec(text) ?? [];
  return first === undefined ? undefined : [Number(first), Number(last ?? first)];
}

function wrongRange(port: Port, which: 'port' | 'host', onbuild: boolean): Finding | undefined {
  const piece = port[which]!;
  const at = pieceSpan(port, piece);
  const ends = numbers(piece.text);
  if (!ends) return { at, aliases: [], message: `${piece.text || port.text} is not a port.` };
  const [first, last] = ends;
  if (Math.max(first, last) > HIGHEST) {
    const message = `There is no port ${Math.max(first, last)}; the highest is ${HIGHEST}.`;
    return { at, aliases: onbuild ? [] : ['DL3011'], message };
  }
  if (first <= last) return undefined;
  const message = `The range ${piece.text} runs backwards.`;
  return {
    at,
    aliases: [],
    message,
    ...(port.plain ? { fix: replace(at, `${last}-${first}`, 'Swap the ends of the range') } : {}),
  };
}
