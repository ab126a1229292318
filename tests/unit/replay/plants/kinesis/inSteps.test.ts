/** [KREP-11, KREP-12, KREP-14] The plant's straight lines against a simulation in small steps, which knows none of its events. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fairShares, polledRecordsPerSecond } from '../../../../../src/core/kinesis/fanOut.ts';
import { runStream, type StreamInput } from '../../../../../src/replay/index.ts';
import { MiB, streamOf } from './streams.ts';

const stepSeconds = 0.05;

interface Packet {
  readonly atSeconds: number;
  readonly bytesPerRecord: number;
  readonly records: number;
}

/** One shard, records lost when refused: worst age of each minute, and what each consumer read and lost. */
function inSteps({ traffic, consumers, retentionSeconds }: StreamInput) {
  const packets: Packet[] = [];
  const places = consumers.map(() => ({ packet: 0, taken: 0, read: 0, expired: 0 }));
  const sharing = consumers.filter(({ fanOut }) => fanOut === 'shared').length;
  const ages: number[] = [];
  for (let minute = 0; minute < traffic.records.length; minute++) {
    const rate = traffic.records[minute]! / 60;
    const bytesPerRecord = rate > 0 ? traffic.bytes[minute]! / traffic.records[minute]! : 1;
    const accepted = Math.min(rate, 1_000, MiB / bytesPerRecord) * stepSeconds;
    let worst = 0;
    for (let step = 0; step < 60 / stepSeconds; step++) {
      const now = minute * 60 + step * stepSeconds;
      if (accepted > 0) packets.push({ atSeconds: now, bytesPerRecord, records: accepted });
      /** Bytes that a consumer would take in this step, at most its records. */
      const wanted = (consumer: number): number => {
        const { fanOut, recordsPerSecondPerShard } = consumers[consumer]!;
        const polled = fanOut === 'shared' ? polledRecordsPerSecond(sharing) : Number.POSITIVE_INFINITY;
        let records = Math.min(recordsPerSecondPerShard, polled) * stepSeconds;
        let bytes = 0;
        const { packet, taken } = places[consumer]!;
        for (let at = packet; at < packets.length && records > 0 && bytes < 2 * MiB * stepSeconds; at++) {
          const part = Math.min(records, packets[at]!.records - (at === packet ? taken : 0));
          bytes += part * packets[at]!.bytesPerRecord;
          records -= part;
        }
        return Math.min(bytes, 2 * MiB * stepSeconds);
      };
      const budget = consumers.map((_, consumer) => wanted(consumer));
      const shared = consumers.flatMap(({ fanOut }, consumer) => (fanOut === 'shared' ? [consumer] : []));
      const shares: number[] = [];
      fairShares(
        shared.map((consumer) => budget[consumer]!),
        2 * MiB * stepSeconds,
        shares,
      );
      for (const [at, consumer] of shared.entries()) budget[consumer] = shares[at]!;
      for (const [consumer, place] of places.entries()) {
        let bytes = budget[consumer]!;
        for (;;) {
          const packet = packets[place.packet];
          if (packet === undefined) break;
          const rest = packet.records - place.taken;
          const part = Math.min(rest, bytes / packet.bytesPerRecord);
          place.read += part;
          bytes -= part * packet.bytesPerRecord;
          if (part < rest - 1e-9 * packet.records) {
            place.taken += part;
            if (now - packet.atSeconds <= retentionSeconds) break;
            place.expired += rest - part;
          }
          place.packet++;
          place.taken = 0;
        }
        const head = packets[place.packet];
        if (head !== undefined) worst = Math.max(worst, now - head.atSeconds);
      }
    }
    ages.push(worst);
  }
  return { ages, places };
}

test('[KREP-11, KREP-12, KREP-14] random minutes and consumers: ages within steps, records within a step of each minute', () => {
  const minute = fc.record({
    records: fc.oneof(fc.constant(0), fc.integer({ min: 600, max: 80_000 })),
    size: fc.constantFrom(50, 1_000, 4_000),
  });
  const consumers = fc.array(
    fc.record({
      fanOut: fc.constantFrom('shared' as const, 'enhanced' as const),
      recordsPerSecondPerShard: fc.constantFrom(100, 400, 900, Number.POSITIVE_INFINITY),
    }),
    { minLength: 1, maxLength: 4 },
  );
  fc.assert(
    fc.property(
      fc.array(minute, { minLength: 2, maxLength: 8 }),
      consumers,
      fc.constantFrom(100, 86_400),
      (minutes, given, retentionSeconds) => {
        const traffic = {
          records: Float64Array.from(minutes, ({ records }) => records),
          bytes: Float64Array.from(minutes, ({ records, size }) => records * size),
        };
        const input = streamOf(traffic, 1, { consumers: given, retentionSeconds });
        const exact = runStream(input);
        const stepped = inSteps(input);
        // A fast reader passes some seconds of a quiet minute in one step: smaller steps come closer.
        for (const [at, age] of stepped.ages.entries())
          expect(Math.abs(exact.columns.iteratorAgeSeconds[at]! - age)).toBeLessThan(1);
        for (const [at, { readRecords, expiredRecords }] of exact.consumers.entries()) {
          const near = 0.005 * Math.max(1_000, exact.takenRecords);
          expect(Math.abs(readRecords - stepped.places[at]!.read)).toBeLessThan(near);
          expect(Math.abs(expiredRecords - stepped.places[at]!.expired)).toBeLessThan(near);
        }
      },
    ),
    { numRuns: 60, seed: 3 },
  );
});
