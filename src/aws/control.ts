/**
 * The control endpoint of Spillway's own emulator: its virtual clock, read, sped up, held and advanced.
 *
 * Plain HTTP, because this is not an AWS API. Without a time limit: advancing by hours of simulation takes its time.
 */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { NotAwsError } from './errors.ts';
import type { ConnectionClock } from './interface.ts';

/** @returns null when the endpoint has no control endpoint: another emulator */
export async function readClock(endpoint: string, signal: AbortSignal): Promise<ConnectionClock | null> {
  const { status, body } = await send(endpoint, 'GET', '/_spillway/clock', undefined, signal);
  return status === 200 ? parseClock(body) : null;
}

/** @throws NotAwsError when there is no control endpoint; network errors as Node throws them */
export async function setClock(
  endpoint: string,
  path: '/_spillway/clock' | '/_spillway/clock/advance',
  input: { readonly speed: number } | { readonly ms: number },
  signal: AbortSignal,
): Promise<ConnectionClock> {
  const { status, body } = await send(endpoint, 'POST', path, JSON.stringify(input), signal);
  const clock = status === 200 ? parseClock(body) : null;
  if (clock === null) throw new NotAwsError(`HTTP ${status} to ${path}: ${body.slice(0, 100)}`);
  return clock;
}

function parseClock(body: string): ConnectionClock | null {
  try {
    const { nowMs, speed } = JSON.parse(body) as { nowMs?: unknown; speed?: unknown };
    return typeof nowMs === 'number' && typeof speed === 'number' ? { nowMs, speed } : null;
  } catch {
    return null;
  }
}

function send(
  endpoint: string,
  method: string,
  path: string,
  body: string | undefined,
  signal: AbortSignal,
): Promise<{ status: number; body: string }> {
  const url = new URL(path, endpoint);
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const headers =
      body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const outgoing = request(url, { method, headers, signal }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
