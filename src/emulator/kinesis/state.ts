/**
 * The streams of one account and Region, and the rules that concern more than one of them.
 */
import { arnOf } from '../arns.ts';
import type { ServiceContext } from '../service.ts';
import { faults } from './faults.ts';
import type { KinesisLimits } from './limits.ts';
import { Stream, type StreamMode } from './stream.ts';

const onDemandStartShards = 4;

export class KinesisState {
  readonly context: ServiceContext;
  readonly limits: KinesisLimits;
  readonly #streams = new Map<string, Stream>();

  constructor(context: ServiceContext, limits: KinesisLimits) {
    this.context = context;
    this.limits = limits;
  }

  nowMs(): number {
    return this.context.world.nowMs();
  }

  streamNames(): string[] {
    return [...this.#streams.keys()].sort();
  }

  stream(name: string): Stream | undefined {
    return this.#streams.get(name);
  }

  openShardCount(): number {
    let count = 0;
    for (const stream of this.#streams.values()) {
      if (stream.mode === 'PROVISIONED') count += stream.openShards().length;
    }
    return count;
  }

  onDemandStreamCount(): number {
    return [...this.#streams.values()].filter((stream) => stream.mode === 'ON_DEMAND').length;
  }

  /**
   * A new stream, CREATING at first.
   *
   * @param options.active scenarios set it: the stream is ACTIVE at once
   * Throws ResourceInUseException and LimitExceededException.
   */
  createStream(options: { name: string; mode: StreamMode; shardCount: number; active?: boolean }): Stream {
    const { accountId, world, sink } = this.context;
    const { name, mode } = options;
    if (this.#streams.has(name)) throw faults.streamExists(name, accountId);
    this.#refuseTooMany(mode, options.shardCount);
    const stream = new Stream({
      world,
      sink,
      limits: this.limits,
      name,
      arn: arnOf('kinesis', this.context, `stream/${name}`),
      mode,
      shardCount: mode === 'ON_DEMAND' ? onDemandStartShards : options.shardCount,
    });
    this.#streams.set(name, stream);
    if (options.active) stream.status = 'ACTIVE';
    else {
      world.at(world.nowMs() + this.limits.lifecycleMs, () => {
        if (stream.status === 'CREATING') stream.status = 'ACTIVE';
      });
    }
    return stream;
  }

  /** DELETING first; the name is free once it is gone. */
  deleteStream(stream: Stream): void {
    if (stream.status === 'DELETING') return;
    stream.status = 'DELETING';
    this.context.world.at(this.nowMs() + this.limits.lifecycleMs, () => {
      stream.stop();
      this.#streams.delete(stream.name);
    });
  }

  #refuseTooMany(mode: StreamMode, shardCount: number): void {
    const { accountId, region } = this.context;
    const creating = [...this.#streams.values()].filter((stream) => stream.status === 'CREATING').length;
    if (creating >= this.limits.streamsCreatingAtOnce) {
      throw faults.limit(
        `This request would exceed the limit of ${this.limits.streamsCreatingAtOnce} streams in CREATING state ` +
          `for the account ${accountId} in ${region}.`,
      );
    }
    if (mode === 'ON_DEMAND') {
      if (this.onDemandStreamCount() >= this.limits.onDemandStreams) {
        throw faults.limit(
          `This request would exceed the on-demand stream limit for the account ${accountId} in ${region}. ` +
            `Limit: ${this.limits.onDemandStreams}.`,
        );
      }
      return;
    }
    this.refuseTooManyShards(shardCount);
  }

  /** Throws LimitExceededException when `added` more open shards do not fit the account. */
  refuseTooManyShards(added: number): void {
    const { accountId, region } = this.context;
    const open = this.openShardCount();
    if (open + added > this.limits.accountShards) {
      throw faults.limit(
        `This request would exceed the shard limit for the account ${accountId} in ${region}. ` +
          `Current shard count for the account: ${open}. Limit: ${this.limits.accountShards}. ` +
          `Number of additional shards that would have resulted from this request: ${added}.`,
      );
    }
  }
}
