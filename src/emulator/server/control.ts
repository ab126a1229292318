/**
 * The endpoints below `/_spillway/` that no AWS has: read, set and advance the clock, health, reset, look into a queue (messages.ts) and into
 * the outbox (outbox.ts).
 *
 * Only for programs of this machine (replies.ts).
 */
import type { Cloud } from '../cloud.ts';
import type { WireReply, WireRequest } from '../wire/message.ts';
import { answerMessages } from './messages.ts';
import { answerOutbox } from './outbox.ts';
import { json, refusal, refuseStrangers, urlFields } from './replies.ts';

export interface Controls {
  /** The present one: a reset replaces it. */
  cloud(): Cloud;
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
  const refused = refuseStrangers(request);
  if (refused !== null) return refused;
  const path = request.path.split('?', 1)[0]!.slice(controlPrefix.length);
  // Whoever only waits for the port to answer asks for the head.
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  switch (`${method} ${path}`) {
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
    case 'GET sqs/messages':
      return answerMessages(urlFields(request), controls.cloud());
    case 'GET sns/outbox':
      return answerOutbox(controls.cloud());
    default:
      return refusal(
        404,
        'There are GET health, GET clock, POST clock, POST clock/advance, POST reset, GET sqs/messages and GET sns/outbox.',
      );
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
