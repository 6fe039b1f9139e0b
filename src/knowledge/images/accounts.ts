/** An account of an image beside root. */
export interface Account {
  readonly name: string;
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  readonly home: string | undefined;
}

interface ImageAccounts {
  /** Registry, repository and tag. */
  readonly image: RegExp;
  readonly accounts: readonly Account[];
}

const account = (name: string, uid: number, gid = uid, home = `/home/${name}`): Account => ({ name, uid, gid, home });

/** Accounts that people run builds as, from /etc/passwd of the images. The first that fits decides. */
export const imageAccounts: readonly ImageAccounts[] = [
  { image: /^docker\.io\/library\/node:/, accounts: [account('node', 1000)] },
  { image: /^docker\.io\/library\/gradle:/, accounts: [account('gradle', 1000)] },
  {
    image: /^docker\.io\/library\/ubuntu:(?:latest|rolling|devel|noble|2[4-9]|oracular|plucky|questing)/,
    accounts: [account('ubuntu', 1000)],
  },
  { image: /^docker\.io\/library\/php:.*alpine/, accounts: [account('www-data', 82)] },
  { image: /^docker\.io\/library\/php:/, accounts: [account('www-data', 33, 33, '/var/www')] },
  { image: /^docker\.io\/oven\/bun:/, accounts: [account('bun', 1000)] },
  { image: /^docker\.io\/denoland\/deno:/, accounts: [account('deno', 1993)] },
  { image: /^(?:docker\.io|quay\.io)\/jupyter\//, accounts: [account('jovyan', 1000, 100)] },
  { image: /^docker\.io\/cimg\//, accounts: [account('circleci', 3434)] },
  { image: /^mcr\.microsoft\.com\/devcontainers\//, accounts: [account('vscode', 1000)] },
  {
    // .NET 8 and newer
    image: /^mcr\.microsoft\.com\/dotnet\/(?:sdk|aspnet|runtime|runtime-deps):(?:latest|[89]|\d\d)/,
    accounts: [account('app', 1654)],
  },
];
