/** Programs that read what a package manager installs for a project, by the manager. */
export const runners: Readonly<Record<string, RegExp>> = {
  ...Object.fromEntries(
    ['npm', 'yarn', 'pnpm', 'bun'].map((it) => [
      it,
      /^(?:node|nodejs|npm|npx|yarn|pnpm|bun|pm2.*|nodemon|ts-node|tsx|next|nuxt|nest|serve)$/,
    ]),
  ),
  ...Object.fromEntries(
    ['pip', 'pipenv', 'poetry', 'uv', 'conda'].map((it) => [
      it,
      /^(?:python[\d.]*|gunicorn|uvicorn|hypercorn|daphne|uwsgi|celery|flask|fastapi|django-admin|streamlit|airflow|poetry|pipenv|uv|manage\.py)$/,
    ]),
  ),
  ...Object.fromEntries(
    ['gem', 'bundle'].map((it) => [
      it,
      /^(?:ruby|bundle|rails|rake|puma|unicorn|thin|rackup|sidekiq|passenger|jekyll)$/,
    ]),
  ),
  composer: /^(?:php|php-fpm[\d.]*|apache2.*|httpd|frankenphp|rr|artisan)$/,
};

/** Programs that run what they are given as it is, without a build of their own. */
export const interpreters: RegExp =
  /^(?:node|nodejs|bun|deno|python[\d.]*|ruby|php|php-fpm[\d.]*|perl|java|dotnet|lua)$/;

/** Servers of files, with the folders that they serve in their own images. */
export const servers: Readonly<Record<string, readonly string[]>> = {
  nginx: ['/usr/share/nginx/html', '/etc/nginx'],
  httpd: ['/usr/local/apache2/htdocs', '/usr/local/apache2/conf'],
  caddy: ['/usr/share/caddy', '/etc/caddy', '/srv'],
};

/** Folders that a package manager fills for a project, with one of the managers whose programs read them. */
export const dependencyFolders: Readonly<Record<string, string>> = {
  node_modules: 'npm',
  '.venv': 'pip',
  venv: 'pip',
  'site-packages': 'pip',
  vendor: 'composer',
  bundle: 'bundle',
};
