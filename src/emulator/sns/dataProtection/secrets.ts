/** Detectors of credentials: AWS secret keys, and private keys between the lines that begin and end them. */
import type { Detector, Finding } from './detectors.ts';
import { anyOf, detect, keywords } from './forms.ts';

/** From each begin to the first end behind it. Without an end there is no key. */
function between(begin: RegExp, end: RegExp): Detector {
  return (body) => {
    const findings: Finding[] = [];
    for (const { index } of body.matchAll(begin)) {
      if (index < (findings.at(-1)?.end ?? 0)) continue;
      end.lastIndex = index;
      const last = end.exec(body);
      // None behind this one is none behind any later one.
      if (last === null) break;
      findings.push({ start: index, end: last.index + last[0].length });
    }
    return findings;
  };
}

const pem = (label: string): Detector =>
  between(new RegExp(`-----BEGIN ${label}-----`, 'g'), new RegExp(`-----END ${label}-----`, 'g'));

export const secrets = (): readonly (readonly [string, Detector])[] => [
  [
    'AwsSecretKey',
    detect({
      expression: /(?<![\w/+])[A-Za-z\d/+]{40}(?![\w/+=])/g,
      beside: keywords('aws_secret_access_key, credentials, secret access key, secret key, set-awscredential'),
    }),
  ],
  ['OpenSshPrivateKey', pem('OPENSSH PRIVATE KEY')],
  ['PgpPrivateKey', pem('PGP PRIVATE KEY BLOCK')],
  ['PkcsPrivateKey', anyOf(...['', 'RSA ', 'EC ', 'DSA ', 'ENCRYPTED '].map((kind) => pem(`${kind}PRIVATE KEY`)))],
  ['PuttyPrivateKey', between(/PuTTY-User-Key-File-[123]:/g, /Private-(?:MAC|Hash): *[\da-f]+/g)],
];
