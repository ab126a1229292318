import { describe, expect, it } from 'vitest';
import { diagnosticsText } from '../../../src/main/diagnostics.ts';
import { openHostState } from '../../../src/main/hostState.ts';
import { createLog } from '../../../src/main/log.ts';
import { redact } from '../../../src/main/redact.ts';

const marked = 'wJalrXUtnFEMI7K7MDENGbPxRfiCYzEXAMPLE123';

describe('redact', () => {
  it.each([
    'AKIAIOSFODNN7EXAMPLE',
    'key ASIAIOSFODNN7EXAMPLE!',
    `secretAccessKey: "${marked}"`,
    `{"sessionToken":"${marked}"}`,
    `aws_secret_access_key=${marked}`,
    `Authorization: Bearer ${marked}`,
    `https://me:${marked}@queue.example/`,
    `X-Amz-Signature=${marked}&x=1`,
    `bare ${marked} in a sentence`,
  ])('[SEC-16] %s', (line) => {
    const shown = redact(line);
    expect(shown).toContain('[redacted]');
    expect(shown).not.toContain(marked);
    expect(shown).not.toMatch(/A[KS]IA[A-Z0-9]{12}/);
  });

  it('[SEC-16] the name of the user is taken out of paths', () => {
    expect(redact('at /home/minji/app and /Users/minji/x and C:\\Users\\minji\\y')).not.toContain('minji');
  });

  it('leaves what helps', () => {
    const line = 'GetMetricData took 83 ms, 1200 rows, arn:aws:sqs:us-east-1:000000000000:orders';
    expect(redact(line)).toBe(line);
  });
});

describe('createLog', () => {
  it('[EL-47] rotates at its limit and keeps what was written last', () => {
    let text = '';
    let rotations = 0;
    const log = createLog(
      {
        size: () => text.length,
        append: (more) => {
          text += more;
        },
        rotate() {
          rotations += 1;
          text = '';
        },
        tail: (characters) => text.slice(-characters),
      },
      () => 0,
    );
    for (let line = 0; line < 300; line += 1) log(`${line} ${'x '.repeat(1500)}`);
    expect(rotations).toBe(1);
    expect(text.length).toBeLessThanOrEqual(512 * 1024);
    expect(log.tail(10_000)).toContain('299 x');
  });

  it('writes one entry per line, with the instant', () => {
    let text = '';
    const file = {
      size: () => 0,
      append: (more: string) => {
        text += more;
      },
      rotate: () => {},
      tail: () => '',
    };
    createLog(file, () => Date.UTC(2026, 2, 2))('a\nb');
    expect(text).toBe('2026-03-02T00:00:00.000Z a\n  b\n');
  });
});

it('[EL-47] diagnostics say versions and state, redacted', () => {
  const text = diagnosticsText({
    version: '1.0.0',
    versions: { electron: '45.4.1', node: '24.0.0' },
    platform: 'linux',
    engineState: 'ready',
    databaseFile: '/home/minji/spillway.sqlite',
    logTail: `secret=${marked}\n`,
  });
  expect(text).toContain('Spillway 1.0.0 on linux\nelectron 45.4.1, chrome (none), node 24.0.0');
  expect(text).not.toContain(marked);
  expect(text).not.toContain('minji');
});

describe('openHostState', () => {
  it.each(['', 'null', '{"lastFolder":7,"language":"xx","theme":{}}', 'not json'])(
    'a damaged file (%j) is an empty memory',
    (text) => {
      const state = openHostState({ read: () => text, write: () => {} }, () => {});
      expect(state.get()).toEqual({ lastFolder: null, language: null, theme: 'system' });
    },
  );

  it('remembers, writes only what changed, and survives a full disk', () => {
    const written: string[] = [];
    const failures: unknown[] = [];
    const state = openHostState(
      {
        read: () => '{"lastFolder":"/a","language":"ko","theme":"dark"}',
        write(text) {
          written.push(text);
          if (written.length > 1) throw new Error('ENOSPC');
        },
      },
      (thrown) => void failures.push(thrown),
    );
    state.update({ language: 'ko' });
    state.update({ theme: 'light' });
    state.update({ theme: 'contrast' });
    expect(written).toHaveLength(2);
    expect(failures).toHaveLength(1);
    expect(state.get()).toEqual({ lastFolder: '/a', language: 'ko', theme: 'contrast' });
  });
});
