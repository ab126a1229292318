/**
 * A hundred thousand requests of one dialect against one cloud after another, each answer looked at, and what they leave
 * in memory.
 */
import { Buffer } from 'node:buffer';
import type { Cloud } from '../../../../../src/emulator/cloud.ts';
import type { WireReply } from '../../../../../src/emulator/wire/message.ts';
import type { Dialect } from '../../../../../src/emulator/wire/router.ts';
import { exchange } from '../exchange.ts';
import { callsOf, draftOf } from './calls.ts';
import { type Chance, chanceOf } from './chance.ts';
import { type Draft, dialectExpected } from './envelope.ts';
import { heldBytes } from './memory.ts';
import { replyFault } from './replies.ts';
import { createStage } from './stage.ts';

export interface Storm {
  readonly dialect: Dialect;
  readonly requests: number;
  readonly seed: number;
  /** A new cloud takes over after so many: valid requests among the others fill it and delete from it. */
  readonly requestsPerCloud?: number;
}

export interface Outcome {
  /** What was wrong, with the request that brought it about; the first few of each kind. */
  readonly faults: readonly string[];
  readonly refused: number;
  readonly succeeded: number;
  /** How many actions the dialect reaches. */
  readonly actions: number;
  /** Those that were never refused, and those that never succeeded. */
  readonly neverRefused: readonly string[];
  readonly neverSucceeded: readonly string[];
  /** Codes of the refusals, each with how often it came. */
  readonly codes: ReadonlyMap<string, number>;
  /** What the heap holds more than after the first cloud. */
  readonly grownBytes: number;
  /** The most the process ever held, the runner included. */
  readonly peakBytes: number;
}

const requestId = 'request-1';
const mostFaults = 12;

export async function storm({ dialect, requests, seed, requestsPerCloud = 2_500 }: Storm): Promise<Outcome> {
  // Refusals are thrown by the ten thousand: their stacks, which nobody reads, are most of what they cost.
  Error.stackTraceLimit = 2;
  const chance = chanceOf(seed);
  const faults = new Map<string, string>();
  const codes = new Map<string, number>();
  const [wasRefused, hasSucceeded, all] = [new Set<string>(), new Set<string>(), new Set<string>()];
  let refused = 0;
  let heldAtFirst = 0;

  for (let done = 0, clouds = 0; done < requests; clouds++) {
    const stage = await createStage(seed + clouds);
    const calls = callsOf(stage, dialect);
    for (const { action } of calls) all.add(action.name);
    for (const end = Math.min(requests, done + requestsPerCloud); done < end; done++) {
      const call = chance.pick(calls);
      const draft = draftOf(call, dialect, stage, chance);
      const fault = await examine(stage.cloud, draft, chance, (reply) => {
        if (reply.status === 200) return void hasSucceeded.add(call.action.name);
        refused++;
        wasRefused.add(call.action.name);
        const code = codeOf(reply);
        codes.set(code, (codes.get(code) ?? 0) + 1);
      });
      if (fault !== null && faults.size < mostFaults) faults.set(fault.slice(0, 60), `${fault} <- ${shown(draft)}`);
    }
    if (clouds === 0) heldAtFirst = await heldBytes();
  }
  return {
    faults: [...faults.values()],
    refused,
    succeeded: requests - refused,
    actions: all.size,
    neverRefused: [...all].filter((name) => !wasRefused.has(name)),
    neverSucceeded: [...all].filter((name) => !hasSucceeded.has(name)),
    codes,
    grownBytes: (await heldBytes()) - heldAtFirst,
    peakBytes: process.resourceUsage().maxRSS * 1_024,
  };
}

async function examine(
  cloud: Cloud,
  draft: Draft,
  chance: Chance,
  note: (reply: WireReply) => void,
): Promise<string | null> {
  const reply = await settled(cloud, draft);
  if (typeof reply === 'string') return reply;
  note(reply);
  const fault = replyFault(reply, dialectExpected(draft), requestId);
  if (fault !== null) return fault;
  // What a request made due must not fail either, when its time comes.
  return chance.odds(0.004) ? passTime(cloud, chance.pick([1_000, 60_000, 300_000])) : null;
}

/** Longer than any long poll waits. */
const patienceMs = 30_000;

/** The answer; or what went wrong when there is none after everything that can be waited for. */
async function settled(cloud: Cloud, draft: Draft): Promise<WireReply | string> {
  let reply: WireReply | string | null = null;
  exchange(cloud, draft).then(
    (answered) => {
      reply = answered;
    },
    (thrown) => {
      reply = `thrown: ${stackOf(thrown)}`;
    },
  );
  for (const wait of [0, patienceMs]) {
    if (wait > 0) {
      const fault = passTime(cloud, wait);
      if (fault !== null) return fault;
    }
    for (let turns = 0; turns < 40 && reply === null; turns++) await null;
    if (reply !== null) return reply;
  }
  return 'no answer';
}

function passTime({ world }: Cloud, ms: number): string | null {
  try {
    world.advanceTo(world.nowMs() + ms);
    return null;
  } catch (thrown) {
    return `the clock: ${stackOf(thrown)}`;
  }
}

const stackOf = (thrown: unknown): string =>
  thrown instanceof Error ? (thrown.stack ?? thrown.message).split('\n').slice(0, 3).join(' ') : String(thrown);

function codeOf(reply: WireReply): string {
  if (typeof reply.body !== 'string') return reply.headers['x-amzn-errortype'] ?? '';
  return reply.headers['x-amzn-errortype'] ?? /<Code>([^<]*)</.exec(reply.body)?.[1] ?? '';
}

function shown({ method, path, headers, body }: Draft): string {
  const head = `${method} ${path.slice(0, 300)} ${JSON.stringify(headers).slice(0, 400)}`;
  return `${head} ${Buffer.from(body).toString('latin1').slice(0, 600)} (${body.length} bytes)`;
}
