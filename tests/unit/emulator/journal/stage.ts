/**
 * A cloud that is kept, or not, without a port: asked as clients ask it, its time moved by hand, endpoints outside answered by hand.
 *
 * What happens on it is steps.ts, how things stand then is picture.ts.
 */
import { writeFileSync } from 'node:fs';
import { createCertificate } from '../../../../src/emulator/certificate/index.ts';
import { writeHeader } from '../../../../src/emulator/journal/header.ts';
import { Keeping, type Restored, type Surroundings } from '../../../../src/emulator/journal/keeping.ts';
import type { PackingOptions } from '../../../../src/emulator/journal/packing.ts';
import { answerAws, beginRun, keptCloud, type Run, type RunFacts } from '../../../../src/emulator/run.ts';
import type { LambdaTargets } from '../../../../src/emulator/sns/delivery/lambda.ts';
import type { Outbound } from '../../../../src/emulator/sns/delivery/outbound.ts';
import { createSigner } from '../../../../src/emulator/sns/signing.ts';
import type { WireReply, WireRequest } from '../../../../src/emulator/wire/message.ts';
import type { HostTime } from '../../../../src/emulator/world/pace.ts';

export const startMs = Date.UTC(2026, 2, 2, 23, 50);
export const facts: RunFacts = {
  startMs,
  seed: 1,
  accountId: '000000000000',
  region: 'us-east-1',
  strictQuotas: false,
};
/** Queues as a distributed service has them: much of what they do is chance. */
export const withFaults: RunFacts = {
  ...facts,
  strictQuotas: true,
  sqsFaults: {
    duplicateShare: 0.2,
    reorderShare: 0.2,
    reorderSeconds: 5,
    shortPollMissShare: 0.2,
    countsLagSeconds: 3,
  },
};
/** Made once: a key of its own for each cloud would be most of the time that tests take. */
const signing = createCertificate({ commonName: 'test', altNames: [], notBefore: 0, days: 40_000 });

/** The host's clock stands still, its timers run at the next turn. */
export const stillTime: HostTime = {
  nowMs: () => 0,
  setTimer(_ms, run) {
    const timer = setImmediate(run);
    return () => clearImmediate(timer);
  },
};

/** Endpoints answer when somebody says so. */
export interface Outside extends Outbound {
  /** Under way, oldest first. */
  readonly posts: { readonly url: string; readonly body: string; answer(status: number | 'nobody'): void }[];
}

export function createOutside(): Outside {
  const posts: Outside['posts'] = [];
  return {
    posts,
    post: (url, _headers, body) =>
      new Promise((resolve, reject) => {
        const post = {
          url,
          body,
          answer(status: number | 'nobody') {
            posts.splice(posts.indexOf(post), 1);
            if (status === 'nobody') reject(new Error('nobody there'));
            else resolve({ status });
          },
        };
        posts.push(post);
      }),
  };
}

export interface Stage {
  readonly run: Run;
  readonly outside: Outside;
  readonly restored: Restored | null;
}

export interface Opening {
  readonly facts?: RunFacts;
  readonly hostTime?: HostTime;
  readonly clock?: Surroundings['clock'];
  readonly lambdaTargets?: LambdaTargets;
  readonly packing?: PackingOptions;
  /** Nothing is written before somebody calls `journal.flush`. */
  readonly together?: boolean;
}

/** @param file null: nothing is kept. A file that is not there is begun. */
export async function open(file: string | null, opening: Opening = {}): Promise<Stage> {
  const { facts: given = facts, hostTime = stillTime, clock = 'stepped', lambdaTargets = {} } = opening;
  const { packing = {}, together = false } = opening;
  const outside = createOutside();
  const keeping = file === null ? null : Keeping.open(file, given, undefined);
  const signer = createSigner(() => signing);
  const run = beginRun(
    keeping?.beginning ?? given,
    { hostTime, lambdaTargets },
    { outbound: outside, signer },
    keeping,
  );
  const surroundings = { clock, hostTime, outbound: outside, lambdaTargets, packing, together };
  const restored = keeping === null ? null : await keeping.restore(keptCloud(run), surroundings);
  return { run, outside, restored };
}

export const close = ({ run }: Stage): void => run.keeping?.close(run.world.nowMs());

/** A state file in which nothing has happened yet. */
export function beginFile(file: string, of: RunFacts = facts): void {
  writeFileSync(file, writeHeader({ ...of, scenario: null, signing }).line);
}

/** A request under way, and how its client leaves. */
export interface Asked {
  readonly reply: Promise<WireReply>;
  leave(): void;
}

export function ask({ run }: Stage, request: Partial<WireRequest>): Asked {
  const leaving: (() => void)[] = [];
  let gone = false;
  const reply = answerAws(run, null, {
    method: 'POST',
    path: '/',
    headers: {},
    body: new Uint8Array(0),
    origin: 'http://127.0.0.1:4566',
    signal: {
      get aborted() {
        return gone;
      },
      onAbort(run) {
        if (gone) run();
        else leaving.push(run);
      },
    },
    ...request,
  });
  return {
    reply: Promise.resolve(reply),
    leave() {
      gone = true;
      for (const run of leaving.splice(0)) run();
    },
  };
}

const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');

/** As the SDKs of today call: `AmazonSQS.SendMessage`, `Kinesis_20131202.PutRecord`. */
export const jsonRequest = (target: string, input: unknown, region = 'us-east-1'): Partial<WireRequest> => ({
  headers: {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': target,
    authorization: `AWS4-HMAC-SHA256 Credential=AKIDSECRET/20260302/${region}/x/aws4_request, Signature=5ec2e7`,
  },
  body: utf8(JSON.stringify(input)),
});

/** As older SDKs, SNS and Auto Scaling are called. */
export const formRequest = (
  service: string,
  fields: Readonly<Record<string, string>>,
  path = '/',
): Partial<WireRequest> => ({
  path,
  headers: {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    authorization: `AWS4-HMAC-SHA256 Credential=AKIDSECRET/20260302/us-east-1/${service}/aws4_request, Signature=5ec2e7`,
  },
  body: utf8(new URLSearchParams(fields).toString()),
});

export const outputOf = ({ body }: WireReply): Record<string, unknown> => JSON.parse(textOf({ body }) || '{}');
export const textOf = ({ body }: Pick<WireReply, 'body'>): string =>
  typeof body === 'string' ? body : Buffer.from(body).toString('utf8');

/** Everything that promises have to do is done. */
export const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
