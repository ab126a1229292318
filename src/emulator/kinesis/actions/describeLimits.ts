import { defineAction } from '../../service.ts';
import { structure, whole } from '../../wire/shapes.ts';
import type { KinesisState } from '../state.ts';

/** Shards and on-demand streams of the account, used and allowed. */
export const describeLimits = defineAction({
  name: 'DescribeLimits',
  input: structure({}),
  output: structure({
    ShardLimit: whole(),
    OpenShardCount: whole(),
    OnDemandStreamCount: whole(),
    OnDemandStreamCountLimit: whole(),
  }),
  run(state: KinesisState) {
    return {
      ShardLimit: state.limits.accountShards,
      OpenShardCount: state.openShardCount(),
      OnDemandStreamCount: state.onDemandStreamCount(),
      OnDemandStreamCountLimit: state.limits.onDemandStreams,
    };
  },
});
