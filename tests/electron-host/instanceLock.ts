/**
 * The single instance lock: a socket in the user-data folder. Whoever listens first is the instance; a later one hands its
 * command line over and gets no lock.
 */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** @returns a function that gives the lock back, or null when another instance holds it */
export function takeInstanceLock(
  userData: string,
  argv: readonly string[],
  onSecond: (argv: string[], workingDirectory: string) => void,
): (() => void) | null {
  const lockFile = path.join(userData, 'instance.lock');
  // Not in the folder itself: a socket's path is limited to about 100 characters.
  const id = createHash('sha256').update(path.resolve(userData)).digest('hex').slice(0, 16);
  const socket = path.join(tmpdir(), `electron-host-${id}.sock`);
  if (holderAlive(lockFile)) {
    net
      .connect(socket, function (this: net.Socket) {
        this.end(JSON.stringify([argv, process.cwd()]));
      })
      .on('error', () => {});
    return null;
  }
  writeFileSync(lockFile, String(process.pid));
  rmSync(socket, { force: true });
  const server = net.createServer((connection) => {
    let text = '';
    connection.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    connection.on('end', () => onSecond(...(JSON.parse(text) as [string[], string])));
  });
  server.listen(socket).unref();
  const release = () => {
    server.close();
    rmSync(lockFile, { force: true });
    rmSync(socket, { force: true });
  };
  process.once('exit', release);
  return release;
}

function holderAlive(lockFile: string): boolean {
  try {
    process.kill(Number(readFileSync(lockFile, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}
