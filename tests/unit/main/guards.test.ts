import { describe, expect, it } from 'vitest';
import { externalUrl } from '../../../src/main/external.ts';
import { guardContents, guardSession } from '../../../src/main/guards.ts';
import { createOwnPage } from '../../../src/main/ownPage.ts';
import { FakeWebContents, fakeElectron } from './fakeElectron.ts';

function guarded() {
  const refused: string[] = [];
  const asked: string[] = [];
  const hooks = {
    isOwnPage: createOwnPage(null),
    onRefused: (what: string, url: string) => void refused.push(`${what} ${url}`.trim()),
    onWindowAsked: (url: string) => void asked.push(url),
  };
  const contents = new FakeWebContents();
  guardContents(contents as never, hooks);
  const electron = fakeElectron();
  guardSession(electron.parts.session(), hooks);
  return { contents, refused, asked, permission: electron.permission };
}

describe('guardContents', () => {
  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('[SEC-04] %s stays on our page', (event) => {
    const { contents, refused } = guarded();
    const go = (url: string) => {
      let prevented = false;
      contents.emit(event, {
        url,
        preventDefault: () => {
          prevented = true;
        },
      });
      return prevented;
    };
    expect(go('app://spillway/index.html')).toBe(false);
    for (const url of [
      'https://evil.example/',
      'app://other/',
      'file:///etc/passwd',
      'about:blank',
      'javascript:alert(1)',
    ]) {
      expect(go(url)).toBe(true);
    }
    expect(refused).toHaveLength(5);
  });

  it('[SEC-04] no webview, and no window whatever it wants', () => {
    const { contents, asked } = guarded();
    let prevented = false;
    contents.emit('will-attach-webview', {
      preventDefault: () => {
        prevented = true;
      },
    });
    expect(prevented).toBe(true);
    expect(contents.openHandler?.({ url: 'app://spillway/' } as never)).toEqual({ action: 'deny' });
    expect(asked).toEqual(['app://spillway/']);
  });
});

describe('guardSession', () => {
  it.each([
    ['notifications', 'app://spillway/', true],
    ['clipboard-sanitized-write', 'app://spillway/', true],
    ['notifications', 'https://evil.example/', false],
    ['clipboard-read', 'app://spillway/', false],
    ['geolocation', 'app://spillway/', false],
    ['media', 'app://spillway/', false],
    ['openExternal', 'app://spillway/', false],
    ['unknown', 'app://spillway/', false],
  ] as const)('[SEC-05] %s for %s: %s', (name, url, granted) => {
    const { permission } = guarded();
    const details = { requestingUrl: url, isMainFrame: true };
    expect(permission.check?.(null, name, url, details)).toBe(granted);
    let answered: boolean | undefined;
    permission.request?.(
      undefined as never,
      name,
      (yes) => {
        answered = yes;
      },
      details,
    );
    expect(answered).toBe(granted);
  });
});

describe('externalUrl', () => {
  it.each([
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/',
    'https://console.aws.amazon.com/cloudwatch/home?region=us-east-1#alarms',
    'https://eu-west-1.console.aws.amazon.com/sqs/v3/home',
  ])('[SEC-15] opens %s', (url) => {
    expect(externalUrl(url)).toBe(url);
  });

  it.each([
    'http://docs.aws.amazon.com/',
    'https://docs.aws.amazon.com.evil.example/',
    'https://evil.example/docs.aws.amazon.com',
    'https://evilconsole.aws.amazon.com/',
    'https://docs.aws.amazon.com@evil.example/',
    'https://me:secret@docs.aws.amazon.com/',
    'https://docs.aws.amazon.com:8443/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://docs.aws.amazon.com/share',
    'docs.aws.amazon.com',
    '',
    `https://docs.aws.amazon.com/${'a'.repeat(2048)}`,
  ])('[SEC-15] refuses %s', (url) => {
    expect(externalUrl(url)).toBeNull();
  });
});
