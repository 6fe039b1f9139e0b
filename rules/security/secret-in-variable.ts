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
    Whoever can pull the image reads its variables, and its history has the build arguments, whatever a later layer removes.
    Names are judged by their words: what says where a secret is, what it is called or whether there is one is fine, and so are
    values that are paths, yes or no. What may be a secret, such as a plain KEY, and values that only stand for one, such as
    dummy, are for preset strict, and a variable that is empty until the program is started is for all.
  `,
  instead:
    'RUN --mount=type=secret for the build; for the program, a variable or a file that is given when it is started.',
  url: 'https://docs.docker.com/build/building/secrets/',
  examples: {
    'given at build, kept, and written out': dockerfile`
      FROM node:22
      ARG NPM_TOKEN
          ~~~~~~~~~
      ENV DB_HOST=db DB_PASSWORD=hunter2
                     ~~~~~~~~~~~
      ENV DATABASE_URL=postgres://app:hunter2@db/app
                       ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    `,
    'a secret that only one RUN sees': dockerfile`
      FROM node:22
      RUN --mount=type=secret,id=npm,env=NPM_TOKEN npm ci
    `,
    'about secrets': dockerfile`
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
    DL3064: 'A name alone tells little; in recommended are names of secrets with a value, and values that are secrets.',
  },
  differs: {
    DL3064: [
      {
        why: 'A file or an address that names a secret is none.',
        only: 'hadolint',
        text: 'FROM debian:12\nENV DB_PASSWORD_FILE=/run/secrets/db',
      },
      {
        why: 'A word inside another is none.',
        only: 'hadolint',
        text: 'FROM debian:12\nENV TOKENIZERS_PARALLELISM=true',
      },
      { why: 'hadolint has a fixed list of names of services besides; of these only real keys are taken over.' },
    ],
    SecretsUsedInArgOrEnv: [
      {
        why: 'The id of a public key is no secret.',
        only: 'BuildKit',
        text: 'FROM debian:12\nENV WORDPRESS_CLI_GPG_KEY=63AF7AA15067C05616FDDD88A3A2E8F226F0BC06',
      },
      { why: 'Names that it misses (PASSPHRASE, GITHUBTOKEN, …_PASS) and values that are secrets are found as well.' },
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
      ...instead(name, kind),
    };
    if (text === '') {
      // nobody has been told anything yet: a variable for the program, or an argument that no stage has taken
      if (kind === 'ENV' || !stage) return { ...finding, preset: 'all' };
    } else if (sure && (secrets.placeholder.test(text) || text === name)) return { ...finding, preset: 'strict' };
    return level === 'likely' ? finding : { ...finding, preset: 'strict' };
  }
  const shape = value && secrets.secretShapes.find((it) => it.shape.test(text));
  if (shape) return { at: value, aliases, message: `The value of ${name} is ${shape.what}.`, ...instead(name, kind) };
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
    if (kind === 'ENV') return `${name} is there to hold a secret.`;
    return ships
      ? `Whatever value ${name} gets stays in the history of the image.`
      : `Whatever value ${name} gets stays in the build cache and in the provenance of the image.`;
  }
  if (kind === 'ARG') return `The default of ${name} is in this file, for all who can read it.`;
  const where = ships ? 'in the image' : `in the build cache, and in any image that is built from this stage`;
  return sure ? `The value of ${name} is ${where}.` : `Whatever value ${name} gets stays ${where}.`;
}

/** How one RUN gets it. */
const instead = (name: string, kind: 'ENV' | 'ARG'): { readonly instead?: string } =>
  kind === 'ARG' && /^\w+$/.test(name)
    ? { instead: `RUN --mount=type=secret,id=${name.toLowerCase()},env=${name} for the commands that need it.` }
    : {};
