/** Retention up and down: two actions, each of which only goes its own way. */
import { defineAction } from '../../service.ts';
import { required, structure, whole } from '../../wire/shapes.ts';
import { faults } from '../faults.ts';
import type { KinesisState } from '../state.ts';
import { findActiveStream, nothing, type StreamTarget, streamTarget } from './common.ts';

interface Input extends StreamTarget {
  readonly RetentionPeriodHours: number;
}

const input = structure({ ...streamTarget, RetentionPeriodHours: required(whole()) });

/** What was already trimmed stays gone. */
export const increaseStreamRetentionPeriod = defineAction({
  name: 'IncreaseStreamRetentionPeriod',
  input,
  output: nothing,
  run(state: KinesisState, request: Input) {
    const { maxRetentionHours } = state.limits;
    const { RetentionPeriodHours: hours } = request;
    if (hours > maxRetentionHours) {
      throw faults.invalid(`Maximum allowed retention period is ${maxRetentionHours} hours. ${asked(hours)}`);
    }
    const stream = findActiveStream(state, request);
    if (hours < stream.retentionHours) {
      throw faults.invalid(
        `Requested retention period (${hours} hours) for stream ${stream.name} can not be shorter than existing ` +
          `retention period (${stream.retentionHours} hours). Use DecreaseRetentionPeriod API.`,
      );
    }
    // Before the period grows: a record past the old one must not come back.
    stream.trim();
    stream.retentionHours = hours;
    return {};
  },
});

/** Trims at once. */
export const decreaseStreamRetentionPeriod = defineAction({
  name: 'DecreaseStreamRetentionPeriod',
  input,
  output: nothing,
  run(state: KinesisState, request: Input) {
    const { minRetentionHours } = state.limits;
    const { RetentionPeriodHours: hours } = request;
    if (hours < minRetentionHours) {
      throw faults.invalid(`Minimum allowed retention period is ${minRetentionHours} hours. ${asked(hours)}`);
    }
    const stream = findActiveStream(state, request);
    if (hours > stream.retentionHours) {
      throw faults.invalid(
        `Requested retention period (${hours} hours) for stream ${stream.name} can not be longer than existing ` +
          `retention period (${stream.retentionHours} hours). Use IncreaseRetentionPeriod API.`,
      );
    }
    stream.retentionHours = hours;
    stream.trim();
    return {};
  },
});

function asked(hours: number): string {
  return `Requested retention period (${hours} hours).`;
}
