/**
 * Where the emulated services leave their own metrics (AWS/SQS, AWS/Kinesis, AWS/AutoScaling).
 *
 * CloudWatch implements it. A put is one statistic set of one period; several puts of one period add up.
 */
import type { MetricRef } from '../core/model/resources.ts';

export interface MetricPoint {
  /** Any instant inside the period, epoch milliseconds. */
  readonly atMs: number;
  readonly count: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
}

export interface MetricSink {
  /** A handle that makes repeated puts to one metric cheap. */
  metric(ref: MetricRef, unit: string): MetricHandle;
}

export interface MetricHandle {
  put(point: MetricPoint): void;
  /** One sample: count 1, sum = minimum = maximum = value. */
  sample(atMs: number, value: number): void;
}
