const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Words at the end of a name by which its value is a secret. Names are cut at underscores and humps. */
export const secretWords: ReadonlySet<string> = set(`
  password passwd passphrase pword secret token apikey credential credentials creds jwt
  secretkey accesskey privatekey authtoken accesstoken sshpass
`);
/** The same, where a word stands before: alone they mean something else. */
export const secretEndings: ReadonlySet<string> = set('pass pwd pat');
/** Ends of words that are written in one: GITHUBTOKEN, MYSQLPASSWORD. */
export const secretTails: readonly string[] =
  'password passwd passphrase token secret apikey secretkey accesskey'.split(' ');

/** What stands before `key` where it is a secret; other keys may be. */
export const secretKeys: ReadonlySet<string> = set(`
  api access secret private client encryption signing master deploy license licence app auth session account shared
  preshared service jwt hmac aes rsa webhook storage
`);
/** What stands before `key` or `tokens` where it is none. */
export const plainKeys: ReadonlySet<string> = set(`
  authorized authorised cache primary foreign partition sort hash routing host keyboard remote registry lookup index apt release trusted
  max min num total input output
`);

/** What stands before `secret` where it is an object with a name, and the name is the value. */
export const namedSecrets: ReadonlySet<string> = set('kubernetes k8s kube');

/** Ends of names that may be of secrets, or of what they are called. */
export const doubtfulWords: ReadonlySet<string> = set('auth key keys passwords tokens secrets');

/** Words by which nothing in a name is a secret. */
export const plainParts: ReadonlySet<string> = set('public pub file gpg pgp fingerprint');
/** Words behind the one of the secret by which a name is of something about it: where it is, how long it lives, what it is called. */
export const aboutSecrets: ReadonlySet<string> = set(`
  files filename path paths dir directory folder location url uri endpoint host hostname server port name names
  namespace id ids type kind ttl age expiry expire expires expiration expired timeout lifetime minutes seconds days length len
  size limit max min num count version policy algorithm alg algo issuer audience scope scopes header prefix suffix
  enabled disabled required optional parallelism provider manager adapter backend engine driver method mode format encoding
  cookie field param parameter column label title hint prompt salt rounds iterations rotation strategy checking
  keyserver keyring keystore truststore store vault arn alias dummy cmd command script helper
`);
/** Words before it that say what is done about a secret, or that there is none. */
export const aroundSecrets: ReadonlySet<string> = set(`
  allow disable enable no not without random generate skip use with require validate verify check show hide print reset change
  has is needs
`);

/** Names of secrets that no word of theirs tells. */
export const secretNames: ReadonlySet<string> = set(`
  SECRET_KEY_BASE DOCKER_AUTH_CONFIG COMPOSER_AUTH NPM_CONFIG__AUTH AWS_SESSION_TOKEN PGPASSWORD REDISCLI_AUTH SSHPASS
  NETRC BUNDLE_RUBYGEMS__PKG__GITHUB__COM BUNDLE_GITHUB__COM BUNDLE_ENTERPRISE__CONTRIBSYS__COM BUNDLE_GEMS__CONTRIBSYS__COM
`);
/** Names that read as those of secrets and are none: those of files, and of the halves of credentials that are public. */
export const plainNames: ReadonlySet<string> = set(`
  GOOGLE_APPLICATION_CREDENTIALS TOKENIZERS_PARALLELISM GIT_ASKPASS SSH_ASKPASS SUDO_ASKPASS SECRET_KEY_BASE_DUMMY
`);

/** BuildKit reports a name with one of these parts between underscores (frontend/dockerfile, SecretsUsedInArgOrEnv), */
export const buildkitSecretParts: ReadonlySet<string> = set(`
  apikey auth credential credentials key password pword passwd secret token
`);
/** and without one of these. */
export const buildkitPlainParts: ReadonlySet<string> = set('public file version');

/** What hadolint looks for anywhere in a name (DL3064). */
export const hadolintSecretParts: readonly string[] = 'api_key client_key password private secret token username'.split(
  ' ',
);
/** Names that it reports as they are, of those that no part of it tells. */
export const hadolintSecretNames: ReadonlySet<string> = set('AWS_ACCESS_KEY_ID');

/** What a secret itself looks like, whatever it is called. */
export const secretShapes: readonly { readonly what: string; readonly shape: RegExp }[] = [
  { what: 'a private key', shape: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/ },
  { what: 'a GitHub token', shape: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})\b/ },
  { what: 'a GitLab token', shape: /\bgl(?:pat|dt|rt|cbt|ptt|ft)-[\w-]{20,}/ },
  { what: 'an npm token', shape: /\bnpm_[A-Za-z0-9]{36}\b/ },
  { what: 'a PyPI token', shape: /\bpypi-AgEIcHlwaS5vcmc[\w-]{50,}/ },
  { what: 'a Docker Hub token', shape: /\bdckr_[a-z]+_[\w-]{20,}/ },
  { what: 'a Slack token', shape: /\bxox[abeoprs]-[\w-]{10,}/ },
  { what: 'a Stripe key', shape: /\b[rs]k_live_[A-Za-z0-9]{20,}/ },
  { what: 'a Google key', shape: /\bAIza[\w-]{35}\b/ },
  { what: 'a Hugging Face token', shape: /\bhf_[A-Za-z]{34}\b/ },
  { what: 'a JSON Web Token', shape: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+/ },
  // the password of a URL, unless it is a variable or a placeholder
  { what: 'a URL with a password', shape: /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:(?![$<{*])[^\s/@]+@[^\s/]/i },
];

/** Values that stand for a secret which is given elsewhere. */
export const placeholder =
  /^(?:dummy|fake|placeholder|cafebabe|deadbeef|(\d)\1*|1?2345(?:6(?:7(?:8(?:90?)?)?)?)?|change[-_ ]?(?:me|this|it)|secret|unused|none|null|nil|undefined|todo|tbd|x{3,}|\*+|-+|n\/a|<.*>|\{\{.*\}\}|\[.*\]|not[-_ ]?(?:used|set|needed|required|a[-_ ]real).*|(?:dummy|fake)[-_ ].*|your[-_ ].*|.*[-_ ](?:dummy|placeholder)|build[-_ ]?only.*)$/i;
