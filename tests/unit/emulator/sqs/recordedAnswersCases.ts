/**
 * Requests that AWS refused, as public recordings have them: how a case is written, and how it is asked in one protocol.
 *
 * Where today's limits differ from those of the recording, today's are in the words. Not here: the cases (recordedAnswers*.test.ts).
 */
import { expect } from 'vitest';
import { testCloud, urlOf } from './actionHarness.ts';
import { answerTo, ask, type Input, type Protocol } from './recordedAnswersClient.ts';

export interface Refused {
  readonly what: string;
  /** Attributes of the queue `q`, or of `q.fifo` when it is FIFO. */
  readonly queue?: Readonly<Record<string, string>>;
  readonly before?: readonly (readonly [action: string, input: Input])[];
  readonly action: string;
  readonly input: Input;
  readonly code: string;
  readonly message: string;
  /** 400 when left out. */
  readonly status?: number;
}

export const q = { QueueUrl: urlOf('q') };
export const fifo = { QueueUrl: urlOf('q.fifo') };
export const isFifo = { FifoQueue: 'true' };
export const text = (StringValue: string) => ({ DataType: 'String', StringValue });
export const refusal = (code: string, message: string) => ({ code, message });
export const invalid = (message: string) => refusal('InvalidParameterValue', message);

/** The queue is there, the request is refused, and has left nothing behind. */
export async function expectRefusal(protocol: Protocol, refused: Refused): Promise<void> {
  const cloud = testCloud();
  const { queue = {}, before = [], action, input, code, message, status = 400 } = refused;
  const QueueName = queue.FifoQueue === undefined ? 'q' : 'q.fifo';
  await ask(protocol, cloud, 'CreateQueue', { QueueName, Attributes: queue });
  for (const [earlier, itsInput] of before) await ask(protocol, cloud, earlier, itsInput);
  expect(await answerTo(protocol, cloud, action, input)).toEqual({ status, code, message });
  expect(cloud.home.sqs.queueByName(QueueName)?.counts().visible ?? 0).toBe(0);
}
