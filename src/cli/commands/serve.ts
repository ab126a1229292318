/**
 * `spillway serve`: engine and pages on loopback; prints a one-time link. Enter prints another.
 */
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fillTemplate } from '../../core/messages/index.ts';
import { serveLines } from '../../core/messages/serveLines.ts';
import { numberOption, textOption, type Values } from '../arguments.ts';
import { type Command, type CommandIo, untilStopped } from '../command.ts';
import { dbOption } from '../host/commonOptions.ts';
import { startEngine } from '../host/engine.ts';
import { readGivenFile } from '../host/files.ts';
import { defaultDatabaseFile, rendererDir } from '../host/paths.ts';
import { hostTime } from '../host/time.ts';
import { serve } from '../serve/server.ts';
import { tokenFileOf, writeTokenFile } from '../serve/tokenFile.ts';
import { callEngine } from '../session.ts';
import { halfOfPair } from '../usage.ts';

export const command: Command = {
  summary: {
    en: 'the app in a browser, over loopback, with a one-time link',
    ko: '일회용 링크로 여는 루프백 주소의 브라우저 앱',
  },
  options: {
    port: {
      type: 'string',
      default: '0',
      value: 'N',
      help: { en: 'port, 0 for any free one', ko: '포트. 0이면 비어 있는 아무 포트' },
    },
    db: dbOption,
    demo: { type: 'boolean', default: false, help: { en: 'start with the demo running', ko: '데모를 실행한 채 시작' } },
    'demo-speed': {
      type: 'string',
      default: '60',
      value: 'N',
      help: {
        en: 'virtual seconds per second in the demo, 0 holds it',
        ko: '데모에서 1초에 흐르는 가상 시간(초). 0이면 멈춤',
      },
    },
    'allow-host': {
      type: 'string',
      value: 'NAME,...',
      help: { en: 'more names this server may be called by', ko: '이 서버에 접속할 때 쓸 수 있는 다른 호스트 이름' },
    },
    address: {
      type: 'string',
      value: 'IP',
      help: { en: 'listen there instead of loopback; needs TLS', ko: '루프백 대신 연결을 받을 주소. TLS 필요' },
    },
    'tls-cert': { type: 'string', value: 'FILE', help: { en: 'certificate (PEM)', ko: '인증서(PEM)' } },
    'tls-key': { type: 'string', value: 'FILE', help: { en: 'private key (PEM)', ko: '개인 키(PEM)' } },
  },
  async run(values, io) {
    const port = numberOption(values, 'port', { min: 0, max: 65_535, whole: true, example: '8080' });
    const speed = numberOption(values, 'demo-speed', { min: 0, max: 3600, example: '60' });
    const tls = tlsFiles(values);
    const file = textOption(values, 'db') ?? defaultDatabaseFile();
    const address = textOption(values, 'address') ?? null;

    const engine = await startEngine(file, 'serve', io);
    try {
      const extraHosts = (textOption(values, 'allow-host') ?? '').toLowerCase().split(',').filter(Boolean);
      const served = await serve({ engine, port, address, tls, extraHosts, rendererDir, hostTime });
      // Ends with this command however it does: what still listens would keep the process alive.
      try {
        const tokenFile = tokenFileOf(file);
        writeTokenFile(tokenFile, { url: served.url, token: served.secrets.token });
        try {
          if (address !== null) io.complain(fillTemplate(serveLines.openAddress[io.language], { address }));
          io.print(fillTemplate(serveLines.served[io.language], { url: served.url }));
          io.print(fillTemplate(serveLines.link[io.language], { link: served.loginLink() }));
          printLinksOnEnter(io, served.loginLink);
          if (values.demo) await callEngine(engine, 'demo.start', { speed });
          await untilStopped();
        } finally {
          rmSync(tokenFile, { force: true });
        }
      } finally {
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
  if (cert === undefined) throw halfOfPair('tls-key', 'tls-cert', 'FILE');
  if (key === undefined) throw halfOfPair('tls-cert', 'tls-key', 'FILE');
  return { cert: readGivenFile(cert), key: readGivenFile(key) };
}

function printLinksOnEnter(io: CommandIo, loginLink: () => string): void {
  if (!process.stdin.isTTY) return;
  const lines = createInterface({ input: process.stdin });
  lines.on('line', () => io.print(loginLink()));
  process.stdin.unref();
}
