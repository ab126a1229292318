import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import { invalidAttributeName } from '../errors.ts';
import type { Queue } from '../queue.ts';
import { isSetting, settingNames, settingText } from '../settings.ts';
import type { SqsState } from '../state.ts';
import { flatList, queueAttributes } from '../wireShapes.ts';

const seconds = (ms: number): string => String(Math.floor(ms / 1_000));

const readOnly: ReadonlyMap<string, (queue: Queue) => string> = new Map([
  ['QueueArn', (queue: Queue) => queue.arn],
  ['ApproximateNumberOfMessages', (queue: Queue) => String(queue.approximateCounts().visible)],
  ['ApproximateNumberOfMessagesNotVisible', (queue: Queue) => String(queue.approximateCounts().notVisible)],
  ['ApproximateNumberOfMessagesDelayed', (queue: Queue) => String(queue.approximateCounts().delayed)],
  ['CreatedTimestamp', (queue: Queue) => seconds(queue.createdAtMs)],
  ['LastModifiedTimestamp', (queue: Queue) => seconds(queue.settingsChangedAtMs)],
]);

/** Attributes by name; those the queue does not have are left out. Counts are exact unless faults are set (SQS-114). */
export const getQueueAttributes = defineAction<
  SqsState,
  { QueueUrl: string; AttributeNames?: string[] },
  { Attributes?: Record<string, string> }
>({
  name: 'GetQueueAttributes',
  input: structure({ QueueUrl: required(text), AttributeNames: flatList(text, 'AttributeName') }),
  output: structure({ Attributes: queueAttributes }),
  run(state, { QueueUrl, AttributeNames = [] }) {
    const queue = state.queueFor(QueueUrl, 'GetQueueAttributes');
    queue.noteCall();
    const names = AttributeNames.flatMap((name) =>
      name === 'All' ? [...readOnly.keys(), ...settingNames()] : [checkedName(name)],
    );
    const attributes: Record<string, string> = {};
    for (const name of names) {
      const value = readOnly.get(name)?.(queue) ?? settingText(queue.settings, name);
      if (value !== null) attributes[name] = value;
    }
    return Object.keys(attributes).length === 0 ? {} : { Attributes: attributes };
  },
});

function checkedName(name: string): string {
  // A standard queue knows the names of FIFO attributes, and has none of them.
  if (!readOnly.has(name) && !isSetting(name)) throw invalidAttributeName(name);
  return name;
}
