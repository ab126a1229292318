/** SQS through the wire: names of queues as clients see them, and the passing of time. */
import type { Cloud } from '../../../../src/emulator/cloud.ts';

export { sqs, testCloud } from '../wire/exchange.ts';

export const urlOf = (name: string): string => `http://127.0.0.1:4566/000000000000/${name}`;
export const arnOf = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;
export const after = (cloud: Cloud, seconds: number): void =>
  cloud.world.advanceTo(cloud.world.nowMs() + seconds * 1_000);
