/**
 * HTTPS of `spillway emulator`: the certificate a person gives, or one made for this run, and how clients come to trust it.
 */
import path from 'node:path';
import type { TlsFiles } from '../../emulator/index.ts';
import type { OptionTable } from '../arguments.ts';
import { textOption, UsageError, type Values } from '../arguments.ts';
import { readGivenFile, writeGivenFile } from './files.ts';
import { hostTime } from './time.ts';

export const tlsOptions: OptionTable = {
  tls: {
    type: 'boolean',
    default: false,
    help: 'answer https as well, with a certificate for localhost made for this run',
  },
  'tls-cert': { type: 'string', value: 'FILE', help: 'certificate to answer https with (PEM)' },
  'tls-key': { type: 'string', value: 'FILE', help: 'its private key (PEM)' },
  'tls-cert-out': {
    type: 'string',
    value: 'FILE',
    help: 'write the certificate made by --tls there, for clients to trust',
  },
};

export interface EmulatorTls {
  readonly files: TlsFiles;
  /** Lines that say what clients need. */
  readonly advice: readonly string[];
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
  if ((cert === undefined) !== (key === undefined))
    throw new UsageError('--tls-cert and --tls-key belong together; one is missing');
  if (cert !== undefined && key !== undefined) {
    if (out !== undefined)
      throw new UsageError('--tls-cert-out is for the certificate that --tls makes, expected it without --tls-cert');
    return { files: { certificatePem: textOf(cert), privateKeyPem: textOf(key) }, advice: [] };
  }
  if (!values.tls) {
    if (out !== undefined) throw new UsageError('--tls-cert-out needs --tls: without it there is no certificate');
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
  if (out === undefined) return { files, advice: [howToTrust] };
  writeGivenFile(out, files.certificatePem);
  const file = quoted(path.resolve(out));
  return { files, advice: [`export AWS_CA_BUNDLE=${file} NODE_EXTRA_CA_CERTS=${file}`] };
}

const howToTrust =
  'Clients must be told to trust its certificate: with --tls-cert-out FILE it is written where AWS_CA_BUNDLE and NODE_EXTRA_CA_CERTS can point.';

const textOf = (file: string): string => readGivenFile(file).toString('utf8');

/** As a shell takes it for one word. */
const quoted = (text: string): string => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
