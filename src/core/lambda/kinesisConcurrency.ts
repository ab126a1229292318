/**
 * Concurrency of one Kinesis event source mapping. Rules: docs/rules/lambda.md (LKIN-01).
 */
import { defaults } from '../defaults.ts';

/**
 * The most batches at once: one per shard and parallelization factor. Order holds per partition key (LKIN-01).
 *
 * @param openShards shards with records to read; during resharding closed ones that are not read to their end count too
 */
export function kinesisConcurrencyCeiling(
  openShards: number,
  parallelizationFactor: number = defaults['lambda.kinesis.parallelizationFactor'],
): number {
  return openShards * parallelizationFactor;
}
