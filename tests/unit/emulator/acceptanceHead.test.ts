/** HEAD, which programs send that wait for a server to be there. */
import { connect } from 'node:http2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningEmulator } from '../../../src/emulator/index.ts';
import { startTestEmulator } from '../../contract/testEmulator.ts';

let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startTestEmulator();
});
afterAll(() => emulator.stop());

describe.each(['/', '/_spillway/health', '/_spillway/clock'])('HEAD %s', (address) => {
  it('has the status and length of GET, and no body', async () => {
    const [head, get] = [
      await fetch(emulator.endpoint + address, { method: 'HEAD' }),
      await fetch(emulator.endpoint + address),
    ];
    expect(head.status).toBe(200);
    expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'));
    expect(await head.text()).toBe('');
    expect(await get.text()).not.toBe('');
  });

  it('does over HTTP/2, too', async () => {
    const session = connect(emulator.endpoint);
    const stream = session.request({ ':method': 'HEAD', ':path': address });
    const status = new Promise((resolve) => stream.on('response', (headers) => resolve(headers[':status'])));
    let body = '';
    for await (const chunk of stream) body += String(chunk);
    session.close();
    expect(await status).toBe(200);
    expect(body).toBe('');
  });
});

it('HEAD changes nothing: what is for POST stays so', async () => {
  const before = emulator.cloud;
  expect((await fetch(`${emulator.endpoint}/_spillway/reset`, { method: 'HEAD' })).status).toBe(404);
  expect(emulator.cloud).toBe(before);
});
