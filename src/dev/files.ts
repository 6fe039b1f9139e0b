import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** The Dockerfiles in `folder` and below. */
export const dockerfiles = (folder: string): TextFile[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(?:^|[\\/.])(?:Dockerfile|Containerfile)(?:\.(?!dockerignore)[\w-]+)?$/.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
