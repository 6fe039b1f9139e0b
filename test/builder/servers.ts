import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What ADD fetches, from this machine. */
export interface Servers {
  /** `127.0.0.1:8080`, of files over http. */
  readonly http: string;
  /** The same, of the repository `/project.git` over git's own protocol. */
  readonly git: string;
  /** Puts a file below the root of http, and returns its sha256. */
  put(path: string, bytes: Buffer | string): string;
  /** Puts a file into the next commit of the repository. */
  commit(path: string, text: string): void;
  stop(): void;
}

const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];

export async function startServers(): Promise<Servers> {
  const folder = mkdtempSync(join(tmpdir(), 'dflint-servers-'));
  const repository = join(folder, 'project.git');
  mkdirSync(repository);
  const git = (...args: string[]) => execFileSync('git', [...identity, ...args], { cwd: repository });
  git('init', '--quiet', '--initial-branch=main');
  const files = new Map<string, Buffer>();
  const http = createServer(({ url = '' }, response) => {
    const found = files.get(url);
    // without a tag or a date, each build fetches it anew
    response.writeHead(found ? 200 : 404, { 'content-length': found?.length ?? 0 }).end(found);
  });
  const port = await portOf(http);
  const gitPort = await freePort();
  const daemon = spawn('git', [
    ...['daemon', '--listen=127.0.0.1', `--port=${gitPort}`, '--reuseaddr', '--export-all'],
    ...[`--base-path=${folder}`, folder],
  ]);
  await answering(gitPort);
  return {
    http: `127.0.0.1:${port}`,
    git: `127.0.0.1:${gitPort}`,
    put(path, bytes) {
      const buffer = Buffer.from(bytes);
      files.set(path, buffer);
      return createHash('sha256').update(buffer).digest('hex');
    },
    commit(path, text) {
      writeFileSync(join(repository, path), text);
      git('add', path);
      git('commit', '--quiet', '--allow-empty', '--message', path);
    },
    stop() {
      http.close();
      daemon.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const portOf = (server: ReturnType<typeof createServer>): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Waits until somebody listens, but not for a git that has no daemon. */
async function answering(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const isThere = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true));
      socket.on('error', () => resolve(false)).on('connect', () => socket.destroy());
    });
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
