/**
 * The stream's plant: records of each minute go by hash key to shards, each shard takes what its limits allow, consumers read it.
 *
 * Exact between events (minutes, resharding, a producer's backlog running empty, a closed shard read to its end). Rules:
 * docs/rules/kinesis.md (KREP-01 to KREP-12). Not here: where records come from, prices.
 */
import { onDemandCeiling } from '../../../core/kinesis/onDemand.ts';
import { MEBIBYTE, shardLimits } from '../../../core/kinesis/shardLimits.ts';
import { RESHARDING_STEP_SECONDS, refuseUpdateShardCount } from '../../../core/kinesis/updateShardCount.ts';
import { StreamReader } from './reader.ts';
import { evenRanges, type HashRange, reshardingSteps, shareOf } from './shards.ts';
import type { RefusedChange, StreamColumns, StreamInput, StreamRun } from './types.ts';

const DAY_SECONDS = 86_400;
/** Growth older than this counts in full (KOD-02). */
const ON_DEMAND_LAG_MINUTES = 15;
/** "MB" of an on-demand stream's limits. */
const MEGABYTE = 1_000_000;
const OPEN = Number.POSITIVE_INFINITY;

interface Shard {
  readonly range: HashRange;
  readonly share: number;
  readonly openedAtSeconds: number;
  /** Infinity while it is open. */
  closedAtSeconds: number;
  /** When all consumers had read it to its end, after it was closed. */
  drainedAtSeconds: number;
  readonly parents: readonly Shard[];
  readonly readers: readonly StreamReader[];
  /** Records that its producers hold. */
  heldBack: number;
}

export function replayStream(input: StreamInput): StreamRun {
  return new StreamPlant(input).run();
}

class StreamPlant {
  readonly #input: StreamInput;
  readonly #minutes: number;
  readonly #columns: StreamColumns;
  #shards: Shard[] = [];
  #written = 0;
  #refused = 0;
  #givenUp = 0;
  #peakMBps = 0;
  #updatesAt: number[] = [];
  /** Of the UpdateShardCount that runs. */
  #updating: { readonly shards: number; readonly readyAtSeconds: number } | null = null;
  readonly #changes: { readonly atSeconds: number; readonly shards: number }[];
  readonly #refusedChanges: RefusedChange[] = [];
  /** Closed and read to their end: only what they come to is kept. */
  readonly #gone: Shard[] = [];

  constructor(input: StreamInput) {
    this.#input = input;
    this.#minutes = input.records.length;
    const column = () => new Float64Array(this.#minutes);
    this.#columns = {
      refused: column(),
      heldBack: column(),
      shards: column(),
      iteratorAgeSeconds: column(),
      hottestShardPercent: column(),
    };
    const { capacity } = input;
    this.#changes =
      capacity.kind === 'provisioned' ? capacity.changes.toSorted((a, b) => a.atSeconds - b.atSeconds) : [];
    if (capacity.kind === 'on-demand') this.#peakMBps = capacity.peakMBps;
    this.#open(capacity.kind === 'provisioned' ? capacity.shards : this.#onDemandShards(), 0, []);
  }

  run(): StreamRun {
    for (let minute = 0; minute < this.#minutes; minute++) this.#minute(minute);
    const all = [...this.#gone, ...this.#shards];
    const held = this.#shards.reduce((sum, { heldBack }) => sum + heldBack, 0);
    const end = this.#minutes * 60;
    const of = (reader: (one: StreamReader) => number, at: number) => all.map(({ readers }) => reader(readers[at]!));
    const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
    return {
      columns: this.#columns,
      written: this.#written,
      refused: this.#refused,
      notWritten: this.#givenUp + held,
      consumers: this.#input.consumers.map(({ name }, at) => ({
        name,
        worstIteratorAgeSeconds: Math.max(0, ...of((one) => one.worstAgeSeconds, at)),
        read: total(of((one) => one.read, at)),
        lost: total(of((one) => one.lost, at)),
        unread: total(of((one) => one.unread, at)),
      })),
      shardHours: total(all.map((shard) => (Math.min(end, shard.closedAtSeconds) - shard.openedAtSeconds) / 3600)),
      refusedChanges: this.#refusedChanges,
    };
  }

  #minute(minute: number): void {
    const start = minute * 60;
    const end = start + 60;
    for (const { readers } of this.#shards) for (const reader of readers) reader.beginMinute();
    this.#decide(minute);
    let from = start;
    for (;;) {
      const at = this.#nextChange(from, end);
      this.#flow(minute, from, at);
      if (at >= end) break;
      this.#change(at);
      from = at;
    }
    this.#columns.shards[minute] = this.#shards.filter(({ closedAtSeconds }) => closedAtSeconds === OPEN).length;
    this.#columns.heldBack[minute] = this.#shards.reduce((sum, { heldBack }) => sum + heldBack, 0);
    this.#columns.iteratorAgeSeconds[minute] = Math.max(
      0,
      ...this.#shards.flatMap(({ readers }) => readers.map(({ minuteWorstAgeSeconds }) => minuteWorstAgeSeconds)),
    );
    this.#forgetDrained();
  }

  // ---- capacity

  /** What asks for another number of shards at the beginning of a minute. */
  #decide(minute: number): void {
    const { capacity, records, bytes } = this.#input;
    if (capacity.kind === 'on-demand') {
      const known = minute - ON_DEMAND_LAG_MINUTES;
      if (known >= 0) this.#peakMBps = Math.max(this.#peakMBps, loadInMBps(records[known]!, bytes[known]!));
      const wanted = this.#onDemandShards();
      if (wanted > this.#openShards()) this.#reshard(wanted, minute * 60);
      return;
    }
    const { rule } = capacity;
    if (rule === null || minute === 0 || minute % rule.everyMinutes !== 0) return;
    // The busiest minute since the last look, as an operator would read it off the chart.
    let busiest = 0;
    for (let back = 1; back <= rule.everyMinutes; back++) {
      busiest = Math.max(busiest, shardsWorth(records[minute - back]!, bytes[minute - back]!));
    }
    const wanted = Math.ceil((busiest * 100) / rule.targetUtilizationPercent - 1e-9);
    const target = Math.min(rule.maxShards, Math.max(rule.minShards, wanted));
    const current = this.#openShards();
    // One call goes at most to double or half (KIN-02).
    const allowed = Math.min(current * 2, Math.max(Math.ceil(current / 2), target));
    if (allowed !== current && this.#updating === null) this.#ask(allowed, minute * 60);
  }

  #onDemandShards(): number {
    return Math.ceil(onDemandCeiling(this.#peakMBps).writeMBps - 1e-9);
  }

  #openShards(): number {
    return this.#shards.filter(({ closedAtSeconds }) => closedAtSeconds === OPEN).length;
  }

  #nextChange(from: number, end: number): number {
    const asked = this.#changes[0]?.atSeconds ?? OPEN;
    const ready = this.#updating?.readyAtSeconds ?? OPEN;
    const next = Math.min(asked, ready);
    return next < end ? Math.max(from, next) : end;
  }

  #change(at: number): void {
    if (this.#updating !== null && this.#updating.readyAtSeconds <= at) {
      this.#reshard(this.#updating.shards, at);
      this.#updating = null;
      return;
    }
    const { shards } = this.#changes.shift()!;
    this.#ask(shards, at);
  }

  /** UpdateShardCount: accepted or refused as the service would, ready when its splits and merges are done. */
  #ask(shards: number, at: number): void {
    const current = this.#openShards();
    const recent = this.#updatesAt.filter((one) => one > at - DAY_SECONDS).length;
    const [reason] =
      this.#updating !== null ? ['resourceInUse' as const] : refuseUpdateShardCount(current, shards, recent);
    if (reason !== undefined) {
      this.#refusedChanges.push({ atSeconds: at, shards, reason });
      return;
    }
    this.#updatesAt.push(at);
    const readyAtSeconds = at + reshardingSteps(current, shards) * RESHARDING_STEP_SECONDS;
    this.#updating = { shards, readyAtSeconds };
  }

  #reshard(shards: number, at: number): void {
    const open = this.#shards.filter(({ closedAtSeconds }) => closedAtSeconds === OPEN);
    if (open.length === shards) return;
    for (const shard of open) shard.closedAtSeconds = at;
    this.#open(shards, at, open);
  }

  #open(shards: number, at: number, parents: readonly Shard[]): void {
    const { hotKeys, consumers, retentionSeconds } = this.#input;
    const overlap = (a: HashRange, b: HashRange) => Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));
    for (const range of evenRanges(shards)) {
      const own = parents.filter((parent) => overlap(parent.range, range) > 1e-12);
      this.#shards.push({
        range,
        share: shareOf(range, hotKeys),
        openedAtSeconds: at,
        closedAtSeconds: OPEN,
        drainedAtSeconds: OPEN,
        parents: own,
        readers: consumers.map(() => new StreamReader(at, retentionSeconds)),
        // What was held back goes where its keys now go; evenly, because it is not known which they were.
        heldBack: own.reduce(
          (sum, parent) =>
            sum + (parent.heldBack * overlap(parent.range, range)) / (parent.range.to - parent.range.from),
          0,
        ),
      });
    }
    for (const parent of parents) parent.heldBack = 0;
  }

  // ---- flow

  /** Parents stand before their children, so that they are read first. */
  #flow(minute: number, from: number, to: number): void {
    if (to <= from) return;
    for (const shard of this.#shards) this.#flowThrough(shard, minute, from, to);
  }

  #flowThrough(shard: Shard, minute: number, from: number, to: number): void {
    const { records, bytes } = this.#input;
    const open = shard.closedAtSeconds === OPEN;
    const offered = open ? (records[minute]! * shard.share) / 60 : 0;
    const size = records[minute]! > 0 ? bytes[minute]! / records[minute]! : 0;
    const limit = Math.min(
      shardLimits.writeRecordsPerSecond,
      size > 0 ? shardLimits.writeBytesPerSecond / size : Number.POSITIVE_INFINITY,
    );
    if (open) {
      const percent = (100 * offered) / limit;
      this.#columns.hottestShardPercent[minute] = Math.max(this.#columns.hottestShardPercent[minute]!, percent);
    }
    const refused = Math.max(0, offered - limit) * (to - from);
    this.#refused += refused;
    this.#columns.refused[minute]! += refused;
    let at = from;
    if (open && this.#input.onRefusal === 'retry' && (shard.heldBack > 0 || offered > limit)) {
      at = this.#sendHeldBack(shard, offered, limit, from, to, size);
    } else if (open) {
      this.#givenUp += refused;
    }
    if (at < to) this.#take(shard, Math.min(offered, limit), at, to, size);
  }

  /** While producers hold records the shard is written at its limit. @returns when nothing is held back any more, at most `to` */
  #sendHeldBack(shard: Shard, offered: number, limit: number, from: number, to: number, size: number): number {
    const net = offered - limit;
    const seconds = net < 0 ? Math.min(to - from, shard.heldBack / -net) : to - from;
    this.#take(shard, limit, from, from + seconds, size);
    shard.heldBack = net < 0 && from + seconds < to ? 0 : Math.max(0, shard.heldBack + net * seconds);
    return from + seconds;
  }

  #take(shard: Shard, rate: number, from: number, to: number, size: number): void {
    this.#written += rate * (to - from);
    const shared = this.#input.consumers.filter(({ enhanced }) => !enhanced).length;
    // Every byte is read at its own size of that minute; a backlog of other sizes is read at this one (KREP-06).
    const given = size > 0 ? shardLimits.readBytesPerSecond / size : Number.POSITIVE_INFINITY;
    const mayRead = Math.max(from, ...shard.parents.map(({ drainedAtSeconds }) => drainedAtSeconds));
    shard.readers.forEach((reader, at) => {
      const { enhanced, recordsPerSecondPerShard } = this.#input.consumers[at]!;
      const reading = Math.min(recordsPerSecondPerShard, enhanced ? given : given / shared);
      if (mayRead > from) reader.advance(Math.min(mayRead, to), rate, 0);
      reader.advance(to, rate, reading);
    });
    if (shard.closedAtSeconds !== OPEN && shard.drainedAtSeconds === OPEN) {
      const drained = shard.readers.map(({ ageSeconds, caughtUpAtSeconds }) =>
        ageSeconds > 0 ? OPEN : caughtUpAtSeconds,
      );
      shard.drainedAtSeconds = Math.max(shard.closedAtSeconds, ...drained.map((one) => (Number.isNaN(one) ? to : one)));
    }
  }

  #forgetDrained(): void {
    const gone = this.#shards.filter(({ drainedAtSeconds }) => drainedAtSeconds !== OPEN);
    if (gone.length === 0) return;
    this.#gone.push(...gone);
    this.#shards = this.#shards.filter(({ drainedAtSeconds }) => drainedAtSeconds === OPEN);
  }
}

/** Load in shards: the nearer of both limits. */
function shardsWorth(records: number, bytes: number): number {
  return Math.max(records / 60 / shardLimits.writeRecordsPerSecond, bytes / 60 / MEBIBYTE);
}

/** Load of a minute in the megabytes an on-demand stream counts, a thousand records counting as one. */
function loadInMBps(records: number, bytes: number): number {
  return Math.max(bytes / 60 / MEGABYTE, records / 60 / shardLimits.writeRecordsPerSecond);
}
