/** Shard-level metrics on and off: two actions with one shape. */
import { defineAction } from '../../service.ts';
import { list, required, structure, text } from '../../wire/shapes.ts';
import { faults } from '../faults.ts';
import { expandShardMetricNames, shardMetricNames } from '../meters.ts';
import type { KinesisState } from '../state.ts';
import type { Stream } from '../stream.ts';
import { findActiveStream, type StreamTarget, streamTarget } from './common.ts';

interface Input extends StreamTarget {
  readonly ShardLevelMetrics: readonly string[];
}

const input = structure({ ...streamTarget, ShardLevelMetrics: required(list(text)) });
const output = structure({
  StreamName: text,
  CurrentShardLevelMetrics: list(text),
  DesiredShardLevelMetrics: list(text),
  StreamARN: text,
});

export const enableEnhancedMonitoring = defineAction({
  name: 'EnableEnhancedMonitoring',
  input,
  output,
  run: (state: KinesisState, request: Input) =>
    change(state, request, (stream, names) => {
      for (const name of names) stream.enhancedMetrics.add(name);
    }),
});

export const disableEnhancedMonitoring = defineAction({
  name: 'DisableEnhancedMonitoring',
  input,
  output,
  run: (state: KinesisState, request: Input) =>
    change(state, request, (stream, names) => {
      for (const name of names) stream.enhancedMetrics.delete(name);
    }),
});

function change(state: KinesisState, request: Input, apply: (stream: Stream, names: readonly string[]) => void) {
  const names = checkedNames(request.ShardLevelMetrics);
  const stream = findActiveStream(state, request);
  const before = [...stream.enhancedMetrics];
  apply(stream, names);
  return {
    StreamName: stream.name,
    CurrentShardLevelMetrics: before,
    DesiredShardLevelMetrics: [...stream.enhancedMetrics],
    StreamARN: stream.arn,
  };
}

/** Throws ValidationException for a name that is none. */
function checkedNames(names: readonly string[]): readonly string[] {
  const expanded = expandShardMetricNames(names);
  if (expanded === null || names.length === 0) {
    throw faults.constraint(
      'shardLevelMetrics',
      `[${names.join(', ')}]`,
      `Member must satisfy enum value set: [${[...shardMetricNames, 'ALL'].join(', ')}]`,
    );
  }
  return expanded;
}
