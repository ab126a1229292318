/** Certificates as Node's own reader, and TLS itself, understand them. */
import { createPrivateKey, createVerify, sign, X509Certificate } from 'node:crypto';
import { connect, createServer, type TLSSocket } from 'node:tls';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CertificateOptions, createCertificate } from '../../../../src/emulator/certificate/index.ts';
import { ipBytes } from '../../../../src/emulator/certificate/ipBytes.ts';

const localhost: CertificateOptions = {
  commonName: 'localhost',
  altNames: ['localhost', '127.0.0.1', '::1'],
  notBefore: Date.UTC(2026, 2, 2, 1, 2, 3, 400),
  days: 30,
  keyType: 'ec-p256',
};

describe('createCertificate', () => {
  it.each(['rsa-2048', 'ec-p256'] as const)('%s: says what was asked, and signs itself', (keyType) => {
    const { certificatePem, privateKeyPem } = createCertificate({ ...localhost, keyType });
    const read = new X509Certificate(certificatePem);
    expect([read.subject, read.issuer, read.ca]).toEqual(['CN=localhost', 'CN=localhost', false]);
    expect(read.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
    expect([read.validFrom, read.validTo]).toEqual(['Mar  2 01:02:03 2026 GMT', 'Apr  1 01:02:03 2026 GMT']);
    expect([read.checkHost('localhost'), read.checkIP('127.0.0.1'), read.checkHost('example.org')]).toEqual([
      'localhost',
      '127.0.0.1',
      undefined,
    ]);
    expect(read.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(read.verify(read.publicKey)).toBe(true);
    expect(read.checkPrivateKey(createPrivateKey(privateKeyPem))).toBe(true);
  });

  it('an RSA key by default, of 2048 bits, good for both digests of SNS', () => {
    const { certificatePem, privateKeyPem } = createCertificate({ ...localhost, keyType: undefined });
    const { publicKey } = new X509Certificate(certificatePem);
    expect([publicKey.asymmetricKeyType, publicKey.asymmetricKeyDetails?.modulusLength]).toEqual(['rsa', 2_048]);
    for (const digest of ['RSA-SHA1', 'RSA-SHA256']) {
      const signature = sign(digest, Buffer.from('text'), privateKeyPem);
      expect(createVerify(digest).update('text').verify(publicKey, signature)).toBe(true);
    }
  });

  it.each([
    ['rsa-2048', '03020 5a0'],
    ['ec-p256', '030207 80'],
  ] as const)('%s: is no authority, and clients must mind what its key is for', (keyType, usage) => {
    const { raw } = new X509Certificate(createCertificate({ ...localhost, keyType }).certificatePem);
    // Each with its object identifier and the mark that it is critical.
    expect(raw.toString('hex')).toContain('300c0603551d130101ff04023000');
    expect(raw.toString('hex')).toContain(`300e0603551d0f0101ff0404${usage.replace(' ', '')}`);
  });

  it('two are never the same, nor are their serial numbers', () => {
    const [one, other] = [createCertificate(localhost), createCertificate(localhost)].map(
      ({ certificatePem }) => new X509Certificate(certificatePem).serialNumber,
    );
    expect(one).not.toBe(other);
    expect(one).toHaveLength(32);
  });

  it('carries a connection of a client that trusts nothing else', async () => {
    const { certificatePem, privateKeyPem } = createCertificate({ ...localhost, notBefore: Date.now() - 60_000 });
    const server = createServer({ cert: certificatePem, key: privateKeyPem }, (socket) => socket.end('hello'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const socket = await new Promise<TLSSocket>((resolve, reject) => {
      const one = connect({ port, host: '127.0.0.1', ca: certificatePem }, () => resolve(one));
      one.on('error', reject);
    });
    expect(socket.authorized).toBe(true);
    socket.destroy();
    await new Promise((closed) => server.close(closed));
  });

  // X.509 changes the form of an instant with the year 2050.
  it.each([
    ['2049-12-31T23:59:59Z', 'Dec 31 23:59:59 2049 GMT'],
    ['2050-01-01T00:00:00Z', 'Jan  1 00:00:00 2050 GMT'],
    ['1970-01-01T00:00:00Z', 'Jan  1 00:00:00 1970 GMT'],
    ['9998-01-01T00:00:00Z', 'Jan  1 00:00:00 9998 GMT'],
  ])('begins at %s', (iso, shown) => {
    const { certificatePem } = createCertificate({ ...localhost, notBefore: Date.parse(iso) });
    expect(new X509Certificate(certificatePem).validFrom).toBe(shown);
  });

  it('any name that is allowed comes back as it was', () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 21, unit: 'grapheme' }).filter((name) => name.length <= 64),
        fc.array(fc.oneof(label, fc.ipV4()), { maxLength: 30 }),
        fc.integer({ min: 1, max: 40_000 }),
        (commonName, altNames, days) => {
          const read = new X509Certificate(
            createCertificate({ ...localhost, commonName, altNames, days }).certificatePem,
          );
          expect(read.toLegacyObject().subject.CN).toBe(commonName);
          const told = (read.subjectAltName ?? '').split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''));
          expect(told).toEqual(altNames.length === 0 ? [''] : altNames);
          expect(read.validToDate.getTime() - read.validFromDate.getTime()).toBe(days * 86_400_000);
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each([
    [{ commonName: '' }, /commonName is "", expected 1 to 64/],
    [{ commonName: 'x'.repeat(65) }, /commonName/],
    [{ altNames: ['ok', 'not a host'] }, /altNames has "not a host"/],
    [{ days: 0 }, /days is 0/],
    [{ days: 1.5 }, /days is 1.5/],
    [{ notBefore: Number.NaN }, /notBefore is NaN/],
    [{ notBefore: -1 }, /notBefore is -1/],
    [{ days: 4_000_000 }, /before the year 10000/],
  ])('refuses %j', (odd, words) => {
    expect(() => createCertificate({ ...localhost, ...odd })).toThrow(words);
  });
});

describe('ipBytes', () => {
  it.each([
    ['127.0.0.1', '7f000001'],
    ['::1', `${'00'.repeat(15)}01`],
    ['::', '00'.repeat(16)],
    ['fe80::1:2', `fe80${'0000'.repeat(5)}00010002`],
    ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
    ['::ffff:10.1.2.3', `${'00'.repeat(10)}ffff0a010203`],
    ['1::', `0001${'00'.repeat(14)}`],
  ])('%s', (text, hex) => {
    expect(Buffer.from(ipBytes(text)!).toString('hex')).toBe(hex);
  });

  it.each(['localhost', '1.2.3', '1.2.3.4.5', 'fe80::1%eth0', '', '::g'])('%j is no address', (text) => {
    expect(ipBytes(text)).toBeNull();
  });
});
