/**
 * The endpoints below `/_spillway/` that no AWS has: read, set and advance the clock, health, reset.
 *
 * Only pages and programs of this machine may use them: the Host must be a loopback name, and a browser page (it sends
 * an Origin) is refused, so no website can reach in by rebinding a name or by posting blindly.
 */
import type { WireReply, WireRequest } from '../wire/message.ts';

export interface Controls {
  clock(): { readonly nowMs: number; readonly speed: number };
  setSpeed(speed: number): void;
  advanceTo(ms: number): Promise<void>;
  reset(): Promise<void>;
}

export const controlPrefix = '/_spillway/';
/** Faster than any machine plays a busy cloud; more would only overflow. */
const maxSpeed = 100_000;
/** A hundred years, in case of a slipped unit. */
const maxAdvanceMs = 3_155_760_000_000;

export async function answerControl(request: WireRequest, controls: Controls): Promise<WireReply> {
  if (!isLoopback(request.origin)) return refusal(403, 'The Host must be a loopback name.');
  if (request.headers.origin !== undefined) return refusal(403, 'Web pages may not control the emulator.');
  const path = request.path.split('?', 1)[0]!.slice(controlPrefix.length);
  switch (`${request.method} ${path}`) {
    case 'GET health':
      return json(200, { status: 'ok' });
    case 'GET clock':
      return json(200, controls.clock());
    case 'POST clock':
      return setSpeed(request.body, controls);
    case 'POST clock/advance':
      return advance(request.body, controls);
    case 'POST reset':
      await controls.reset();
      return json(200, controls.clock());
    default:
      return refusal(404, 'There are GET health, GET clock, POST clock, POST clock/advance and POST reset.');
  }
}

function setSpeed(body: Uint8Array, controls: Controls): WireReply {
  const speed = numberAt(body, 'speed');
  if (speed === null || speed < 0 || speed > maxSpeed) {
    return refusal(400, `Expected {"speed": n} with n from 0 (held) to ${maxSpeed}.`);
  }
  controls.setSpeed(speed);
  return json(200, controls.clock());
}

async function advance(body: Uint8Array, controls: Controls): Promise<WireReply> {
  const { nowMs } = controls.clock();
  const byMs = numberAt(body, 'ms');
  const toMs = byMs === null ? numberAt(body, 'toMs') : nowMs + byMs;
  if (toMs === null || (byMs !== null && byMs < 0) || toMs - nowMs > maxAdvanceMs) {
    return refusal(400, 'Expected {"ms": n} with n of 0 or more, or {"toMs": epoch milliseconds}.');
  }
  await controls.advanceTo(Math.round(toMs));
  return json(200, controls.clock());
}

function numberAt(body: Uint8Array, name: string): number | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    const value = (parsed as Record<string, unknown> | null)?.[name];
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  } catch {
    return null;
  }
}

function isLoopback(origin: string): boolean {
  return /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(origin);
}

const json = (status: number, value: unknown): WireReply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

const refusal = (status: number, message: string): WireReply => json(status, { error: message });
