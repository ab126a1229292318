import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { checkFaults, DeliveryFaults, noFaults, type SqsFaults } from '../../../../src/emulator/sqs/faults.ts';
import { defaultFifoSettings } from '../../../../src/emulator/sqs/fifoSettings.ts';
import { Queue, type Received } from '../../../../src/emulator/sqs/queue.ts';
import { defaultSettings, type QueueSettings } from '../../../../src/emulator/sqs/settings.ts';
import { createWorld, type World } from '../../../../src/emulator/world/world.ts';

interface Made {
  readonly world: World;
  readonly queue: Queue;
  readonly dead: Queue;
  /** Streams of chance that were asked for. */
  readonly streams: string[];
  at(seconds: number): void;
}

function made(faults?: Partial<SqsFaults>, options: { seed?: number; settings?: Partial<QueueSettings> } = {}): Made {
  const plain = createWorld({ startMs: 0, seed: options.seed ?? 1 });
  const streams: string[] = [];
  const random = {
    ...plain.random,
    stream(name: string) {
      streams.push(name);
      return plain.random.stream(name);
    },
  };
  const world: World = { ...plain, random };
  let sequence = 0;
  const host = {
    world,
    nextSequence: () => ++sequence,
    queueByArn: (arn: string): Queue | undefined => (arn === 'dead' ? dead : undefined),
  };
  const dead = new Queue({ name: 'dead', arn: 'dead', key: 'dead', settings: defaultSettings, host });
  const settings = { ...defaultSettings, ...options.settings };
  const ownHost = faults === undefined ? host : { ...host, faults: { ...noFaults, ...faults } };
  const queue = new Queue({ name: 'q', arn: 'q', key: 'q', settings, host: ownHost });
  return { world, queue, dead, streams, at: (seconds) => world.advanceTo(seconds * 1_000) };
}

const bodies = (received: readonly Received[]): string[] => received.map(({ message }) => message.body);
const sendMany = (queue: Queue, count: number): void => {
  for (let index = 1; index <= count; index++) queue.send({ body: `${index}` });
};
const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => `${index + 1}`);

/** A long poll that begins and ends at this instant. */
function longPoll({ world, queue }: Made, max = 10, timeout?: number): Received[] {
  let got: Received[] | null = null;
  const cancel = queue.receiveWhenAvailable(max, 20, timeout, (received) => {
    got = received;
  });
  world.advanceTo(world.nowMs());
  cancel();
  return got ?? [];
}

function drained(one: Made): string[] {
  const all: string[] = [];
  for (let received = longPoll(one); received.length > 0; received = longPoll(one)) {
    all.push(...bodies(received));
    for (const { receiptHandle } of received) one.queue.deleteMessage(receiptHandle);
  }
  return all;
}

const every: Partial<SqsFaults> = {
  duplicateShare: 0.2,
  reorderShare: 0.3,
  shortPollMissShare: 0.4,
  countsLagSeconds: 60,
};

describe('the setting', () => {
  test.each([
    ['duplicateShare', -0.1, '0 to 1'],
    ['duplicateShare', 1.5, '0 to 1'],
    ['reorderShare', Number.NaN, '0 to 1'],
    ['reorderSeconds', 901, '0 to 900'],
    ['shortPollMissShare', 1, '0 to below 1'],
    ['countsLagSeconds', Number.POSITIVE_INFINITY, '0 to 900'],
  ] as const)('[SQS-110] %s %d cannot be', (name, value, expected) => {
    const wrong = { ...noFaults, [name]: value };
    expect(() => checkFaults(wrong)).toThrow(`SQS fault ${name} is ${value}; expected ${expected}.`);
    expect(() => made(wrong)).toThrow(RangeError);
    const { queue } = made();
    expect(() => queue.changeFaults(wrong)).toThrow(RangeError);
    expect(queue.faults).toBe(noFaults);
  });

  it('[SQS-110] off by default: no chance is asked for, and a queue told so is the same as one told nothing', () => {
    const play = (one: Made): unknown[] => {
      const seen: unknown[] = [];
      for (let step = 0; step < 300; step++) {
        one.at(step);
        one.queue.send({ body: `${step}`, ...(step % 3 === 0 ? {} : { groupId: `${step % 7}` }) });
        const received = step % 2 === 0 ? one.queue.receive(3) : longPoll(one, 2);
        seen.push(received.map(({ message, receiptHandle }) => [message.sequence, receiptHandle]));
        if (step % 5 === 0) for (const { receiptHandle } of received) one.queue.deleteMessage(receiptHandle);
        seen.push(one.queue.counts(), one.queue.approximateCounts());
      }
      return seen;
    };
    const [told, untold] = [made(noFaults), made()];
    expect(play(told)).toEqual(play(untold));
    expect([...told.streams, ...untold.streams]).toEqual([]);
  });

  it('[SQS-110] one seed repeats bit for bit, another does not', () => {
    const play = (seed: number): unknown[] => {
      const one = made(every, { seed });
      const seen: unknown[] = [];
      for (let step = 0; step < 200; step++) {
        one.at(step);
        sendMany(one.queue, 3);
        const received = step % 2 === 0 ? one.queue.receive(5) : longPoll(one, 4);
        seen.push(received.map(({ receiptHandle }) => receiptHandle));
        for (const { receiptHandle } of received.slice(1)) one.queue.deleteMessage(receiptHandle);
        seen.push(one.queue.approximateCounts());
      }
      return seen;
    };
    expect(play(7)).toEqual(play(7));
    expect(play(7)).not.toEqual(play(8));
  });

  it('[SQS-110] looking at counts disturbs nothing else', () => {
    const order = (faults: Partial<SqsFaults>): string[] => {
      const one = made(faults);
      sendMany(one.queue, 200);
      return Array.from({ length: 40 }, (_, poll) => {
        one.at(poll);
        one.queue.approximateCounts();
        return bodies(one.queue.receive(5, 3_600));
      }).flat();
    };
    expect(order({ reorderShare: 0.2, countsLagSeconds: 30 })).toEqual(order({ reorderShare: 0.2 }));
  });

  it('[SQS-110] one fault does not disturb another', () => {
    const passedOver = (others: Partial<SqsFaults>): boolean[] => {
      const { queue, world } = made();
      const delivery = new DeliveryFaults({ ...noFaults, reorderShare: 0.3, ...others }, world.random);
      const message = queue.send({ body: 'x' });
      return Array.from({ length: 100 }, () => {
        delivery.handedOut(message);
        delivery.missedByShortPoll();
        return delivery.passesOver(message, 0);
      });
    };
    expect(passedOver({ duplicateShare: 0.5, shortPollMissShare: 0.5 })).toEqual(passedOver({}));
  });

  it('[SQS-110] can be changed at any time; what was passed over is not forgotten', () => {
    const one = made();
    sendMany(one.queue, 100);
    one.queue.changeFaults({ ...noFaults, reorderShare: 0.5, reorderSeconds: 900 });
    const before = bodies(one.queue.receive(10));
    expect(before).not.toEqual(numbers(10));
    one.queue.changeFaults(noFaults);
    const rest = drained(one);
    expect([...before, ...rest].toSorted()).toEqual(numbers(100).toSorted());
    // Those that were passed over come last here: their time is not over.
    const passedOver = numbers(Number(before.at(-1))).filter((body) => !before.includes(body));
    expect(passedOver.length).toBeGreaterThan(0);
    expect(rest.slice(-passedOver.length).toSorted()).toEqual(passedOver.toSorted());
  });

  it('[SQS-110] a FIFO queue knows only that of the counts', () => {
    const fifo = { ...defaultFifoSettings, contentBasedDeduplication: true };
    const one = made(
      { ...every, duplicateShare: 1, reorderShare: 1, shortPollMissShare: 0.99 },
      { settings: { fifo } },
    );
    for (const body of numbers(50)) one.queue.send({ body, groupId: `${Number(body) % 5}` });
    const seen: string[] = [];
    for (let received = one.queue.receive(10); received.length > 0; received = one.queue.receive(10)) {
      seen.push(...bodies(received));
      for (const { receiptHandle } of received) one.queue.deleteMessage(receiptHandle);
    }
    expect(seen).toEqual([1, 2, 3, 4, 0].flatMap((of) => numbers(50).filter((body) => Number(body) % 5 === of)));
    expect(one.streams).toEqual(['sqs faults/q/counts']);
  });
});

describe('duplicates', () => {
  it('[SQS-111] a message in flight is handed out once more: another handle, one receive more, a timeout anew', () => {
    const one = made({ duplicateShare: 1 });
    const { queue } = one;
    queue.send({ body: 'a' });
    const [first] = queue.receive(10);
    one.at(20);
    const [second] = queue.receive(10);
    expect([second!.message.sequence, second!.receiveCount]).toEqual([first!.message.sequence, 2]);
    expect(queue.counts()).toEqual({ visible: 0, notVisible: 1, delayed: 0 });
    // Once only.
    expect(queue.receive(10)).toEqual([]);
    one.at(49.999);
    expect(queue.counts().notVisible).toBe(1);
    // The earlier handle is that of an earlier receive (SQS-11).
    queue.deleteMessage(first!.receiptHandle);
    expect(queue.counts().notVisible).toBe(1);
    queue.deleteMessage(second!.receiptHandle);
    expect(queue.counts().notVisible).toBe(0);
  });

  it('[SQS-111] a long poll that begins gets it at once, though nothing is visible', () => {
    const one = made({ duplicateShare: 1 });
    one.queue.send({ body: 'a' });
    expect(longPoll(one)).toHaveLength(1);
    expect(longPoll(one)).toHaveLength(1);
    expect(longPoll(one)).toHaveLength(0);
  });

  it('[SQS-111] as often as the share says, never twice in one batch, to a long poll as well', () => {
    const one = made({ duplicateShare: 0.1 });
    sendMany(one.queue, 5_000);
    const times = new Map<string, number>();
    for (let poll = 0; poll < 700; poll++) {
      const batch = bodies(poll % 2 === 0 ? one.queue.receive(10, 3_600) : longPoll(one, 10, 3_600));
      expect(new Set(batch).size).toBe(batch.length);
      for (const body of batch) times.set(body, (times.get(body) ?? 0) + 1);
    }
    expect(times.size).toBe(5_000);
    const twice = [...times.values()].filter((count) => count === 2).length;
    expect(Math.max(...times.values())).toBe(2);
    expect(twice).toBeGreaterThan(420);
    expect(twice).toBeLessThan(580);
  });

  it('[SQS-111] neither once it was deleted, nor when it is visible again, nor beyond maxReceiveCount', () => {
    const redrivePolicy = { deadLetterTargetArn: 'dead', maxReceiveCount: 1 };
    const gone = made({ duplicateShare: 1 });
    gone.queue.send({ body: 'a' });
    gone.queue.deleteMessage(gone.queue.receive(1)[0]!.receiptHandle);
    expect(gone.queue.receive(10)).toEqual([]);

    const back = made({ duplicateShare: 1 });
    back.queue.send({ body: 'a' });
    back.queue.receive(1, 5);
    back.at(5);
    expect(back.queue.receive(10)).toHaveLength(1);

    const once = made({ duplicateShare: 1 }, { settings: { redrivePolicy } });
    once.queue.send({ body: 'a' });
    once.queue.receive(1);
    expect(once.queue.receive(1)).toEqual([]);
    expect(once.queue.counts().notVisible).toBe(1);

    const purged = made({ duplicateShare: 1 });
    purged.queue.send({ body: 'a' });
    purged.queue.receive(1);
    purged.queue.purge();
    expect(purged.queue.receive(1)).toEqual([]);
  });
});

describe('order', () => {
  it('[SQS-112] messages are passed over for a while, none for longer', () => {
    const one = made({ reorderShare: 0.1, reorderSeconds: 2 });
    const places: number[] = [];
    for (let tick = 0; tick < 400; tick++) {
      one.at(tick / 4);
      one.queue.send({ body: `${2 * tick}` });
      one.queue.send({ body: `${2 * tick + 1}` });
      // A backlog of thirty at first, so that there is always another.
      if (tick >= 15) places.push(...bodies(one.queue.receive(2, 3_600)).map(Number));
    }
    expect(new Set(places).size).toBe(places.length);
    const late = places.filter((place, index) => places.slice(0, index).some((earlier) => earlier > place));
    expect(late.length).toBeGreaterThan(40);
    expect(late.length).toBeLessThan(120);
    // Some for a moment, some for long.
    expect(new Set(late.map((place) => places.indexOf(place) - place)).size).toBeGreaterThan(8);
    // Eight messages a second are taken, so two seconds are sixteen places, and one poll more.
    places.forEach((place, index) => {
      expect(Math.abs(place - index)).toBeLessThanOrEqual(20);
    });
  });

  it('[SQS-112] nothing is passed over for nobody: what is visible is received', () => {
    const one = made({ reorderShare: 1, reorderSeconds: 900 });
    sendMany(one.queue, 5);
    expect(bodies(one.queue.receive(10)).toSorted()).toEqual(numbers(5));
    one.queue.send({ body: 'x' });
    expect(bodies(longPoll(one))).toEqual(['x']);
  });

  it('[SQS-112] what is passed over is visible, and a move task takes it', () => {
    const one = made({ reorderShare: 0.5, reorderSeconds: 900 });
    sendMany(one.queue, 20);
    expect(one.queue.receive(5)).toHaveLength(5);
    expect(one.queue.counts().visible).toBe(15);
    for (let left = 15; left > 0; left--) one.queue.moveOut(one.queue.firstToMove()!, one.dead);
    expect(one.queue.firstToMove()).toBeUndefined();
    expect(one.dead.counts().visible).toBe(15);
  });
});

describe('short polls', () => {
  it('[SQS-113] may see fewer messages than there are, or none; the next ones see the others, in order', () => {
    const one = made({ shortPollMissShare: 0.5 });
    sendMany(one.queue, 4);
    const polls = Array.from({ length: 30 }, () => bodies(one.queue.receive(10, 3_600)));
    expect(polls[0]!.length).toBeLessThan(4);
    expect(polls.flat().toSorted()).toEqual(numbers(4));
    for (const poll of polls) expect(poll).toEqual(poll.toSorted());
    const empty = polls.findIndex((poll) => poll.length === 0);
    expect(empty).toBeGreaterThan(-1);
    expect(one.queue.traffic.take().emptyReceives).toBe(polls.filter((poll) => poll.length === 0).length);
  });

  it('[SQS-113] as many as the share says', () => {
    const one = made({ shortPollMissShare: 0.3 });
    let empty = 0;
    for (let round = 0; round < 2_000; round++) {
      one.queue.send({ body: 'x' });
      if (one.queue.receive(1).length === 0) empty++;
      one.queue.purge();
    }
    expect(empty).toBeGreaterThan(520);
    expect(empty).toBeLessThan(680);
  });

  it('[SQS-113] what was not seen stays where it was', () => {
    const one = made({ shortPollMissShare: 0.6 });
    sendMany(one.queue, 50);
    const seen = bodies(one.queue.receive(10, 3_600));
    one.queue.changeFaults(noFaults);
    expect(drained(one)).toEqual(numbers(50).filter((body) => !seen.includes(body)));
  });

  it('[SQS-113] a long poll asks everybody', () => {
    const one = made({ shortPollMissShare: 0.99 });
    sendMany(one.queue, 100);
    for (let poll = 0; poll < 10; poll++) expect(longPoll(one)).toHaveLength(10);
  });
});

describe('counts', () => {
  it('[SQS-114] what is shown is one of the latest counts, and exact once nothing has changed for the lag', () => {
    const one = made({ countsLagSeconds: 60 });
    const shown = new Set<number>();
    for (let second = 0; second < 100; second++) {
      one.at(second);
      one.queue.send({ body: 'x' });
      for (let look = 0; look < 5; look++) {
        const { visible } = one.queue.approximateCounts();
        expect(visible).toBeGreaterThanOrEqual(Math.max(0, second - 60));
        expect(visible).toBeLessThanOrEqual(second + 1);
        shown.add(second + 1 - visible);
      }
      expect(one.queue.counts().visible).toBe(second + 1);
    }
    expect(shown.size).toBeGreaterThan(40);
    one.at(130);
    const looks = Array.from({ length: 50 }, () => one.queue.approximateCounts().visible);
    expect(Math.min(...looks)).toBeLessThan(100);
    one.at(160);
    for (let look = 0; look < 50; look++) expect(one.queue.approximateCounts()).toEqual(one.queue.counts());
  });

  it('[SQS-114] a message is always somewhere: in flight for who has heard of it, visible for who has not', () => {
    const one = made({ countsLagSeconds: 10 }, { settings: { visibilityTimeoutSeconds: 30 } });
    sendMany(one.queue, 8);
    one.queue.send({ body: 'later', delaySeconds: 5 });
    one.at(20);
    one.queue.receive(3);
    const looks = (): string[] =>
      Array.from({ length: 60 }, () => one.queue.approximateCounts()).map(
        ({ visible, notVisible, delayed }) => `${visible} ${notVisible} ${delayed}`,
      );
    one.at(25);
    expect(new Set(looks())).toEqual(new Set(['9 0 0', '6 3 0']));
    one.at(31);
    expect(new Set(looks())).toEqual(new Set(['6 3 0']));
    // Timeouts end when they end, not when somebody notices: nothing has changed for 15 s.
    one.at(65);
    expect(new Set(looks())).toEqual(new Set(['9 0 0']));
    one.queue.purge();
    one.at(66);
    expect(new Set(looks())).toEqual(new Set(['9 0 0', '0 0 0']));
    one.at(76);
    expect(new Set(looks())).toEqual(new Set(['0 0 0']));
  });

  it('[SQS-114] changes of one second are not mixed up with those of another', () => {
    const one = made({ countsLagSeconds: 10 });
    sendMany(one.queue, 3);
    one.at(20);
    const [taken] = one.queue.receive(1, 3_600);
    one.at(30);
    one.queue.deleteMessage(taken!.receiptHandle);
    one.queue.receive(1, 3_600);
    one.queue.receive(1, 3_600);
    one.at(35);
    const looks = Array.from({ length: 60 }, () => one.queue.approximateCounts());
    expect(new Set(looks.map(({ visible, notVisible }) => `${visible} ${notVisible}`))).toEqual(
      new Set(['2 1', '0 2']),
    );
  });

  it('[SQS-114] a delay that is taken away from a FIFO queue is a change of now', () => {
    const one = made({ countsLagSeconds: 10 }, { settings: { fifo: defaultFifoSettings, delaySeconds: 900 } });
    one.queue.send({ body: 'a', groupId: 'a', deduplicationId: 'a' });
    one.at(600);
    one.queue.changeSettings({ ...one.queue.settings, delaySeconds: 0 });
    one.at(605);
    const looks = Array.from({ length: 60 }, () => one.queue.approximateCounts());
    expect(new Set(looks.map(({ visible, delayed }) => `${visible} ${delayed}`))).toEqual(new Set(['0 1', '1 0']));
  });

  it('[SQS-114] of FIFO queues, too; turned off, they are exact at once', () => {
    const one = made({ countsLagSeconds: 60 }, { settings: { fifo: defaultFifoSettings } });
    for (const body of numbers(20)) {
      one.at(Number(body));
      one.queue.send({ body, groupId: 'a', deduplicationId: body });
    }
    expect(new Set(Array.from({ length: 40 }, () => one.queue.approximateCounts().visible)).size).toBeGreaterThan(5);
    one.queue.changeFaults(noFaults);
    expect(one.queue.approximateCounts().visible).toBe(20);
  });
});

const share = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.9, noNaN: true }), fc.constant(1));
const faultsArbitrary = fc.record({
  duplicateShare: share,
  reorderShare: share,
  reorderSeconds: fc.integer({ min: 0, max: 900 }),
  shortPollMissShare: fc.double({ min: 0, max: 0.9, noNaN: true }),
  countsLagSeconds: fc.integer({ min: 0, max: 120 }),
});
const step = fc.oneof(
  fc.record({
    kind: fc.constant('send' as const),
    count: fc.integer({ min: 1, max: 40 }),
    groupId: fc.constantFrom(undefined, 'a', 'b'),
    delaySeconds: fc.constantFrom(0, 0, 20),
  }),
  fc.record({
    kind: fc.constant('receive' as const),
    times: fc.integer({ min: 1, max: 5 }),
    long: fc.boolean(),
    timeout: fc.integer({ min: 0, max: 60 }),
  }),
  fc.record({ kind: fc.constant('delete' as const), count: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 200 }) }),
  fc.record({ kind: fc.constant('change' as const), faults: faultsArbitrary }),
);

test('[SQS-115] whatever goes wrong, no message is lost or invented: each can be received and deleted in the end', {
  timeout: 120_000,
}, () => {
  fc.assert(
    fc.property(
      faultsArbitrary,
      fc.array(step, { minLength: 5, maxLength: 40 }),
      fc.boolean(),
      (faults, history, short) => {
        const one = made(faults);
        const { queue, world } = one;
        const alive = new Set<number>();
        const handles: Received[] = [];
        const remove = ({ message, receiptHandle }: Received): void => {
          const before = queue.counts();
          queue.deleteMessage(receiptHandle);
          const after = queue.counts();
          const total = before.visible + before.notVisible - after.visible - after.notVisible;
          if (total === 1) expect(alive.delete(message.sequence)).toBe(true);
          else expect(total).toBe(0);
        };
        for (const now of history) {
          if (now.kind === 'send') {
            for (let index = 0; index < now.count; index++) {
              const { groupId, delaySeconds } = now;
              alive.add(
                queue.send({ body: 'x', delaySeconds, ...(groupId === undefined ? {} : { groupId }) }).sequence,
              );
            }
          } else if (now.kind === 'receive') {
            for (let time = 0; time < now.times; time++) {
              const received = now.long ? longPoll(one, 10, now.timeout) : queue.receive(10, now.timeout);
              for (const { message } of received) expect(alive.has(message.sequence)).toBe(true);
              handles.push(...received);
            }
          } else if (now.kind === 'delete') {
            for (const received of handles.splice(0, now.count)) remove(received);
          } else if (now.kind === 'change') queue.changeFaults(now.faults);
          else world.advanceTo(world.nowMs() + now.seconds * 1_000);
          const { visible, notVisible, delayed } = queue.counts();
          expect(visible + notVisible + delayed).toBe(alive.size);
          const quiet = queue.fairCounts()?.quiet ?? { visible: 0, notVisible: 0, delayed: 0 };
          expect(quiet.visible).toBeLessThanOrEqual(visible);
          expect(quiet.notVisible).toBeLessThanOrEqual(notVisible);
          expect(quiet.delayed).toBeLessThanOrEqual(delayed);
          for (const count of [...Object.values(quiet), ...Object.values(queue.approximateCounts())]) {
            expect(count).toBeGreaterThanOrEqual(0);
          }
        }
        for (let poll = 0; alive.size > 0 && poll < 4_000; poll++) {
          world.advanceTo(world.nowMs() + 1_000);
          for (const received of short ? queue.receive(10) : longPoll(one)) remove(received);
        }
        expect(alive.size).toBe(0);
        expect(queue.counts()).toEqual({ visible: 0, notVisible: 0, delayed: 0 });
      },
    ),
    { numRuns: 1_000, seed: 20_261_129 },
  );
});
