/**
 * `spillway serve`: engine and pages on loopback; prints a one-time link. Enter prints another.
 */
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { numberOption, textOption, UsageError, type Values } from '../arguments.ts';
import { type Command, type CommandIo, untilStopped } from '../command.ts';
import { startEngine } from '../host/engine.ts';
import { readGivenFile } from '../host/files.ts';
import { defaultDatabaseFile, rendererDir } from '../host/paths.ts';
import { hostTime } from '../host/time.ts';
import { serve } from '../serve/server.ts';
import { tokenFileOf, writeTokenFile } from '../serve/tokenFile.ts';
import { callEngine } from '../session.ts';

export const command: Command = {
  summary: 'the app in a browser, over loopback, with a one-time link',
  options: {
    port: { type: 'string', default: '0', value: 'N', help: 'port, 0 for any free one' },
    db: { type: 'string', value: 'FILE', help: 'database (default: the one of the desktop app)' },
    demo: { type: 'boolean', default: false, help: 'start with the demo running' },
    'demo-speed': {
      type: 'string',
      default: '60',
      value: 'N',
      help: 'virtual seconds per second in the demo, 0 holds it',
    },
    'allow-host': { type: 'string', value: 'NAME,...', help: 'more names this server may be called by' },
    address: { type: 'string', value: 'IP', help: 'listen there instead of loopback; needs TLS' },
    'tls-cert': { type: 'string', value: 'FILE', help: 'certificate (PEM)' },
    'tls-key': { type: 'string', value: 'FILE', help: 'private key (PEM)' },
  },
  async run(values, io) {
    const port = numberOption(values, 'port', { min: 0, max: 65_535, whole: true });
    const speed = numberOption(values, 'demo-speed', { min: 0, max: 3600 });
    const tls = tlsFiles(values);
    const file = textOption(values, 'db') ?? defaultDatabaseFile();
    const address = textOption(values, 'address') ?? null;

    const engine = await startEngine(file, 'serve', io);
    try {
      const extraHosts = (textOption(values, 'allow-host') ?? '').toLowerCase().split(',').filter(Boolean);
      const served = await serve({ engine, port, address, tls, extraHosts, rendererDir, hostTime });
      const tokenFile = tokenFileOf(file);
      writeTokenFile(tokenFile, { url: served.url, token: served.secrets.token });
      try {
        if (address !== null)
          io.complain(`Warning: listening on ${address}. Everybody who reaches it can try to log in.`);
        io.print(`Spillway is served at ${served.url}`);
        io.print(`Open this link (it works once, for five minutes; Enter prints another): ${served.loginLink()}`);
        printLinksOnEnter(io, served.loginLink);
        if (values.demo) await callEngine(engine, 'demo.start', { speed });
        await untilStopped();
      } finally {
        rmSync(tokenFile, { force: true });
        await served.close();
      }
    } finally {
      await engine.close();
    }
    return 0;
  },
};

function tlsFiles(values: Values): { cert: Buffer; key: Buffer } | null {
  const cert = textOption(values, 'tls-cert');
  const key = textOption(values, 'tls-key');
  if (cert === undefined && key === undefined) return null;
  if (cert === undefined || key === undefined)
    throw new UsageError('--tls-cert and --tls-key belong together; one is missing');
  return { cert: readGivenFile(cert), key: readGivenFile(key) };
}

function printLinksOnEnter(io: CommandIo, loginLink: () => string): void {
  if (!process.stdin.isTTY) return;
  const lines = createInterface({ input: process.stdin });
  lines.on('line', () => io.print(loginLink()));
  process.stdin.unref();
}
