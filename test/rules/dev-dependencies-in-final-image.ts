import { cases } from '../../src/dev/cases.ts';
import { dockerfile } from '../../src/engine/rule.ts';

const node = 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\n';
const silent: readonly (readonly [caption: string, text: string])[] = [
  ['left out by the environment', `${node}ENV NODE_ENV=production\nRUN npm ci && npm run build\nCMD ["node", "a.js"]`],
  ['an image for development', `${node}ENV NODE_ENV=development\nRUN npm install\nCMD ["node", "a.js"]`],
  ['pruned', `${node}RUN npm ci && npm run build\nRUN npm prune --omit=dev\nCMD ["node", "a.js"]`],
  ['removed', `${node}RUN npm ci && npm run build && rm -rf node_modules\nCMD ["node", "dist/a.js"]`],
  ['a tool of them starts', `${node}RUN npm ci\nCMD ["npx", "nodemon", "a.js"]`],
  ['composer without', 'FROM php:8-apache\nRUN composer install --no-dev\nCMD ["apache2-foreground"]'],
  ['Bundler for an environment that is not said', 'FROM ruby:3.4\nRUN bundle install\nCMD ["puma"]'],
  [
    'Bundler without',
    'FROM ruby:3.4\nENV RAILS_ENV=production BUNDLE_WITHOUT=development\nRUN bundle install\nCMD ["puma"]',
  ],
  ['uv without', 'FROM python:3.13\nRUN uv sync --no-dev\nCMD ["python", "a.py"]'],
];

export default cases({
  ...Object.fromEntries(silent),
  'composer, which installs all': dockerfile`
    FROM php:8-apache
    RUN composer install --no-interaction
        ~~~~~~~~~~~~~~~~
    CMD ["apache2-foreground"]
  `,
  'Bundler for production': dockerfile`
    FROM ruby:3.4
    ENV RAILS_ENV=production
    RUN bundle install
        ~~~~~~~~~~~~~~
    CMD ["puma"]
  `,
  'uv, with its group dev': dockerfile`
    FROM python:3.13
    RUN uv sync --frozen
        ~~~~~~~
    CMD ["python", "a.py"]
  `,
  'poetry, with its groups': dockerfile`
    FROM python:3.13
    RUN poetry install --no-root
        ~~~~~~~~~~~~~~
    CMD ["python", "a.py"]
  `,
});
