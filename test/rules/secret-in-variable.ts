import { cases, recommended } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

export default cases({
  'what each tool says': {
    text: dockerfile`
      FROM alpine:3.22
      ENV API_KEY=x \
          ~~~~~~~
          APIKEY=x \
          ~~~~~~
          DB_PASSWD=x \
          ~~~~~~~~~
          CLIENT_SECRET=x \
          ~~~~~~~~~~~~~
          USERNAME=x \
          ~~~~~~~~
          APP_JWT=x \
          ~~~~~~~
          SERVICE_CREDENTIALS=x \
          ~~~~~~~~~~~~~~~~~~~
          AWS_ACCESS_KEY_ID=x \
          ~~~~~~~~~~~~~~~~~
          dbPassword2=x
          ~~~~~~~~~~~
    `,
    aliases: [
      'SecretsUsedInArgOrEnv DL3064',
      'SecretsUsedInArgOrEnv',
      'SecretsUsedInArgOrEnv',
      'SecretsUsedInArgOrEnv DL3064',
      'DL3064',
      '',
      'SecretsUsedInArgOrEnv',
      'SecretsUsedInArgOrEnv DL3064',
      'DL3064',
    ],
  },
  'before FROM and in a trigger only hadolint looks': {
    text: dockerfile`
      ARG NPM_TOKEN=abc
          ~~~~~~~~~
      FROM alpine:3.22
      ONBUILD ENV NPM_TOKEN=abc
                  ~~~~~~~~~
    `,
    aliases: ['DL3064', 'DL3064'],
  },
  'misses of other tools': recommended(dockerfile`
    FROM alpine:3.22
    ARG PASSPHRASE GITHUBTOKEN GH_PAT DB_PWD SMTP_PASS accessToken npm_config__auth secretKey
        ~~~~~~~~~~ ~~~~~~~~~~~ ~~~~~~ ~~~~~~ ~~~~~~~~~ ~~~~~~~~~~~ ~~~~~~~~~~~~~~~~ ~~~~~~~~~
    ENV ADMIN_KEYSTORE_PASSWORD=example VAULT_TOKEN=abc
        ~~~~~~~~~~~~~~~~~~~~~~~         ~~~~~~~~~~~
  `),
  'false alarms of other tools': recommended(dockerfile`
    FROM alpine:3.22
    ARG USERNAME PWD OLDPWD AUTHOR KEYS_URL PASSWORD_POLICY TOKEN_TTL SIGNING_KEY_ID
    ENV TOKENIZERS_PARALLELISM=1 \
        SECRETS_PATH=/x \
        DB_PASSWORD_FILE=/run/x \
        PRIVATE_REPO=x \
        TRAVIS_OS_NAME=x \
        DOCKER_EMAIL=a \
        WORDPRESS_CLI_GPG_KEY=63AF7AA15067C05616FDDD88A3A2E8F226F0BC06 \
        PUBLIC_KEY=abc PUBKEY_TOKENS=x \
        KEY_SERVER=a.example \
        MAX_TOKENS=4096 \
        MYSQL_RANDOM_ROOT_PASSWORD=yes \
        GOOGLE_APPLICATION_CREDENTIALS=\$HOME/adc.json \
        APACHE_WEBDAV_AUTH=/etc/apache2/webdav.password \
        AUTHORIZED_KEYS=x KUBERNETES_SECRET=app \
        SECRET_KEY_BASE_DUMMY=1 \
        BYPASS=x COMPASS=x \
        TOKEN_ENDPOINT=x AUTH_TOKEN_HEADER=X-Auth \
        SSL_KEY=\${CERTS}/key.pem
  `),
  'false alarms of other tools, in strict': {
    text: dockerfile`
      FROM alpine:3.22
      ARG USERNAME
      ENV TOKENIZERS_PARALLELISM=1 PUBLIC_KEY=abc GPG_KEY=63AF7AA15067C05616FDDD88A3A2E8F226F0BC06
    `,
    preset: 'strict',
  },
  'perhaps a secret, or the sign of one': {
    text: dockerfile`
      FROM alpine:3.22
      ARG KEY
          ~~~
      ENV XDEBUG_IDE_KEY=x SECRET_KEY_BASE=dummy MANDRILL_TOKEN=MANDRILL_TOKEN
          ~~~~~~~~~~~~~~   ~~~~~~~~~~~~~~~       ~~~~~~~~~~~~~~
    `,
    preset: 'strict',
  },
  'the same is not for recommended': recommended(dockerfile`
    FROM alpine:3.22
    ARG KEY
    ENV XDEBUG_IDE_KEY=x SECRET_KEY_BASE=dummy MANDRILL_TOKEN=MANDRILL_TOKEN
  `),
  'empty: a build is there to give it, a program has yet to be given it': recommended(dockerfile`
    ARG API_TOKEN
    FROM alpine:3.22
    ARG API_TOKEN=
        ~~~~~~~~~
    ENV DB_PASSWORD=
    ENV OTHER_TOKEN=\$API_TOKEN
        ~~~~~~~~~~~
  `),
  'BuildKit reports empty ones too': {
    text: dockerfile`
      FROM alpine:3.22
      ENV DB_PASSWORD=
          ~~~~~~~~~~~
    `,
    preset: 'buildkit',
  },
  'by what the value is': recommended(dockerfile`
    FROM alpine:3.22
    ENV BROKER=amqp://guest:guest@rabbit:5672/ \
               ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
        SITE=https://user@example.com/a:b@c \
        DATABASE_URL=postgres://\$DB_USER:\$DB_PASSWORD@db/app \
        GH=ghp_0123456789abcdefghijABCDEFGHIJ012345
           ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  `),
  'the old form': recommended(dockerfile`
    FROM alpine:3.22
    ENV MYSQL_ROOT_PASSWORD hunter 2
        ~~~~~~~~~~~~~~~~~~~
  `),
  'the fingerprint of a public key': recommended(dockerfile`
    FROM swift:6
    ENV SWIFT_SIGNING_KEY=52BB7E3DE28A71BE22EC05FFEF80A866B47A981F
    ARG SIGNING_KEY=52bb7e3de28a71be22ec05ffef80a866b47a981f
        ~~~~~~~~~~~
  `),
  'words that stand for a secret': recommended(dockerfile`
    FROM debian:12
    ARG API_KEY=CAFEBABE
    ENV DB_PASSWORD=changeme API_TOKEN=DEADBEEF
  `),
  'numbers that are counted': recommended(dockerfile`
    FROM debian:12
    ENV AIO_TOKEN=123456 PIN_SECRET=0000
  `),
});
