/**
 * Whether an event source mapping would be accepted: every fault at once, so that a form can show them together.
 *
 * Rules: docs/rules/lambda.md (LSQS-02, LSQS-03, LSQS-05, LKIN-01). Lambda refuses with InvalidParameterValueException or, where
 * the request's shape itself sets the range, ValidationException; its sentences vary, so none is repeated.
 */
import { type FaultReason, fault } from '../messages/faults.ts';
import type { PolicyFault } from '../scaling/types.ts';

/** As it comes from a person or the wire; null = not set. */
export interface UncheckedMapping {
  readonly source: 'sqs' | 'kinesis';
  /** SQS only. */
  readonly queue: 'standard' | 'fifo';
  readonly batchSize: number | null;
  readonly maximumBatchingWindowSeconds: number | null;
  /** SQS only. */
  readonly maximumConcurrency: number | null;
  /** SQS only: provisioned mode. */
  readonly minimumPollers: number | null;
  readonly maximumPollers: number | null;
  /** Kinesis only. */
  readonly parallelizationFactor: number | null;
}

/** @returns faults in the order of the fields; empty when the mapping is valid. Throws nothing. */
export function validateMapping(mapping: UncheckedMapping): PolicyFault[] {
  return [
    ...batchFaults(mapping),
    ...(mapping.source === 'sqs' ? sqsFaults(mapping) : kinesisFaults(mapping)),
    ...foreignFaults(mapping),
  ];
}

/** LSQS-05, LKIN-01 */
function batchFaults({
  source,
  queue,
  batchSize,
  maximumBatchingWindowSeconds: window,
}: UncheckedMapping): PolicyFault[] {
  const fifo = source === 'sqs' && queue === 'fifo';
  const faults = [
    ...rangeFaults('mappingBatchSizeOutOfRange', 'batchSize', batchSize, 1, fifo ? 10 : 10_000),
    ...rangeFaults('mappingWindowOutOfRange', 'maximumBatchingWindowSeconds', window, 0, 300),
  ];
  if (fifo && (window ?? 0) > 0) {
    faults.push(fault('mappingWindowOnFifo', 'maximumBatchingWindowSeconds', {}, null, PARAMETER));
  }
  if (source === 'sqs' && !fifo && (batchSize ?? 0) > 10 && (window ?? 0) < 1) {
    faults.push(
      fault('mappingWindowNeeded', 'maximumBatchingWindowSeconds', { batchSize: batchSize ?? 0 }, null, PARAMETER),
    );
  }
  return faults;
}

/** LSQS-02, LSQS-03 */
function sqsFaults({ maximumConcurrency, minimumPollers, maximumPollers }: UncheckedMapping): PolicyFault[] {
  const faults = [
    ...rangeFaults('mappingConcurrencyOutOfRange', 'maximumConcurrency', maximumConcurrency, 2, 1_000),
    ...rangeFaults('mappingPollersOutOfRange', 'minimumPollers', minimumPollers, 2, 200),
    ...rangeFaults('mappingPollersOutOfRange', 'maximumPollers', maximumPollers, 2, 10_000),
  ];
  if (minimumPollers !== null && maximumPollers !== null && minimumPollers > maximumPollers) {
    faults.push(
      fault('mappingPollersCrossed', 'minimumPollers', { min: minimumPollers, max: maximumPollers }, null, PARAMETER),
    );
  }
  if (maximumConcurrency !== null && (minimumPollers !== null || maximumPollers !== null)) {
    faults.push(fault('mappingConcurrencyWithPollers', 'maximumConcurrency', {}, null, PARAMETER));
  }
  return faults;
}

/** LKIN-01 */
function kinesisFaults({ parallelizationFactor }: UncheckedMapping): PolicyFault[] {
  return rangeFaults('mappingFactorOutOfRange', 'parallelizationFactor', parallelizationFactor, 1, 10);
}

/** Settings of the other kind of source. */
function foreignFaults(mapping: UncheckedMapping): PolicyFault[] {
  const foreign =
    mapping.source === 'sqs'
      ? (['parallelizationFactor'] as const)
      : (['maximumConcurrency', 'minimumPollers', 'maximumPollers'] as const);
  return foreign
    .filter((field) => mapping[field] !== null)
    .map((field) => fault('mappingFieldOfOtherSource', field, { field, source: mapping.source }, null, PARAMETER));
}

const PARAMETER = 'InvalidParameterValueException';

function rangeFaults(
  reason: FaultReason,
  field: string,
  value: number | null,
  min: number,
  max: number,
): PolicyFault[] {
  if (value === null || (Number.isSafeInteger(value) && value >= min && value <= max)) return [];
  return [fault(reason, field, { value, min, max }, null, 'ValidationException')];
}
