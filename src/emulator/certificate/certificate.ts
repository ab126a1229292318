/**
 * A self-signed X.509 certificate with its private key: for HTTPS on loopback, and for what signs messages.
 *
 * Written out here over Node's own crypto, because all of it is one structure of some twenty elements. An end-entity certificate that is its
 * own issuer: clients trust it by being given it, and it cannot sign others. The one thing in the emulator that no seed
 * repeats, because a key that could be worked out again would be no secret.
 * Not here: certificates that others made, reading certificates.
 */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import * as der from './der.ts';
import { ipBytes } from './ipBytes.ts';

export interface CertificateOptions {
  /** 1 to 64 characters. */
  readonly commonName: string;
  /** Names and addresses it holds for: `localhost`, `127.0.0.1`, `::1`. */
  readonly altNames: readonly string[];
  /** Epoch milliseconds, counted in whole seconds. Clients that check it have the host's clock, not a virtual one. */
  readonly notBefore: number;
  /** How long it holds, a whole number from 1. */
  readonly days: number;
  /** RSA is what every client of SNS verifies with; a P-256 key is made a hundred times faster. Default `rsa-2048`. */
  readonly keyType?: 'rsa-2048' | 'ec-p256';
}

export interface Certificate {
  readonly certificatePem: string;
  /** PKCS #8, not encrypted. */
  readonly privateKeyPem: string;
}

const dayMs = 86_400_000;
/** The form of an instant has four digits for the year. */
const lastMs = Date.UTC(9_999, 11, 31, 23, 59, 59);

const oids = {
  commonName: '2.5.4.3',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  sha256WithRsa: '1.2.840.113549.1.1.11',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
} as const;

/** What differs between the two kinds of keys. */
const kinds = {
  'rsa-2048': {
    makeKeys: () => generateKeyPairSync('rsa', { modulusLength: 2_048 }),
    algorithm: () => der.sequence(der.objectIdentifier(oids.sha256WithRsa), der.none()),
    // digitalSignature, and keyEncipherment for clients that agree on keys the old way.
    usage: () => der.bitString(Buffer.from([0b1010_0000]), 5),
  },
  'ec-p256': {
    makeKeys: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    algorithm: () => der.sequence(der.objectIdentifier(oids.ecdsaWithSha256)),
    usage: () => der.bitString(Buffer.from([0b1000_0000]), 7),
  },
} as const;

/** @throws RangeError for a name or a duration that no certificate can have */
export function createCertificate(options: CertificateOptions): Certificate {
  check(options);
  const { commonName, altNames, notBefore, days, keyType = 'rsa-2048' } = options;
  const kind = kinds[keyType];
  const { publicKey, privateKey } = kind.makeKeys();
  const publicKeyInfo = publicKey.export({ type: 'spki', format: 'der' });
  const keyId = createHash('sha256').update(publicKeyInfo).digest().subarray(0, 20);
  const name = der.sequence(der.set(der.sequence(der.objectIdentifier(oids.commonName), der.utf8String(commonName))));
  const startMs = Math.floor(notBefore / 1_000) * 1_000;
  const toBeSigned = der.sequence(
    der.explicit(0, der.integer(Buffer.from([2]))), // version 3
    // Unlike any other's, as the key is; the first bit is cleared and the second set, so that it is positive and of one length.
    der.integer(Buffer.from([(keyId[0]! & 0x3f) | 0x40, ...keyId.subarray(1, 16)])),
    kind.algorithm(),
    name,
    der.sequence(der.time(startMs), der.time(startMs + days * dayMs)),
    name,
    publicKeyInfo,
    der.explicit(
      3,
      der.sequence(
        extension(oids.basicConstraints, der.sequence(), true), // no authority
        extension(oids.keyUsage, kind.usage(), true),
        extension(oids.extendedKeyUsage, der.sequence(der.objectIdentifier(oids.serverAuth))),
        ...(altNames.length === 0 ? [] : [extension(oids.subjectAltName, der.sequence(...altNames.map(generalName)))]),
        extension(oids.subjectKeyIdentifier, der.octetString(keyId)),
        extension(oids.authorityKeyIdentifier, der.sequence(der.implicit(0, keyId))),
      ),
    ),
  );
  const signature = sign('sha256', toBeSigned, privateKey);
  return {
    certificatePem: pem('CERTIFICATE', der.sequence(toBeSigned, kind.algorithm(), der.bitString(signature))),
    privateKeyPem: privateKeyPem(privateKey),
  };
}

function check({ commonName, altNames, notBefore, days }: CertificateOptions): void {
  if (commonName.length < 1 || commonName.length > 64)
    throw new RangeError(`commonName is "${commonName}", expected 1 to 64 characters`);
  const odd = altNames.find((name) => ipBytes(name) === null && !/^[\w*.-]{1,253}$/.test(name));
  if (odd !== undefined) throw new RangeError(`altNames has "${odd}", expected host names and addresses`);
  if (!Number.isInteger(days) || days < 1) throw new RangeError(`days is ${days}, expected a whole number from 1`);
  if (!(notBefore >= 0 && notBefore + days * dayMs <= lastMs))
    throw new RangeError(`notBefore is ${notBefore}, expected epoch milliseconds, with an end before the year 10000`);
}

function extension(oid: string, content: Uint8Array, critical = false): Buffer {
  const flag = critical ? [der.boolean(true)] : [];
  return der.sequence(der.objectIdentifier(oid), ...flag, der.octetString(content));
}

/** Addresses as bytes, so that clients that compare addresses find them; everything else is a DNS name. */
function generalName(name: string): Buffer {
  const address = ipBytes(name);
  return address === null ? der.implicit(2, Buffer.from(name, 'latin1')) : der.implicit(7, address);
}

const privateKeyPem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').replace(/.{1,64}/g, '$&\n');
  return `-----BEGIN ${label}-----\n${lines}-----END ${label}-----\n`;
}
