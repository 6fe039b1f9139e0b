import { dockerfile, type Finding, type Instruction, type Place, rule } from '../../src/engine/rule.ts';
import * as secrets from '../../src/knowledge/project/secrets.ts';

type Variables = Extract<Instruction, { kind: 'Env' | 'Arg' }>;
type Pair = Variables['pairs'][number];

export default rule({
  id: 'secret-in-variable',
  aliases: ['SecretsUsedInArgOrEnv', 'DL3064'],
  severity: 'warning',
  preset: 'recommended',
  message: 'A secret is passed as a variable.',
  why: `
    Anyone who can pull the image can read its variables, and the build arguments in its history, even if a later
    instruction removes them. Names are judged by their words. Names that say where a secret is, what it is called or
    whether there is one are not reported, nor are values that are paths, yes or no. Names that only may be secrets, such as
    a plain KEY, and placeholders such as dummy are reported only in strict; a variable that is empty until the program
    starts, only in all.
  `,
  instead: 'Use RUN --mount=type=secret in the build; give the program a variable or a file when it starts.',
  url: 'https://docs.docker.com/build/building/secrets/',
  examples: {
    'given at build time, kept in the image, and written in the file': dockerfile`
      FROM node:22
      ARG NPM_TOKEN
          ~~~~~~~~~
      ENV DB_HOST=db DB_PASSWORD=hunter2
                     ~~~~~~~~~~~
      ENV DATABASE_URL=postgres://app:hunter2@db/app
                       ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    'a secret that only one RUN can read': dockerfile`
      FROM node:22
      RUN --mount=type=secret,id=npm,env=NPM_TOKEN npm ci
    `,
    'names about secrets': dockerfile`
      FROM postgres:18
      ENV POSTGRES_PASSWORD_FILE=/run/secrets/db \
          TOKENIZERS_PARALLELISM=false \
          GPG_KEY=97FC712E4C024BBEA48A61ED3A5CA953F73C700D \
          ALLOW_EMPTY_PASSWORD=no \
          KEY_SERVER=keys.openpgp.org \
          JWT_PUBLIC_KEY=abc \
          TLS_PRIVATE_KEY=/etc/ssl/private/tls.pem
    `,
  },
  notRecommended: {
    DL3064:
      'A name proves little; recommended reports names of secrets that have a value, and values that are secrets.',
  },
  differs: {
    DL3064: [
      {
        why: 'The path or the address of a secret is not a secret.',
        only: 'hadolint',
        text: 'FROM debian:12\nENV DB_PASSWORD_FILE=/run/secrets/db',
      },
      {
        why: 'A part of a word does not count.',
        only: 'hadolint',
        text: 'FROM debian:12\nENV TOKENIZERS_PARALLELISM=true',
      },
      { why: 'hadolint also has a fixed list of service names; only those of real keys are reported.' },
    ],
    SecretsUsedInArgOrEnv: [
      {
        why: 'The id of a public key is not a secret.',
        only: 'BuildKit',
        text: 'FROM debian:12\nENV WORDPRESS_CLI_GPG_KEY=63AF7AA15067C05616FDDD88A3A2E8F226F0BC06',
      },
      { why: 'Names that it misses (PASSPHRASE, GITHUBTOKEN, …_PASS) and values that are secrets are reported too.' },
    ],
  },
  visit: {
    Env: ({ pairs }, place) => pairs.flatMap((pair) => judge(pair, 'ENV', place) ?? []),
    Arg: ({ pairs }, place) => pairs.flatMap((pair) => judge(pair, 'ARG', place) ?? []),
  },
});

function judge({ name: word, value }: Pair, kind: 'ENV' | 'ARG', place: Place): Finding | undefined {
  const { step, stage, onbuild } = place;
  const known = step.expand(word).value;
  if (known.state !== 'known') return undefined;
  const name = known.text;
  const content = value ? step.expand(value).value : undefined;
  const text = content && content.state !== 'unset' && !isOwnValue(word, value, place) ? content.text : '';
  const sure = content?.state === 'known';
  const aliases = namesFor(name, stage !== undefined && !onbuild);
  const level = levelOf(name);
  if (level) {
    if (isHarmless(text)) return undefined;
    const finding: Finding = {
      at: word,
      aliases,
      message: messageFor(name, kind, { text, sure }, place),
      ...whyFor(kind, text, place),
      ...instead(name, kind, text),
    };
    if (text === '') {
      // nobody has been told anything yet: a variable for the program, or an argument that no stage has taken
      if (kind === 'ENV' || !stage) return { ...finding, preset: 'all' };
    } else if (sure && (secrets.placeholder.test(text) || text === name)) return { ...finding, preset: 'strict' };
    return level === 'likely' ? finding : { ...finding, preset: 'strict' };
  }
  const shape = value && secrets.secretShapes.find((it) => it.shape.test(text));
  if (shape)
    return {
      at: value,
      aliases,
      message: `The value of ${name} is ${shape.what}.`,
      ...whyFor(kind, text, place),
      ...instead(name, kind, text),
    };
  if (!/user_?name/i.test(name) || aliases.length === 0) return undefined;
  return { at: word, aliases, preset: 'asked', message: `${name} is half of a credential.` };
}

/** The other tools that report a name. */
function namesFor(name: string, inStage: boolean): string[] {
  const lower = name.toLowerCase();
  const parts = lower.split('_');
  const buildkit =
    inStage &&
    parts.some((part) => secrets.buildkitSecretParts.has(part)) &&
    !parts.some((part) => secrets.buildkitPlainParts.has(part));
  const hadolint =
    secrets.hadolintSecretParts.some((part) => lower.includes(part)) ||
    secrets.hadolintSecretNames.has(name.toUpperCase());
  return [...(buildkit ? ['SecretsUsedInArgOrEnv'] : []), ...(hadolint ? ['DL3064'] : [])];
}

/** Whether a name is that of a secret. */
function levelOf(name: string): 'likely' | 'perhaps' | undefined {
  const upper = name.toUpperCase();
  if (secrets.secretNames.has(upper)) return 'likely';
  if (secrets.plainNames.has(upper)) return undefined;
  const words = wordsOf(name);
  const last = words.findLastIndex((word) => isSecretWord(word) || secrets.doubtfulWords.has(word));
  const end = words.length - 1;
  // AWS_ACCESS_KEY_ID, one half of a pair of which the other is a secret
  if (words.slice(-3).join('_') === 'access_key_id') return 'perhaps';
  const around = words.slice(0, Math.max(last, 0)).some((word) => secrets.aroundSecrets.has(word));
  const about = words.slice(last + 1).some((word) => secrets.aboutSecrets.has(word));
  if (around || about || words.some((word) => secrets.plainParts.has(word))) return undefined;
  if (last < 0) return end > 0 && secrets.secretEndings.has(words[end]!) && words[0] !== 'old' ? 'likely' : undefined;
  const word = words[last]!;
  const before = words[last - 1] ?? '';
  if (word === 'secret' && secrets.namedSecrets.has(before)) return undefined;
  if (last < end) return isSecretWord(word) ? 'perhaps' : undefined;
  if (isSecretWord(word)) return 'likely';
  if (word === 'key' && secrets.secretKeys.has(before)) return 'likely';
  return secrets.plainKeys.has(before) ? undefined : 'perhaps';
}

const isSecretWord = (word: string): boolean =>
  secrets.secretWords.has(word) || (!word.startsWith('no') && secrets.secretTails.some((tail) => word.endsWith(tail)));

/** `dbPassword2`, `DB_PASSWORD`, `db.password`: the words in lower case, numbers left out. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');

const path = /^(?:file:\/\/)?(?:~|\.{1,2}|\$\{?\w+\}?|[A-Za-z]:)?[/\\][\w.$:{}/\\ -]*$/;

/** Yes or no, a path, a place: no secret, whatever the name says. */
const isHarmless = (text: string): boolean =>
  // the fingerprint of a public key
  /^(?:0x)?[0-9A-F]{40}(?:[\s,]+(?:0x)?[0-9A-F]{40})*$/.test(text) ||
  /^(?:true|false|yes|no|on|off|[01]|enabled?|disabled?)$/i.test(text) ||
  (path.test(text) && text.length < 120) ||
  (/^https?:\/\//i.test(text) && !secrets.secretShapes.some(({ shape }) => shape.test(text)));

/** `ARG TOKEN=$TOKEN` where nothing is set before: the builder has nothing to put there. */
function isOwnValue({ text: name }: Pair['name'], value: Pair['value'], { step }: Place): boolean {
  if (!value || step.instruction.kind !== 'Arg') return false;
  const { uses } = step.expand(value);
  const rest = value.text.replaceAll(/\$\{?\w+\}?/g, '');
  return rest === '' && uses.length === 1 && uses[0]!.name === name && step.before.variable(name) === undefined;
}

function messageFor(
  name: string,
  kind: 'ENV' | 'ARG',
  { text, sure }: { readonly text: string; readonly sure: boolean },
  { stage }: Place,
): string {
  const ships = stage === undefined || stage.shipped;
  if (text === '') {
    if (kind === 'ENV' || !stage) return `${name} seems to be for a secret.`;
    return ships
      ? `Whatever value ${name} gets stays in the history of the image.`
      : `Whatever value ${name} gets stays in the build cache, and in the provenance of the image with mode=max.`;
  }
  if (kind === 'ARG') return `The default of ${name} can be read by anyone who has this file.`;
  const where = ships ? 'in the image' : 'in the build cache, and in any image built from this stage';
  return sure ? `The value of ${name} is stored ${where}.` : `Whatever value ${name} gets stays ${where}.`;
}

/** What follows where the variables of the image and its history are not the matter. */
function whyFor(kind: 'ENV' | 'ARG', text: string, { stage }: Place): { readonly why?: string } {
  if (stage?.shipped && (kind === 'ARG' || text !== '')) return {};
  if (kind === 'ENV' && text === '')
    return {
      why: 'A variable set at start can be read with docker inspect, and by every program that the container starts.',
    };
  if (kind === 'ARG' && text !== '')
    return { why: 'If the file is in a repository, the secret stays in its history even after the line is removed.' };
  if (!stage) return { why: 'If a stage declares the argument too, its value stays in the history of the image.' };
  return { why: 'The stage does not ship, but anyone with access to one of these can read the secret.' };
}

/** How the program or one RUN gets it. */
function instead(name: string, kind: 'ENV' | 'ARG', text: string): { readonly instead?: string } {
  if (kind === 'ENV' && text === '')
    return { instead: 'Let the program read the secret from a file that is mounted when the container starts.' };
  if (kind === 'ENV' || !/^\w+$/.test(name)) return {};
  const mount = `--mount=type=secret,id=${name.toLowerCase()},env=${name}`;
  return { instead: `Remove the ARG, and write RUN ${mount} for the commands that need it.` };
}
