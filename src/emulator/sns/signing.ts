/**
 * The key that messages are signed with, and its certificate, which receivers fetch to verify them.
 *
 * Made at the first signature, because many runs never sign. Make one signer per process: receivers keep the certificate
 * by its URL, past a reset. Not here: which text is signed (envelope.ts), serving the certificate (the port).
 */
import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { type Certificate, createCertificate } from '../certificate/index.ts';
import type { Signer } from './envelope.ts';

export interface CertifiedSigner extends Signer {
  certificatePem(): string;
  /** Whether `path` is where the certificate is to be had. Makes no key: a path that nobody was told is not ours. */
  ownsPath(path: string): boolean;
}

interface Identity {
  readonly certificatePem: string;
  readonly path: string;
  readonly key: KeyObject;
}

/** A fan-out signs one text per protocol again and again, and a signature costs as much as the rest of a delivery. */
const rememberedSignatures = 4;

/** @param makeCertificate with an RSA key */
export function createSigner(makeCertificate: () => Certificate = topicCertificate): CertifiedSigner {
  let made: Identity | null = null;
  const signatures = new Map<string, string>();

  function identity(): Identity {
    made ??= identityOf(makeCertificate());
    return made;
  }

  return {
    sign(text, version) {
      const key = `${version}${text}`;
      const known = signatures.get(key);
      if (known !== undefined) return known;
      const digest = version === '1' ? 'RSA-SHA1' : 'RSA-SHA256';
      const signature = sign(digest, Buffer.from(text, 'utf8'), identity().key).toString('base64');
      if (signatures.size >= rememberedSignatures) signatures.delete(signatures.keys().next().value!);
      signatures.set(key, signature);
      return signature;
    },
    certificateUrl: (origin) => `${origin}${identity().path}`,
    certificatePem: () => identity().certificatePem,
    ownsPath: (path) => path === made?.path,
  };
}

/** Named after the certificate, so that another key never hides behind an address that receivers know. */
function identityOf({ certificatePem, privateKeyPem }: Certificate): Identity {
  const digits = createHash('sha256').update(certificatePem).digest('hex').slice(0, 32);
  return {
    certificatePem,
    path: `/SimpleNotificationService-${digits}.pem`,
    key: createPrivateKey(privateKeyPem),
  };
}

/** Holds at any time that a receiver or a scenario may have: the emulator's clock is not the receivers'. */
export function topicCertificate(): Certificate {
  return createCertificate({
    commonName: 'sns.amazonaws.com',
    // For no host: it is for signatures, never for a connection.
    altNames: [],
    notBefore: Date.UTC(2000, 0, 1),
    days: 18_000,
  });
}
