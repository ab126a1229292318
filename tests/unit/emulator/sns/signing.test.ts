/** Signatures as a receiver checks them: from the JSON it got and the certificate it fetched, and from nothing else. */
import { type KeyObject, verify, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { createCertificate } from '../../../../src/emulator/certificate/index.ts';
import { confirmationText, notificationText } from '../../../../src/emulator/sns/envelope.ts';
import type { MessageAttributes, PublishedMessage } from '../../../../src/emulator/sns/message.ts';
import { createSigner } from '../../../../src/emulator/sns/signing.ts';
import type { Subscription } from '../../../../src/emulator/sns/topic.ts';

const origin = 'http://127.0.0.1:4566';
const topicArn = 'arn:aws:sns:us-east-1:000000000000:orders';

/** What the texts read of a subscription. */
const subscriptionWith = (version: '1' | '2'): Subscription =>
  ({
    arn: `${topicArn}:7c2f3b0e-1111-4222-8333-444455556666`,
    protocol: 'https',
    topic: { arn: topicArn, settings: new Map([['SignatureVersion', version]]) },
  }) as unknown as Subscription;

const message = (changed: Partial<PublishedMessage> = {}): PublishedMessage => ({
  messageId: '165545c9-2a5c-472c-8df2-7ff2be2b3b1b',
  topicArn,
  publishedAtMs: Date.UTC(2026, 2, 2, 3, 4, 5, 678),
  subject: null,
  body: 'hello',
  bodies: null,
  attributes: null,
  groupId: null,
  deduplicationId: null,
  sequenceNumber: null,
  origin,
  replayed: false,
  ...changed,
});

/** Names in byte order; a notification has a Subject only when the publisher gave one. */
const signedNames: Readonly<Record<string, readonly string[]>> = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
  UnsubscribeConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
};

type Received = Record<string, string | undefined>;

/** Reading a certificate takes longer than a signature. */
const publicKeys = new Map<string, KeyObject>();
function publicKeyOf(certificatePem: string): KeyObject {
  const key = publicKeys.get(certificatePem) ?? new X509Certificate(certificatePem).publicKey;
  publicKeys.set(certificatePem, key);
  return key;
}

function isGenuine(received: Received, certificatePem: string): boolean {
  const signed = signedNames[received.Type!]!.flatMap((name) =>
    received[name] === undefined ? [] : [name, received[name]],
  );
  return verify(
    received.SignatureVersion === '2' ? 'RSA-SHA256' : 'RSA-SHA1',
    Buffer.from(signed.map((line) => `${line}\n`).join('')),
    publicKeyOf(certificatePem),
    Buffer.from(received.Signature!, 'base64'),
  );
}

const signer = createSigner();
const attributes: MessageAttributes = new Map([['price', { dataType: 'Number', value: '12' }]]);
const question = { messageId: 'b9f0', token: '2336412f37', atMs: Date.UTC(2026, 2, 2), origin };

const texts: readonly (readonly [string, (version: '1' | '2') => string])[] = [
  ['a notification', (version) => notificationText(message(), subscriptionWith(version), signer)],
  [
    'a notification with a subject and attributes',
    (version) => notificationText(message({ subject: 'Order 7', attributes }), subscriptionWith(version), signer),
  ],
  [
    'a notification of a FIFO topic, replayed',
    (version) =>
      notificationText(
        message({ sequenceNumber: '10000000000000000000', replayed: true }),
        subscriptionWith(version),
        signer,
      ),
  ],
  [
    'a notification with a text for its protocol',
    (version) =>
      notificationText(message({ bodies: new Map([['https', 'for the web']]) }), subscriptionWith(version), signer),
  ],
  [
    'a subscription confirmation',
    (version) => confirmationText({ ...question, type: 'SubscriptionConfirmation' }, subscriptionWith(version), signer),
  ],
  [
    'an unsubscribe confirmation',
    (version) => confirmationText({ ...question, type: 'UnsubscribeConfirmation' }, subscriptionWith(version), signer),
  ],
];

describe('a receiver', () => {
  for (const version of ['1', '2'] as const) {
    test.each(texts)(`finds %s genuine with version ${version}`, (_, write) => {
      const received = JSON.parse(write(version)) as Received;
      expect(received.SignatureVersion).toBe(version);
      expect(isGenuine(received, signer.certificatePem())).toBe(true);
    });

    test.each(texts)(`finds %s of version ${version} changed, whichever signed field it is`, (_, write) => {
      const received = JSON.parse(write(version)) as Received;
      const names = signedNames[received.Type!]!.filter((name) => name !== 'Type' && received[name] !== undefined);
      const passed = names.filter((name) =>
        isGenuine({ ...received, [name]: `${received[name]}x` }, signer.certificatePem()),
      );
      expect(names.length).toBeGreaterThan(3);
      expect(passed).toEqual([]);
    });
  }

  it('finds a signature of one version no good for the other', () => {
    const received = JSON.parse(notificationText(message(), subscriptionWith('1'), signer)) as Received;
    expect(isGenuine({ ...received, SignatureVersion: '2' }, signer.certificatePem())).toBe(false);
  });

  it('gets a signature for each version, of one text too', () => {
    const genuine = (['1', '2', '1'] as const).map((version) =>
      isGenuine(
        JSON.parse(notificationText(message({ body: 'same' }), subscriptionWith(version), signer)) as Received,
        signer.certificatePem(),
      ),
    );
    expect(genuine).toEqual([true, true, true]);
  });

  it('finds any text genuine, whatever else was signed before it', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 });
    const few = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.oneof(text, few), fc.option(text), fc.constantFrom('1' as const, '2' as const)), {
          minLength: 1,
          maxLength: 20,
        }),
        (published) => {
          for (const [body, subject, version] of published) {
            const written = notificationText(message({ body, subject }), subscriptionWith(version), signer);
            expect(isGenuine(JSON.parse(written) as Received, signer.certificatePem())).toBe(true);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('the certificate', () => {
  it('is self-signed, over an RSA key of 2048 bits, and holds in every year of a scenario or a receiver', () => {
    const certificate = new X509Certificate(signer.certificatePem());
    expect(certificate.subject).toBe('CN=sns.amazonaws.com');
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.publicKey.asymmetricKeyType).toBe('rsa');
    expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2_048);
    expect(Date.parse(certificate.validFrom)).toBeLessThanOrEqual(Date.UTC(2000, 0, 1));
    expect(Date.parse(certificate.validTo)).toBeGreaterThan(Date.UTC(2045, 0, 1));
    expect(certificate.subjectAltName).toBeUndefined();
  });

  it('is at a path that looks as on AWS, below the origin that the publisher used', () => {
    const url = signer.certificateUrl('http://localhost:4566');
    expect(url).toMatch(/^http:\/\/localhost:4566\/SimpleNotificationService-[0-9a-f]{32}\.pem$/);
    expect(signer.certificateUrl(origin)).toBe(url.replace('localhost', '127.0.0.1'));
    expect(signer.ownsPath(new URL(url).pathname)).toBe(true);
    expect(signer.ownsPath('/SimpleNotificationService-00000000000000000000000000000000.pem')).toBe(false);
    expect(signer.ownsPath('/')).toBe(false);
  });

  it('is made at the first signature, once', () => {
    let made = 0;
    const lazy = createSigner(() => {
      made++;
      return createCertificate({ commonName: 'test', altNames: [], notBefore: 0, days: 1 });
    });
    expect(lazy.ownsPath('/SimpleNotificationService-00000000000000000000000000000000.pem')).toBe(false);
    expect(made).toBe(0);
    lazy.sign('text', '2');
    lazy.sign('another text', '1');
    lazy.certificateUrl(origin);
    lazy.certificatePem();
    expect(made).toBe(1);
  });

  it('is another one, at another path, for another signer', () => {
    const other = createSigner();
    expect(other.certificateUrl(origin)).not.toBe(signer.certificateUrl(origin));
    expect(other.sign('text', '1')).not.toBe(signer.sign('text', '1'));
  });
});
