/** The address that an answer shows, for clients that call the port by any name or by none. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningEmulator } from '../../../src/emulator/index.ts';
import { startTestEmulator } from '../../contract/testEmulator.ts';

let emulator: RunningEmulator;
let port: number;
beforeAll(async () => {
  emulator = await startTestEmulator();
  port = Number(new URL(emulator.endpoint).port);
});
afterAll(() => emulator.stop());

/** @param head request line and headers, as they go over the wire. @returns the whole reply */
function raw(head: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(`${head.join('\r\n')}\r\n\r\n`));
    socket.setEncoding('latin1').on('data', (text: string) => {
      heard += text;
    });
    socket.on('error', reject).on('close', () => resolve(heard));
  });
}

const create = (version: string) => `GET /?Action=CreateQueue&QueueName=q&Version=2012-11-05 HTTP/${version}`;

describe('SQS-120 the host of a queue URL', () => {
  it.each([
    { name: 'a loopback name', host: 'localhost:4566' },
    { name: 'IPv6', host: '[::1]:4566' },
    { name: 'a name of somebody in between', host: 'sqs.proxy.example' },
  ])('is the one asked for: $name', async ({ host }) => {
    const heard = await raw([create('1.1'), `Host: ${host}`, 'Connection: close']);
    expect(heard).toContain(`<QueueUrl>http://${host}/000000000000/q</QueueUrl>`);
  });

  it.each([
    { name: 'an empty Host', head: [create('1.1'), 'Host:', 'Connection: close'] },
    { name: 'HTTP/1.0 without a Host', head: [create('1.0')] },
  ])('is the port that answers for $name', async ({ head }) => {
    expect(await raw(head)).toContain(`<QueueUrl>http://127.0.0.1:${port}/000000000000/q</QueueUrl>`);
  });
});
