/**
 * HTTPS of `spillway emulator`: the certificate a person gives, or one made for this run, and how clients come to trust it.
 */
import path from 'node:path';
import { emulatorLines } from '../../core/messages/emulatorLines.ts';
import type { TlsFiles } from '../../emulator/index.ts';
import type { OptionTable } from '../arguments.ts';
import { textOption, type Values } from '../arguments.ts';
import { halfOfPair, type Said, UsageError } from '../usage.ts';
import { readGivenFile, writeGivenFile } from './files.ts';
import { hostTime } from './time.ts';

export const tlsOptions: OptionTable = {
  tls: {
    type: 'boolean',
    default: false,
    help: {
      en: 'answer https as well, with a certificate for localhost made for this run',
      ko: '이번 실행용으로 만든 localhost 인증서로 https에도 응답',
    },
  },
  'tls-cert': {
    type: 'string',
    value: 'FILE',
    help: { en: 'certificate to answer https with (PEM)', ko: 'https에 쓸 인증서(PEM)' },
  },
  'tls-key': { type: 'string', value: 'FILE', help: { en: 'its private key (PEM)', ko: '그 인증서의 개인 키(PEM)' } },
  'tls-cert-out': {
    type: 'string',
    value: 'FILE',
    help: {
      en: 'write the certificate made by --tls there, for clients to trust',
      ko: '--tls로 만든 인증서를 클라이언트가 신뢰할 수 있도록 파일로 쓰기',
    },
  },
};

export interface EmulatorTls {
  readonly files: TlsFiles;
  /** Lines that say what clients need. */
  readonly advice: readonly Said[];
}

const dayMs = 86_400_000;
const daysGood = 397;

/**
 * @returns null without TLS
 * @throws UsageError for options that do not go together, SpillwayError FILE_UNREADABLE, FILE_UNWRITABLE
 */
export async function emulatorTls(values: Values): Promise<EmulatorTls | null> {
  const cert = textOption(values, 'tls-cert');
  const key = textOption(values, 'tls-key');
  const out = textOption(values, 'tls-cert-out');
  if (cert === undefined && key !== undefined) throw halfOfPair('tls-key', 'tls-cert', 'FILE');
  if (cert !== undefined && key === undefined) throw halfOfPair('tls-cert', 'tls-key', 'FILE');
  if (cert !== undefined && key !== undefined) {
    if (out !== undefined) throw new UsageError(outOfGivenCertificate);
    return { files: { certificatePem: textOf(cert), privateKeyPem: textOf(key) }, advice: [] };
  }
  if (!values.tls) {
    if (out !== undefined) throw new UsageError(outWithoutTls);
    return null;
  }
  // Loaded when asked for, so that plain starts stay as fast as they were.
  const { createCertificate } = await import('../../emulator/certificate/index.ts');
  const files = createCertificate({
    commonName: 'localhost',
    altNames: ['localhost', '127.0.0.1', '::1'],
    // Clients check it by their own clock, which may be a little behind.
    notBefore: hostTime.nowMs() - dayMs,
    days: daysGood,
    keyType: 'ec-p256',
  });
  if (out === undefined) return { files, advice: [emulatorLines.howToTrust] };
  writeGivenFile(out, files.certificatePem);
  const file = quoted(path.resolve(out));
  return { files, advice: [`export AWS_CA_BUNDLE=${file} NODE_EXTRA_CA_CERTS=${file}`] };
}

const outOfGivenCertificate = {
  en: '--tls-cert-out is for the certificate that --tls makes, expected it without --tls-cert. Leave out one of the two.',
  ko: '--tls-cert-out은 --tls로 만든 인증서를 쓰는 옵션이라 --tls-cert와 함께 쓸 수 없습니다. 둘 중 하나를 빼세요.',
} as const;

const outWithoutTls = {
  en: '--tls-cert-out needs --tls: without it there is no certificate. Add --tls.',
  ko: '--tls-cert-out에는 --tls가 필요합니다. --tls 없이는 인증서를 만들지 않습니다. --tls를 추가하세요.',
} as const;

const textOf = (file: string): string => readGivenFile(file).toString('utf8');

/** As a shell takes it for one word. */
const quoted = (text: string): string => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
